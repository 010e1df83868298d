"""A small made-up topic and a paper that means no good, with the cases in it."""

import asyncio
from typing import Any

from bs4 import BeautifulSoup

from litreview.model.case import Candidate, Case, Finding
from litreview.model.document import Cell, Document, Section, Span, Table
from litreview.model.event import Event
from litreview.model.evidence import Evidence

TOPIC = """
title: Antivenom after snake bites
version: '1'
question: What happens to bitten people who are given an antivenom?
clock: {index: bite, start: treatment}
events:
  - {kind: bite, name: bite}
  - {kind: treatment, name: antivenom, agents: ''}
eligibility:
  question: Was anybody given an antivenom?
  case_needs: [antivenom]
  exclusions:
    - {reason: retracted, definition: A retracted publication., statuses: [retracted]}
    - {reason: not_given, definition: Nobody got it., any_of: [x]}
attributes: [age_years, grade, antivenom, delay_days, igg_g_l, outcome]
facets: [grade, outcome, year]
summary:
  - {title: Grade, attribute: grade, how: counts}
  - {title: Alive, attribute: outcome, how: share, value: alive}
  - {title: Age, attribute: age_years, how: range}
"""
_ATTRIBUTES = {
    "age_years": "type: number, unit: years, definition: Age at the bite",
    "grade": "type: category, vocabulary: [I, II, III], definition: Grade of the SSS score",
    "antivenom": "type: list, definition: Antivenoms given",
    "delay_days": "type: integer, unit: days, definition: Bite to antivenom",
    "igg_g_l": "type: number, unit: g/L, definition: Lowest IgG",
    "outcome": "type: category, vocabulary: [alive, dead], definition: At the end",
}
ATTRIBUTES = {name: f"{{name: {name}, {rest}, rules: [], examples: []}}" for name, rest in _ATTRIBUTES.items()}
QUERY = """-- title: Outcome by grade
-- description: How many of each grade lived.
select grade, outcome, count(*) as patients from patients group by grade, outcome order by grade
"""

TITLE = "Two bites <script>alert(1)</script> and what came after"
TEXT = (
    f"{TITLE}\n\n"
    "Case\n\n"
    "Patient 1 was a 34-year-old man with grade II bites & <b>no</b> fever. "
    "He got <img src=x onerror=alert(2)> Polyval.\n\n"
    "Both lived. The hidden \u202eword\u202c stays put. Nothing rests on this last sentence.\n\n"
    "Table 1\n\nOutcome.\n\nPatient\tDay\tOutcome\n1\t2\talive\n2\t9\tdead\n\nDay, days after the bite."
)


def span(words: str, text: str = TEXT) -> Span:
    """Where the words stand in the text, which must hold them once."""
    assert text.count(words) == 1, words
    start = text.index(words)
    return Span(start, start + len(words))


def table() -> Table:
    """The table of the paper: one header row, two patients."""
    whole = Span(TEXT.index("Outcome.\n"), len(TEXT))
    cells = []
    at = TEXT.index("Patient\tDay")
    for row, line in enumerate(["Patient\tDay\tOutcome", "1\t2\talive", "2\t9\tdead"]):
        for column, word in enumerate(line.split("\t")):
            start = TEXT.index(word, at)
            cells.append(Cell(Span(start, start + len(word)), row, column, header=row == 0))
            at = start + len(word)
    return Table(whole, tuple(cells), "Table 1", span("Outcome.\n\n"), (span("Day, days after the bite."),))


def paper(licence: str = "https://creativecommons.org/licenses/by/4.0/", document_id: str = "d1") -> Document:
    """The paper of the two bites."""
    first, second = TEXT.index("Patient 1"), TEXT.index("Both lived")
    return Document(
        document_id=document_id,
        kind="fulltext",
        format="jats",
        source="PMC1.xml",
        text=TEXT,
        sections=(
            Section("title", Span(0, len(TITLE))),
            Section("case", Span(first, len(TEXT)), ("Case",)),
            Section("table", table().span, ("Case", "Table 1")),
        ),
        paragraphs=(
            Span(0, len(TITLE)),
            Span(first, second - 2),
            Span(second, TEXT.index("Table 1") - 2),
        ),
        tables=(table(),),
        licence=licence,
    )


