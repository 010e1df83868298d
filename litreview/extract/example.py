"""Read an attribute's example as if it were a report, which is what makes examples tests."""

from dataclasses import dataclass, replace

from litreview.extract.build import build, view_of
from litreview.extract.carry import carry
from litreview.extract.of_report import of_report
from litreview.extract.parse import parse
from litreview.extract.parsed import Parsed, Row, Segment, Subject, Told
from litreview.extract.people.tell import tell
from litreview.extract.tables.grid import Grid
from litreview.extract.tables.layout import grids
from litreview.model.case import DocumentCase, Finding
from litreview.model.document import Cell, Document, Section, Span, Table
from litreview.model.topic import Attribute, Example, Topic

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example gave: `fault` is empty where it gave what it should."""

    attribute: str
    example: Example
    found: str
    fault: str = ""


def try_example(example: Example, attribute: Attribute, topic: Topic) -> Outcome:
    """Run the whole extraction on an example and compare with what it should give."""
    document, marks = example_document(example)
    cases = read_as_report(document, topic)
    case = cases[example.patient - 1] if len(cases) >= example.patient else None
    findings = [found for found in case.findings if found.attribute == attribute.name] if case else []
    found = "; ".join(_printed(finding) for finding in findings) or NOTHING
    return Outcome(attribute.name, example, found, _fault(example, found, findings, marks))


def read_as_report(document: Document, topic: Topic) -> tuple[DocumentCase, ...]:
    """Extract, taking a text that introduces nobody as one patient's."""
    parsed = parse(document, topic)
    tables = grids(document, topic)
    told = tell(parsed, tables, topic)
    if not told.subjects:
        told = _one_patient(parsed, tables, told)
    views = [view_of(subject, told, parsed, tables, topic) for subject in told.subjects]
    return of_report(carry(build(views, topic), views, topic), told, parsed, topic)


def _one_patient(parsed: Parsed, tables: tuple[Grid, ...], told: Told) -> Told:
    segments = tuple(Segment(sentence.span, sentence.index, (0,)) for sentence in parsed.sentences)
    rows = tuple(Row(number, 0, 0) for number, grid in enumerate(tables) if grid.people)
    return replace(told, subjects=(Subject(0, "the patient"),), segments=segments, rows=rows)


def example_document(example: Example) -> tuple[Document, tuple[Span, ...]]:
    """The example as a document with one case section, and the marked stretches."""
    context = f"{example.context.strip()} " if example.context else ""
    body, marks = _unmarked(context + example.text.strip())
    text, table = _with_table(body, example)
    document = Document(
        document_id="example",
        kind="fulltext",
        format="example",
        source="example",
        text=text,
        sections=(Section("case", Span(0, len(text)), ("Case report",)),),
        paragraphs=(Span(0, len(body)),) if body else (),
        tables=(table,) if table else (),
    )
    return document, marks


def _unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    plain, marks = "", []
    for number, part in enumerate(text.split("[[")):
        marked, _, rest = part.partition("]]") if number else ("", "", part)
        if number:
            marks.append(Span(len(plain), len(plain) + len(marked)))
        plain += marked + rest
    return plain, tuple(marks)


def _with_table(body: str, example: Example) -> tuple[str, Table | None]:
    lines = [line for line in example.table.strip().splitlines() if line.strip()]
    if not lines:
        return body, None
    text, cells = body + "\n\n", []
    start = len(text)
    for row, line in enumerate(lines):
        for column, words in enumerate(line.strip().strip("|").split("|")):
            cells.append(Cell(Span(len(text), len(text) + len(words.strip())), row, column, header=row == 0))
            text += words.strip() + "\n"
    foot = Span(len(text), len(text) + len(example.foot.strip()))
    text += example.foot.strip()
    return text, Table(Span(start, len(text)), tuple(cells), foot=(foot,) if len(foot) else ())


def _printed(finding: Finding) -> str:
    value = f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value)
    return value if finding.qualifier in ("=", "~", "range") else f"{finding.qualifier}{value}"


def _fault(example: Example, found: str, findings: list[Finding], marks: tuple[Span, ...]) -> str:
    expected = example.expect.strip()
    if sorted(found.split("; ")) != sorted(expected.split("; ")):
        return f"gives {found}, not {expected}"
    words = [evidence.span for finding in findings for evidence in finding.evidence]
    if missed := [mark for mark in marks if not any(mark.overlaps(span) for span in words)]:
        return f"the evidence misses {len(missed)} of the marked words"
    return ""
