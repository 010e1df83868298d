"""Carry-over: what a report tells of one patient by pointing to another ("the same regimen as patient 1")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from litreview.extract.derive import derive
from litreview.extract.kept import per_topic
from litreview.extract.match import View
from litreview.extract.parsed import Subject
from litreview.extract.passages import PHASES
from litreview.extract.people import labels
from litreview.extract.people.counts import meaning
from litreview.extract.story import Story
from litreview.extract.tables.grid import Person
from litreview.model.case import DocumentCase, Finding
from litreview.model.evidence import Evidence
from litreview.model.rule import DeriveRule
from litreview.model.topic import Topic

# Words that compare do not cancel a comparison.
_HARMLESS = {*PHASES, "history", "comparison"}
_Pointer = tuple[int, tuple[Evidence, ...]]


def carry(cases: Sequence[DocumentCase], views: Sequence[View], topic: Topic) -> tuple[DocumentCase, ...]:
    """The cases of one document, made from these views, with what each takes over from another patient added.

    A value taken over is derived; its evidence is the pointing words, then the other patient's. A list gains the items
    it lacks; another attribute is filled only where it is empty.
    """
    rules = _rules(topic)
    if len(cases) < 2 or not rules:
        return tuple(cases)
    lists = {attribute.name for attribute in topic.attributes if attribute.type == "list"}
    result = []
    for view, case in zip(views, cases, strict=True):
        added = [
            finding
            for name, rule in rules
            if name in lists or not any(finding.attribute == name for finding in case.findings)
            for other, evidence in islice(_pointers(rule, view.story, view.people), 1)
            for finding in _taken(name, rule, case, cases[other], evidence)
        ]
        result.append(replace(case, findings=derive((*case.findings, *added), topic)) if added else case)
    return tuple(result)


@per_topic
def _rules(topic: Topic) -> tuple[tuple[str, DeriveRule], ...]:
    ruled = ((attribute.name, rule) for attribute in topic.attributes for rule in attribute.rules)
    return tuple((name, rule) for name, rule in ruled if isinstance(rule, DeriveRule) and rule.how == "same_as")


def _pointers(rule: DeriveRule, its_story: Story, people: Sequence[Person]) -> Iterator[_Pointer]:
    """Each place that points to another patient: the patient's index, and the words."""
    for passage, match in its_story.matches(rule.pattern):
        span = passage.place(match.start(), match.end())
        cancelled = its_story.contexts_at(passage, span) - _HARMLESS
        if not cancelled and its_story.role_at(span) in rule.roles:
            yield from _to(match, (its_story.evidence(span, "anchor"),), its_story)
    pattern = its_story.topic.regex(rule.pattern)
    for person in people:
        told = [f"{entry.header}: {entry.words}" for entry in person.entries]
        if not pattern.may_match_within("\n".join(told)):
            continue
        for entry, words in zip(person.entries, told, strict=True):
            if pointer := pattern.search(words):
                headers = (its_story.evidence(header, "header") for header in entry.header_spans)
                row = its_story.evidence(person.label_span, "row")
                yield from _to(pointer, (*headers, its_story.evidence(entry.span, "anchor"), row), its_story)


def _to(match: re.Match[str], evidence: tuple[Evidence, ...], its_story: Story) -> Iterator[_Pointer]:
    other = _other(match["other"], its_story.subject, its_story.told.subjects, its_story.topic)
    if other is not None and other != its_story.subject.index:
        yield other, evidence


def _other(words: str, subject: Subject, subjects: Sequence[Subject], topic: Topic) -> int | None:
    """Whom the words mean: by label, by place in the report, or the only other patient there is."""
    if key := labels.key(words, topic):
        named = [one.index for one in subjects if key in (labels.key(name, topic) for name in (one.label, *one.names))]
        if len(named) == 1:
            return named[0]
    turn = next((turn for word in words.lower().split() if (turn := meaning(word, "turns", topic))), key)
    if turn.isdigit() and 0 < int(turn) <= len(subjects):
        return int(turn) - 1
    others = [one.index for one in subjects if one.index != subject.index and one.source == subject.source]
    return others[0] if len(others) == 1 and not key else None


def _taken(
    name: str, rule: DeriveRule, case: DocumentCase, other: DocumentCase, words: tuple[Evidence, ...]
) -> Iterator[Finding]:
    mine = {finding.value for finding in case.findings if finding.attribute == name}
    for finding in other.findings:
        if finding.attribute == name and finding.value not in mine:
            yield replace(
                finding,
                evidence=(*words, *finding.evidence),
                origin="derived",
                derived_from=(other.label,),
                rule_id=rule.id,
            )
