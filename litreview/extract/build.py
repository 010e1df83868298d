"""Build the cases of a document: run the rules over its patients' stories, judge what they find, choose, derive."""

from collections.abc import Sequence
from itertools import groupby

from litreview.extract.choose import choose
from litreview.extract.classes import members_first
from litreview.extract.derive import derive, left_empty
from litreview.extract.judge import Judged, judge
from litreview.extract.kinds import FINDERS
from litreview.extract.match import View
from litreview.extract.parsed import Parsed, Subject, Told
from litreview.extract.sieves import Needing
from litreview.extract.story import story
from litreview.extract.tables.grid import Grid
from litreview.extract.timeline.tabled import Seated
from litreview.extract.timeline.timeline import timeline_of
from litreview.model.case import Candidate, DocumentCase, Finding
from litreview.model.topic import Attribute, Topic


def view_of(subject: Subject, told: Told, parsed: Parsed, tables: tuple[Grid, ...], topic: Topic) -> View:
    """What a document holds of one patient, with the patient's timeline."""
    tale = story(subject, told, parsed, topic)
    mine = [(tables[row.grid], row.row) for row in told.rows if row.patient == subject.index]
    rows = [Seated(parsed.document.tables[grid.table], grid.people[row]) for grid, row in mine]
    return View(story=tale.dated(timeline_of(tale, rows)), people=tuple(row.person for row in rows))


def build(views: Sequence[View], topic: Topic) -> list[DocumentCase]:
    """Everything a document says of each of its patients.

    It is read rule by rule, of all patients one after the other: the patterns of all rules together are many times what
    a processor has at hand.
    """
    found: list[tuple[list[Finding], list[Candidate]]] = [([], []) for _ in views]
    for name, asking in groupby(_asking(views), key=lambda one: one[0].attribute):
        attribute = topic.attribute(name)
        judged: list[list[Judged | Candidate]] = [[] for _ in views]
        for (_, _, rule), number in asking:
            view = views[number]
            judged[number] += [
                judge(match, attribute, view.story) for match in FINDERS[rule.kind](rule, attribute, view)
            ]
        for told, (findings, candidates) in zip(judged, found, strict=True):
            if told:
                chosen, lost = _chosen(told, attribute, topic)
                findings += chosen
                candidates += lost
    return [_case(view, *read) for view, read in zip(views, found, strict=True)]


def _asking(views: Sequence[View]) -> list[tuple[Needing, int]]:
    """The rules that may find something, in their order, each with the numbers of the patients of whom."""
    asking = [(needing, number) for number, view in enumerate(views) for needing in view.asked()]
    return sorted(asking, key=lambda one: (one[0].place, one[1]))


def _case(view: View, findings: list[Finding], candidates: list[Candidate]) -> DocumentCase:
    """One patient's case, with what follows from the values that were read."""
    topic, subject, events = view.story.topic, view.story.subject, view.story.events
    candidates += [Candidate(finding, reason) for finding, reason in left_empty(findings, topic)]
    return DocumentCase(
        document_id=view.story.parsed.document.document_id,
        label=subject.label,
        index=subject.index + 1,
        source=subject.source,
        findings=_beside(len(view.story.told.subjects), derive(findings, topic, events)),
        candidates=tuple(candidates),
        events=events,
        spans=subject.spans,
        aliases=subject.names,
        citation=subject.citation,
    )


def _beside(patients: int, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """In a report of several patients a value may be another one's."""
    if patients < 2:
        return findings
    return tuple([finding.with_sign("one of several patients") for finding in findings])


def _chosen(
    judged: Sequence[Judged | Candidate], attribute: Attribute, topic: Topic
) -> tuple[tuple[Finding, ...], tuple[Candidate, ...]]:
    """The findings of an attribute, and the candidates that did not hold or lost."""
    lost = [one for one in judged if isinstance(one, Candidate)]
    chosen, beaten = choose([one for one in judged if isinstance(one, Judged)], attribute)
    if attribute.type != "list":
        return chosen, (*lost, *beaten)
    kept, classes = members_first(chosen, topic)
    return kept, (*lost, *classes)
