"""Reconcile the documents of one report: its patients in abstract, full text and tables become one set of cases."""

from collections.abc import Sequence
from dataclasses import replace

from litreview.extract.derive import counted_up, derive
from litreview.extract.tellings import agreement, disagreement, telling_of
from litreview.extract.weigh import weighed
from litreview.model.case import Candidate, Case, DocumentCase, Finding
from litreview.model.document import Document
from litreview.model.topic import Attribute, Topic

Told = tuple[Document, tuple[DocumentCase, ...]]


def reconcile(told: Sequence[Told], topic: Topic) -> tuple[Case, ...]:
    """The report's cases over all its documents: the fuller text leads, what conflicts is kept as a candidate.

    A patient without a value for each of the topic's `case_needs` in any document is no case; one of whom much is told
    may lack what is `shared_in_series` where another patient of the report has it.
    """
    ordered = sorted(told, key=lambda item: (not item[1], item[0].kind == "abstract", -len(item[0].text)))
    groups: list[list[DocumentCase]] = []
    for _, found in ordered:
        _join(groups, found)
    abstracts = frozenset(document.document_id for document, _ in told if document.kind == "abstract")
    cases = [_merge(group, abstracts, topic) for group in groups]
    return tuple(replace(case, index=number) for number, case in enumerate(_needed(cases, topic), 1))


def _needed(cases: Sequence[Case], topic: Topic) -> list[Case]:
    own = [case for case in cases if case.source != "cited"]
    whole = [case for case in own if not _lacking(case, topic)]
    least = min((len(_told(case)) for case in whole), default=0)
    shared = set(topic.eligibility.shared_in_series)
    beside = [case for case in own if whole and _lacking(case, topic) <= shared and len(_told(case)) >= least / 2]
    return [case for case in cases if case.source == "cited" or case in whole or case in beside]


def _join(groups: list[list[DocumentCase]], cases: Sequence[DocumentCase]) -> None:
    """Add each case to the group it fits; the leading document opens the groups, later ones only own what fits none."""
    leading = not groups
    free = list(range(len(groups)))
    for case in cases:
        best = _fitting(case, cases, [groups[number] for number in free], len(groups))
        if best is not None:
            groups[free.pop(best)].append(case)
        elif leading:
            groups.append([case])


def _fitting(
    case: DocumentCase, cases: Sequence[DocumentCase], free: Sequence[list[DocumentCase]], n: int
) -> int | None:
    if not free:
        return None
    if len(cases) == 1 and n == 1 and case.source == free[0][0].source:
        return 0
    scores = [_likeness(case, group[0]) for group in free]
    best = max(range(len(scores)), key=lambda number: (scores[number], -number))
    return best if scores[best] > 0 else None


def _likeness(a: DocumentCase, b: DocumentCase) -> float:
    """How much speaks for one patient: the label, agreeing values; a contradiction in sex or age rules it out."""
    if a.source != b.source:
        return -1.0
    labelled = (
        3.0 if {a.label.lower(), *map(str.lower, a.aliases)} & {b.label.lower(), *map(str.lower, b.aliases)} else 0
    )
    return labelled + _agreement(a, b) + (0.5 if a.index == b.index else 0.0) - 0.6


def _agreement(a: DocumentCase, b: DocumentCase) -> float:
    score = 0.0
    theirs = {finding.attribute: finding for finding in b.findings}
    for finding in a.findings:
        other = theirs.get(finding.attribute)
        if other is not None and finding.origin == "stated":
            score += 0.5 if finding.value == other.value else -0.5
    return score


def _merge(group: Sequence[DocumentCase], abstracts: frozenset[str], topic: Topic) -> Case:
    lead = group[0]
    findings: list[Finding] = []
    candidates: list[Candidate] = [candidate for case in group for candidate in case.candidates]
    for attribute in topic.attributes:
        sets = [[found for found in case.findings if found.attribute == attribute.name] for case in group]
        stated = [found for found in sets if found and found[0].origin != "derived"]
        ranked = stated or [found for found in sets if found]
        if not ranked:
            continue
        said = [found[0] for found in sets if found and not counted_up(found[0], topic)]
        findings += [_supported(finding, ranked[1:], said, attribute, abstracts) for finding in ranked[0]]
        candidates += _conflicts(ranked, attribute.type == "list")
    events = next((case.events for case in group if case.events), ())
    return Case(
        label=lead.label,
        index=lead.index,
        source=lead.source,
        findings=weighed(derive(findings, topic), events, topic),
        candidates=tuple(candidates),
        events=events,
        document_ids=tuple(dict.fromkeys(case.document_id for case in group)),
        citation=lead.citation,
    )


def _supported(
    finding: Finding,
    others: Sequence[Sequence[Finding]],
    said: Sequence[Finding],
    attribute: Attribute,
    abstracts: frozenset[str],
) -> Finding:
    """The finding with the evidence of every other document that says the same, and what says otherwise as a doubt."""
    same = [other for found in others for other in found if other.value == finding.value]
    evidence = (*finding.evidence, *(words for other in same for words in other.evidence))
    agreed = agreement({telling_of(one, abstracts) for one in (finding, *same)})
    # An abstract that stands in the full text and in the record is one place.
    more = ("in two places", agreed) if agreed and agreed not in finding.signs else ()
    doubts = (*finding.doubts, *(_doubt(finding, other, attribute, abstracts) for other in said))
    return replace(
        finding,
        evidence=tuple(dict.fromkeys(evidence)),
        signs=tuple(dict.fromkeys((*finding.signs, *more))),
        doubts=tuple(dict.fromkeys(filter(None, doubts))),
    )


def _doubt(finding: Finding, other: Finding, attribute: Attribute, abstracts: frozenset[str]) -> str:
    if attribute.type == "list":
        return ""
    mine, theirs = telling_of(finding, abstracts), telling_of(other, abstracts)
    name = theirs if theirs != mine else f"another {mine}"
    return disagreement({mine: finding.value, name: other.value}, attribute)


def _conflicts(ranked: Sequence[Sequence[Finding]], is_list: bool) -> list[Candidate]:
    chosen = {finding.value for finding in ranked[0]}
    reason = (
        "only another document of the report says so" if is_list else "a fuller document of the report says otherwise"
    )
    return [Candidate(other, reason) for found in ranked[1:] for other in found if other.value not in chosen]


def _lacking(case: Case, topic: Topic) -> set[str]:
    return set(topic.eligibility.case_needs) - _told(case)


def _told(case: Case) -> set[str]:
    return {finding.attribute for finding in case.findings}
