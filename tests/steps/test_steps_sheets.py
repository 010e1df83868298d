"""Spreadsheets: decisions to fill in and bring back, and a group's own extraction sheet taken over by its mapping."""

import csv
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from steps_papers import WOMAN, article, write

from litreview import rules
from litreview.errors import LitreviewError, ReadError, UsageError
from litreview.model.review import Decision
from litreview.readers.sheet import read_sheet
from litreview.steps.add import add
from litreview.steps.decide import decide
from litreview.steps.export import export
from litreview.steps.sheets.decisions import COLUMNS, read_back, write_sheet
from litreview.steps.sheets.draft import draft
from litreview.steps.sheets.take import take_sheet
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"


@pytest.fixture
def filled(work: Workspace, tmp_path: Path) -> Workspace:
    add(work, [write(tmp_path / "a.xml", article("101"), article("102", WOMAN, author="Boa"))])
    update(work)
    return work


def values(work: Workspace) -> list[tuple[object, ...]]:
    return work.db.execute("SELECT age_years, antivenom_vials, outcome FROM cases ORDER BY age_years").fetchall()


def fill_in(path: Path, **said: dict[str, str]) -> None:
    """Write into a sheet as a person would: by attribute, in the rows of the man of 30."""
    rows = read_sheet(path).rows
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for row in rows:
            mine = row["pmid"] == "101"
            writer.writerow({**row.cells, **(said.get(row["attribute"], {}) if mine else {})})


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx"])
def test_a_sheet_that_nobody_filled_in_says_nothing(suffix: str, filled: Workspace, path: Path, tmp_path: Path) -> None:
    sheet = tmp_path / f"sheet{suffix}"
    assert write_sheet(path, sheet, everything=True, rules_dir=TOPICS) == 8
    assert read_sheet(sheet).columns == COLUMNS
    read_back(filled, sheet, by="Ann")
    assert (filled.problems, filled.db.execute("SELECT count(*) FROM decisions").fetchone()) == ([], (0,))


