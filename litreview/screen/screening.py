"""Screening: whether a report counts for a topic's question, by the topic's own exclusions in their order."""

from collections.abc import Sequence

from litreview.model.bibliography import Record
from litreview.model.case import Case
from litreview.model.document import Document
from litreview.model.eligibility import Exclusion
from litreview.model.review import Verdict
from litreview.model.topic import Topic
from litreview.screen.passages import Passages

_LONGEST_QUOTE = 160


def screen(record: Record, documents: tuple[Document, ...], cases: tuple[Case, ...], topic: Topic) -> Verdict:
    """The verdict on one report, from its record, its texts and the cases found in them.

    `explanation` names the words, types or cases that decided. A report for which no exclusion holds is eligible, also
    where no case was found in it: its full text may be missing.
    """
    own = tuple(case for case in cases if case.source == "own")
    counted = tuple(case for case in own if _counts(case, topic))
    passages = Passages(record, documents, topic)
    for exclusion in topic.eligibility.exclusions:
        if exclusion.most_cases is not None and len(counted) > exclusion.most_cases:
            continue
        grounds = _grounds(exclusion, record, passages, own, topic)
        if grounds:
            return Verdict(eligible=False, reason=exclusion.reason, explanation=f"{exclusion.definition} {grounds}")
    return Verdict(eligible=True, explanation=_why_eligible(counted, own, topic))


def _counts(case: Case, topic: Topic) -> bool:
    return all(case.values(attribute) for attribute in topic.eligibility.case_needs)


def _grounds(exclusion: Exclusion, record: Record, passages: Passages, own: Sequence[Case], topic: Topic) -> str:
    """What makes the exclusion hold, in words; empty where it does not."""
    if _prevented(exclusion, record, passages):
        return ""
    return (
        _by_record(exclusion, record) or _by_words(exclusion, passages) or _by_cases(exclusion.every_case, own, topic)
    )


def _prevented(exclusion: Exclusion, record: Record, passages: Passages) -> bool:
    types, headings = (
        _same(exclusion.unless_types, record.publication_types),
        _same(exclusion.unless_mesh, record.mesh_terms),
    )
    if types or headings or any(passages.search(pattern, exclusion.where) for pattern in exclusion.unless):
        return True
    return not all(passages.search(pattern, exclusion.where) for pattern in exclusion.needs)


def _by_record(exclusion: Exclusion, record: Record) -> str:
    if record.status in exclusion.statuses:
        return f"(status: {record.status})"
    if types := _same(exclusion.publication_types, record.publication_types):
        return f"(publication type: {', '.join(types)})"
    if headings := _same(exclusion.mesh_terms, record.mesh_terms):
        return f"(MeSH: {', '.join(headings)})"
    return ""


def _by_words(exclusion: Exclusion, passages: Passages) -> str:
    for pattern in exclusion.any_of:
        if match := passages.search(pattern, exclusion.where):
            words = " ".join(match.group().split())
            return f'("{_shortened(words)}")' if len(words) > 1 else "(nothing of that kind is there)"
    return ""


def _by_cases(needed: dict[str, str], own: Sequence[Case], topic: Topic) -> str:
    if not needed or not own:
        return ""
    deciding = []
    for attribute, pattern in needed.items():
        for case in own:
            values = [str(value) for value in case.values(attribute) if topic.regex(pattern).search(str(value))]
            if not values:
                return ""
            deciding.append(f"{case.label}: {values[0]}")
    return f"({'; '.join(deciding)})"


def _why_eligible(counted: Sequence[Case], own: Sequence[Case], topic: Topic) -> str:
    needs = " and ".join(topic.eligibility.case_needs)
    if counted:
        return f"{len(counted)} of {len(own)} own cases with {needs}: {', '.join(case.label for case in counted)}"
    return f"no exclusion holds, but no own case with {needs} was found: look at the full text"


def _same(wanted: Sequence[str], printed: Sequence[str]) -> list[str]:
    """What stands in both, as printed, without regard to case."""
    names = {name.lower() for name in wanted}
    return [name for name in printed if name.lower() in names]


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rstrip()} ..."