def evidence(words: str, document_id: str = "d1", role: Any = "value") -> Evidence:
    """Evidence for words that stand once in the paper."""
    place = span(words)
    return Evidence(document_id, place, words, "Case", role)


def cell_evidence(row: int, column: int, document_id: str = "d1", role: Any = "value") -> Evidence:
    """Evidence in a cell of the table."""
    place = next(cell.span for cell in table().cells if (cell.row, cell.column) == (row, column))
    return Evidence(document_id, place, TEXT[place.start : place.end], "Case > Table 1", role)


def first_patient(document_id: str = "d1") -> Case:
    """Values of every origin, overlapping words, a lost candidate and a course."""
    man = evidence("34-year-old man with grade II", document_id)
    grade = evidence("grade II bites & <b>no</b> fever", document_id)
    drug = evidence("<img src=x onerror=alert(2)> Polyval", document_id)
    day = cell_evidence(1, 1, document_id)
    header = cell_evidence(0, 1, document_id, "header")
    return Case(
        label="Patient 1",
        index=1,
        source="own",
        findings=(
            Finding("age_years", 34.0, (man,), unit="years", confidence=0.9, rule_id="age_years.1.regex"),
            Finding("grade", "II", (grade,), confidence=0.4, rule_id="grade.1.terms"),
            Finding("antivenom", "Polyval", (drug,), confidence=0.8),
            Finding("delay_days", 2, (day, header), ">", "days", "derived", ("outcome",), 0.7),
            Finding("outcome", "alive", (cell_evidence(1, 2, document_id),), confidence=0.95),
        ),
        candidates=(Candidate(Finding("grade", "III", (man,), confidence=0.2), "further from its anchor"),),
        events=(
            Event("bite", 0.0, "bite", evidence=(man,)),
            Event("treatment", 2.0, "bite", agent="Polyval", evidence=(day,), exact=1.0),
        ),
        document_ids=(document_id,),
    )


PROPOSED = "proposed: confidence 0.41 is below 0.7"
DOUBT = "tellings disagree: text says 9, abstract says <7>"


def second_patient() -> Case:
    """A patient of the same report with few values, one of them doubted and one only proposed."""
    return Case(
        label="Patient 2",
        index=2,
        source="own",
        findings=(
            Finding("delay_days", 9, (cell_evidence(2, 1),), unit="days", confidence=0.7, doubts=(DOUBT,)),
            Finding("outcome", "dead", (cell_evidence(2, 2),), confidence=0.95),
            Finding("antivenom", "Polyval", (), confidence=0.6),
        ),
        candidates=(Candidate(Finding("grade", "IV", (), confidence=0.41), PROPOSED, proposed=True),),
        document_ids=("d1",),
    )


def soup(response: Any) -> BeautifulSoup:
    """The answer's page, parsed."""
    return BeautifulSoup(response.text, "lxml")


def marked(page: BeautifulSoup, anchor: str) -> str:
    """All text under the marks of an anchor, each character once."""
    return "".join(mark.get_text() for mark in page.select(f'mark[data-m="{anchor}"]'))


class Visitor:
    """Somebody with a browser: cookies, and the token of the page they last saw."""

    def __init__(self, datasette: Any, name: str | None = None) -> None:
        self.datasette = datasette
        self.cookies = {"ds_actor": datasette.sign({"a": {"id": name}}, "actor")} if name else {}
        self.token = ""

    def ask(self, method: str, address: str, **given: Any) -> Any:
        async def answer() -> Any:
            await self.datasette.invoke_startup()
            return await getattr(self.datasette.client, method)(address, cookies=self.cookies, **given)

        response = asyncio.run(answer())
        self.cookies |= dict(response.cookies)
        return response

    def open(self, address: str) -> BeautifulSoup:
        page = soup(self.ask("get", address))
        token = page.select_one("input[name=csrftoken]")
        self.token = str(token["value"]) if token else self.token
        return page

    def send(self, act: str, **fields: Any) -> Any:
        return self.ask("post", f"/copy/-/act/{act}", data={"csrftoken": self.token, **fields})

    def decide(self, case: str, attribute: str, action: str, **fields: Any) -> Any:
        return self.send("decide", subject=case, attribute=attribute, action=action, page="case", name=case, **fields)