def test_what_is_filled_in_comes_back_as_decisions(filled: Workspace, path: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(path, sheet, everything=True, rules_dir=TOPICS)
    fill_in(
        sheet,
        antivenom_vials={"value": "~9", "why": "the chart"},
        outcome={"action": "Not reported"},
        age_years={"action": "accept"},
    )
    for _ in range(2):
        read_back(filled, sheet, by="Ann")
        assert values(filled)[0] == (30, 9, None)
    told = filled.db.execute("SELECT attribute, action, value, qualifier, decided_by, why FROM decisions").fetchall()
    assert sorted(told) == [
        ("age_years", "accept", "30", "=", "Ann", ""),
        ("antivenom_vials", "correct", "9", "~", "Ann", "the chart"),
        ("outcome", "not_reported", "", "=", "Ann", ""),
    ]


def test_what_cannot_be_taken_is_named_with_row_and_column_and_the_rest_is_taken(
    filled: Workspace, path: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(path, sheet, everything=True, rules_dir=TOPICS)
    fill_in(sheet, age_years={"value": "old"}, outcome={"action": "destroy"}, antivenom_vials={"value": "=2+3"})
    read_back(filled, sheet, by="Ann")
    row = {row["attribute"]: row.number for row in read_sheet(sheet).rows if row["pmid"] == "101"}
    assert {problem.subject: problem.sentence for problem in filled.problems} == {
        f"sheet.csv: row {row['age_years']}, column value": "'old' is not a number",
        f"sheet.csv: row {row['outcome']}, column action": "destroy is not something to decide",
        f"sheet.csv: row {row['antivenom_vials']}, column value": "'=2+3' is not a whole number",
    }
    fill_in(sheet, age_years={"value": "31"}, outcome={"action": ""}, antivenom_vials={"value": ""})
    read_back(filled, sheet, by="Ann")
    assert values(filled)[0][0] == 31
    assert filled.db.execute("SELECT count(*) FROM problems WHERE stage = 'import'").fetchone() == (0,)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_decisions_that_were_exported_are_taken_in_another_knowledge_base(
    suffix: str, filled: Workspace, path: Path, tmp_path: Path
) -> None:
    case_id = filled.db.execute("SELECT case_id FROM cases WHERE pmid = '101'").fetchone()[0]
    told = "SELECT document_id, instr(text, '5 vials') - 1 FROM documents WHERE instr(text, '5 vials') > 0"
    document_id, start = filled.db.execute(told).fetchone()
    where = {"document_id": document_id, "start": start, "end": start + 7}
    decide(filled, Decision(case_id, "correct", "antivenom_vials", ">6", "Ann", **where))
    decide(filled, Decision("102", "exclude", value="=HYPERLINK(1)", decided_by="Ben"))
    sheet = tmp_path / f"decisions{suffix}"
    export(path, "decisions", sheet)
    before = list(filled.db.query("SELECT * FROM findings ORDER BY finding_id")), values(filled)
    filled.db.execute("DELETE FROM decisions")
    update(filled, everything=True)
    assert values(filled) != before[1]
    read_back(filled, sheet, by="Cid")
    assert (list(filled.db.query("SELECT * FROM findings ORDER BY finding_id")), values(filled)) == before
    told = "SELECT decided_by, value FROM decisions"
    assert filled.db.execute(told).fetchall() == [("Ann", "6"), ("Ben", "=HYPERLINK(1)")]


def workbook(path: Path, *rows: tuple[object, ...], title: str = "Extraction") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


HEAD = ("Study", "DOI", "Patient", "Age (y)", "Vials", "Result", "Page")
MAPPING = """
source: Our sheet
report: {key: Study, doi: DOI}
case: Patient
fill_down: yes
attributes:
  age_years: Age (y)
  antivenom_vials: {column: Vials, basis: Page}
  outcome:
    column: Result
    values: {cured: recovered, "+": died}
"""


def mapping(tmp_path: Path, text: str = MAPPING) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


ROWS = (
    HEAD,
    ("Adder 2020", "https://doi.org/10.5555/101", "P1", 30, 6, "Cured", "p. 2"),
    ("", "", "P2", 4.5, "n.a.", "+", "p. 3"),
    ("Unknown 1999", None, "A", 70, 2, "?", None),
)


def as_file(tmp_path: Path, kind: str, *rows: tuple[object, ...]) -> Path:
    if kind == "xlsx":
        return workbook(tmp_path / "sheet.xlsx", *rows)
    path = tmp_path / f"sheet.{kind}"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=";" if kind == "csv" else "\t").writerows(rows)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "csv", "tsv"])
def test_a_group_s_own_sheet_is_taken_over_by_mapping_its_columns(kind: str, filled: Workspace, tmp_path: Path) -> None:
    sheet = as_file(tmp_path, kind, *ROWS)
    for _ in range(2):
        assert take_sheet(filled, sheet, mapping(tmp_path)) == "Our sheet"
        assert (filled.problems, values(filled)) == (
            [],
            [(4.5, None, "died"), (30, 6, "recovered"), (61, 12, "died"), (70, 2, None)],
        )
    told = filled.db.execute("SELECT source, basis FROM decisions WHERE value = '6'").fetchall()
    assert told == [("Our sheet", "p. 2")]
    assert filled.db.execute("SELECT count(*) FROM patients").fetchone() == (4,)


def test_what_the_sheet_says_wrongly_is_named_with_row_and_column(filled: Workspace, tmp_path: Path) -> None:
    rows = (
        HEAD,
        ("Adder 2020", "10.5555/101", "P1", "old", 6, "worse", ""),
        ("Adder 2020", "", "P1", 3, 1, "", ""),
        ("", "", "P9", 3, 1, "", ""),
    )
    text = MAPPING.replace("fill_down: yes", "fill_down: no")
    take_sheet(filled, workbook(tmp_path / "sheet.xlsx", *rows), mapping(tmp_path, text))
    assert {problem.subject: problem.sentence for problem in filled.problems} == {
        "sheet.xlsx: row 2, column Age (y)": "'old' is not a number",
        "sheet.xlsx: row 2, column Result": "worse is not a value of outcome",
        "sheet.xlsx: row 3, column Patient": "P1 of Adder 2020 stands in a row above",
        "sheet.xlsx: row 4": "nothing tells of which report it is",
    }
    assert values(filled)[0] == (30, 6, "recovered")


