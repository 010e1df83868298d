"""Explains why a text or a file does or does not yield a value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from litreview.errors import ReadError
from litreview.model.bibliography import Problem
from litreview.model.case import DocumentCase, Finding
from litreview.model.document import Document, Span
from litreview.model.evidence import Evidence
from litreview.model.topic import Attribute, Example, Topic
from litreview.rules.load import check_patterns

AROUND = 70  # characters shown on either side of the words that matter
# What nobody writes for a text: one word that ends as files of reports do.
_PATH = re.compile(r"\S+\.(?:txt|pdf|html?|n?xml|json|nbib|ris|bib)(?:\.gz)?", re.IGNORECASE)
SHOWN = 0.05  # log odds from which on a sign is named
_WHY = {
    "strongest": "the best supported value",
    "first": "the first told of the well supported values",
    "last": "the last told of the well supported values",
    "lowest": "the lowest of the well supported values",
    "highest": "the highest of the well supported values",
    "order": "the first in the attribute's order of the well supported values",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one document yields: lines to read, in the order of cases and attributes."""

    document_id: str
    lines: tuple[str, ...]


def explain(given: str, topic: Topic, attributes: Sequence[str] = ()) -> tuple[Explanation, ...]:
    """Every value found and every candidate that was not taken, with words and reasons.

    `given` is the path of a file in any format that is read, or else a text, taken as one patient's report.
    """
    documents = tuple(_documents(given))
    chosen = [topic.attribute(name) for name in attributes] or list(topic.attributes)
    try:
        return tuple(
            Explanation(document.document_id, tuple(_of_document(document, topic, chosen))) for document in documents
        )
    except re.error:
        check_patterns(topic)  # which says in which file and rule it stands
        raise


def _documents(given: str) -> Iterator[Document]:
    from litreview.extract.example import example_document

    if not _is_file(given):
        if _PATH.fullmatch(given):
            raise ReadError(f"{given}: no such file", hint="give the path of a report, or a text in quotes")
        yield example_document(Example(text=given, expect="nothing"))[0]
        return
    from litreview import readers

    problems = []
    for item in readers.read_path(Path(given)):
        if isinstance(item, Problem):
            problems.append(item)
        elif item[1] is not None:
            yield item[1]
    if problems:
        raise ReadError(f"{given}: {problems[0].sentence}", hint=problems[0].hint)


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except OSError:  # too long for a path
        return False


def _of_document(document: Document, topic: Topic, attributes: Sequence[Attribute]) -> Iterator[str]:
    from litreview.extract import extract
    from litreview.extract.example import read_as_report
    from litreview.extract.weigh import weighed

    cases = read_as_report(document, topic) if document.format == "example" else extract(document, topic)
    if not cases:
        yield "no patient is told of"
    for case in cases:
        yield f"Case {case.index}: {case.label} ({case.source})"
        held = replace(case, findings=weighed(case.findings, case.events, topic))
        for attribute in attributes:
            yield from _of_attribute(held, attribute, document, topic, always=len(attributes) == 1)


def _of_attribute(
    case: DocumentCase, attribute: Attribute, document: Document, topic: Topic, *, always: bool
) -> Iterator[str]:
    findings = [finding for finding in case.findings if finding.attribute == attribute.name]
    lost = [candidate for candidate in case.candidates if candidate.finding.attribute == attribute.name]
    if not findings and not lost and not always:
        return
    yield f"  {attribute.name}: " + ("; ".join(_value(finding) for finding in findings) or "nothing")
    for finding in findings:
        why = f"follows from {', '.join(finding.derived_from)}" if finding.derived_from else _why(attribute, len(lost))
        yield f"    + {_value(finding)}: {why} [{finding.rule_id}, confidence {finding.confidence:g}]"
        yield from _words(finding, document)
        yield from _weighed(finding, case, topic)
    for candidate in lost:
        yield f"    - {_value(candidate.finding)}: {candidate.reason} [{candidate.finding.rule_id}]"
        yield from _words(candidate.finding, document)


def _weighed(finding: Finding, case: DocumentCase, topic: Topic) -> Iterator[str]:
    """What the confidence is made of, what speaks against the value, and whether it would be filled in."""
    from litreview.extract.weigh import weights

    counted = weights(finding, case.findings, topic)
    yield "        weighs: " + ", ".join(f"{what} {odds:+.1f}" for what, odds in counted if abs(odds) >= SHOWN)
    yield from (f"        ! {doubt}" for doubt in finding.doubts)
    if finding.confidence < topic.fill_from:
        yield f"        ! proposed to a person, not filled in: below {topic.fill_from:g}"


def _why(attribute: Attribute, others: int) -> str:
    if attribute.type == "list":
        return "an item for itself"
    return _WHY[attribute.choice.prefer] if others else "the only one"


def _value(finding: Finding) -> str:
    value = f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value)
    return value if finding.qualifier == "=" else f"{finding.qualifier} {value}"


def _words(finding: Finding, document: Document) -> Iterator[str]:
    for evidence in finding.evidence:
        role = "" if evidence.role == "value" else f"{evidence.role}: "
        place = f" ({evidence.section})" if evidence.section else ""
        yield f"        {role}{_in_context(evidence, document)}{place}"


def _in_context(evidence: Evidence, document: Document) -> str:
    """The words in brackets, with what stands around them."""
    span = evidence.span
    before = document[Span(max(0, span.start - AROUND), span.start)]
    after = document[Span(span.end, min(len(document.text), span.end + AROUND))]
    return " ".join(f"{before}[[{document[span]}]]{after}".split())
