"""What a report says of all its patients at once: "Drug X in four patients", "all received X", a title's condition."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from litreview.extract.concepts import concepts
from litreview.extract.context import contexts, scopes
from litreview.extract.derive import derive
from litreview.extract.kept import per_topic
from litreview.extract.parsed import Mention, Parsed, Sentence, Told
from litreview.extract.passages import PHASES
from litreview.model.case import DocumentCase, Finding
from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.model.rule import DeriveRule
from litreview.model.topic import Topic

_HARMLESS = {*PHASES, "history"}
_QUOTES = 3
_REPORT = "report"


def of_report(cases: Sequence[DocumentCase], told: Told, parsed: Parsed, topic: Topic) -> tuple[DocumentCase, ...]:
    """The cases of one document, with what it says of all its patients added to its own cases that lack it.

    A value is taken where the rule's places name one concept of its vocabulary and no other, and only by a case that
    tells one of the attributes `beside`, whose value of `of` is one of `when`, and whose own words do not deny it.
    It is derived, its evidence the report's.
    """
    known: dict[str, tuple[Mention, ...]] = {}

    def said(rule: DeriveRule) -> tuple[Mention, ...]:
        if rule.id not in known:
            known[rule.id] = tuple(_said(rule, told, parsed, topic))
        return known[rule.id]

    return tuple(_with_said(case, said, parsed, topic) if case.source == "own" else case for case in cases)


def follows(rule: DeriveRule, finding: Finding, findings: Sequence[Finding], topic: Topic) -> bool:
    """Whether a finding follows from the words of its evidence and the case's other findings."""
    named = {
        value
        for words in finding.evidence
        for value, _, _ in concepts(words.quote, topic.vocabulary(rule.vocabulary), rule.tag)
    }
    return named == {finding.value} and bool(_shown(rule, findings))


@per_topic
def _rules(topic: Topic) -> tuple[tuple[str, DeriveRule], ...]:
    ruled = ((attribute.name, rule) for attribute in topic.attributes for rule in attribute.rules)
    return tuple((name, rule) for name, rule in ruled if isinstance(rule, DeriveRule) and rule.how == "of_report")


def _said(rule: DeriveRule, told: Told, parsed: Parsed, topic: Topic) -> Iterator[Mention]:
    """Mentions of the vocabulary's concepts in the places that speak of all patients, if they are of one concept."""
    found: list[Mention] = []
    for index, mentions in parsed.mentions_by_sentence.items():
        sentence = parsed.sentences[index]
        named = [
            one for one in mentions if one.vocabulary == rule.vocabulary and (not rule.tag or rule.tag in one.tags)
        ]
        if named and _speaks_of_all(rule, sentence, parsed, topic):
            held = (one for one in named if told.role_at(one.span) in rule.roles)
            found += [one for one in held if not _cancelled(rule, one.span, sentence, parsed, topic)]
    if len({mention.value for mention in found}) == 1:
        yield from found


def _speaks_of_all(rule: DeriveRule, sentence: Sentence, parsed: Parsed, topic: Topic) -> bool:
    if sentence.section in rule.sections:
        return True
    return bool(rule.pattern) and topic.regex(rule.pattern).search(parsed.document[sentence.span]) is not None


def _cancelled(rule: DeriveRule, span: Span, sentence: Sentence, parsed: Parsed, topic: Topic) -> bool:
    start, words = sentence.span.start, parsed.document[sentence.span]
    if any(topic.regex(condition.pattern).search(words) for condition in rule.unless):
        return True
    found = contexts(Span(span.start - start, span.end - start), scopes(words, topic))
    return bool(found - _HARMLESS - set(rule.ignore_context))


_Said = Callable[[DeriveRule], tuple[Mention, ...]]


def _with_said(case: DocumentCase, said: _Said, parsed: Parsed, topic: Topic) -> DocumentCase:
    known = {finding.attribute for finding in case.findings}
    denied = {lost.finding.attribute for lost in case.candidates if "negated" in lost.reason}
    added = [
        _finding(name, rule, words, shown, parsed)
        for name, rule in _rules(topic)
        if name not in known | denied and (shown := _shown(rule, case.findings)) and (words := said(rule))
    ]
    return replace(case, findings=derive((*case.findings, *added), topic)) if added else case


def _shown(rule: DeriveRule, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The attributes of `beside` that the case tells; none where its value of `of` is not one of `when`."""
    if rule.of and not any(found.attribute == rule.of and str(found.value) in rule.when for found in findings):
        return ()
    told = {finding.attribute for finding in findings}
    return tuple(name for name in rule.beside if name in told)


def _finding(name: str, rule: DeriveRule, said: Sequence[Mention], shown: tuple[str, ...], parsed: Parsed) -> Finding:
    document = parsed.document
    evidence = []
    for mention in said[:_QUOTES]:
        section = document.section_at(mention.span.start)
        kind = section.kind if section else ""
        evidence.append(Evidence(document.document_id, mention.span, parsed.quote(mention.span), kind, "value"))
    return Finding(
        attribute=name,
        value=said[0].value,
        evidence=tuple(evidence),
        origin="derived",
        derived_from=(_REPORT, *shown),
        rule_id=rule.id,
    )