WRONG = {
    "another attribute": (MAPPING.replace("age_years", "age_yaers"), "age_yaers is not an attribute"),
    "another column": (MAPPING.replace("Vials", "Vails"), "has no column 'Vails'"),
    "an unknown key": (MAPPING.replace("fill_down", "fill_up"), "fill_up"),
    "no report": (MAPPING.replace("{key: Study, doi: DOI}", "{year: DOI}"), "name a column with the report"),
    "no YAML": ("attributes: [", "line"),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_mapping_that_does_not_fit_is_refused(text: str, words: str, filled: Workspace, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "sheet.xlsx", *ROWS)
    with pytest.raises(LitreviewError, match=words):
        take_sheet(filled, sheet, mapping(tmp_path, text))


def test_a_draft_places_the_columns_that_are_alike_and_names_the_rest(filled: Workspace, tmp_path: Path) -> None:
    head = ("PMID", "Patient no.", "Age (years)", "Vials of antivenom", "Outcome", "Snake")
    rows = (head, (101, 1, 30, 6, "recovered", "viper"), (101, 2, 7, 2, "dead", "cobra"))
    sheet = workbook(tmp_path / "ours.xlsx", *rows)
    text = draft(sheet, filled.topic)
    assert 'pmid: "PMID"' in text
    assert '\n# Not placed: "Snake"\n' in text
    assert "# Without a column: antivenom_delay_days\n" in text
    take_sheet(filled, sheet, mapping(tmp_path, text.replace('"dead": ""', '"dead": died')))
    assert filled.problems == []
    assert values(filled)[:2] == [(7, 2, "died"), (30, 6, "recovered")]


def test_a_formula_counts_with_the_value_that_was_kept_and_is_never_computed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "sheet.xlsx", ("a", "b"), (1, "=1+1"))
    with pytest.raises(ReadError, match="row 2, column B: a formula without its value"):
        read_sheet(path)
    kept = tmp_path / "kept.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(kept, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, re.sub(r"</f><v ?/>|</f><v></v>", "</f><v>7</v>", content))
    assert read_sheet(kept).rows[0].cells == {"a": "1", "b": "7"}


def test_what_is_written_holds_no_formula(filled: Workspace, path: Path, tmp_path: Path) -> None:
    case_id = filled.db.execute("SELECT case_id FROM cases WHERE pmid = '101'").fetchone()[0]
    filled.db.execute("UPDATE findings SET value = '=cmd()' WHERE case_id = ? AND attribute = 'outcome'", [case_id])
    for suffix in (".csv", ".xlsx"):
        write_sheet(path, tmp_path / f"sheet{suffix}", everything=True, rules_dir=TOPICS)
    assert "'=cmd()" in (tmp_path / "sheet.csv").read_text()
    cells = [cell for row in load_workbook(tmp_path / "sheet.xlsx").active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells if cell.value == "=cmd()"] == ["s"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x00\x01\x02" * 50, b""], ids=["zip", "bytes", "empty"])
def test_what_is_no_sheet_is_refused_with_a_sentence(content: bytes, work: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(LitreviewError):
        read_back(work, path, by="Ann")


def test_a_sheet_of_another_kind_is_told_from_one_to_fill_in(work: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no column subject"):
        read_back(work, workbook(tmp_path / "sheet.xlsx", *ROWS), by="Ann")


def test_a_draft_knows_headers_as_papers_have_them_units_and_the_words_of_the_codebook(tmp_path: Path) -> None:
    head = ("Study", "PMID", "Pt", "Sex", "Type of cytopenia", "Hb before dara (mmol/L)", "Best response")
    sheet = workbook(tmp_path / "ours.xlsx", head, ("S1", 101, 1, "m", "warm AIHA", 5.1, "n.a."))
    text = draft(sheet, rules.load("anti_cd38_cytopenia", None))
    assert '# key: "Study"' in text
    assert 'baseline_hemoglobin_g_dl:\n    column: "Hb before dara (mmol/L)"\n    unit: "mmol/L"\n' in text
    assert '"warm AIHA": "AIHA"' in text
    assert '"m": "male"' in text
    assert 'response: "Best response"' in text
