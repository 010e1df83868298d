"""Tables to files in every format."""

import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pyarrow.parquet
import pytest
from lxml import html
from openpyxl.utils.escape import unescape
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexWalker

from litreview.errors import UsageError
from litreview.export import FORMATS, Cell, Table, write

COLUMNS = ("case_id", "age", "doses", "drugs", "note")
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("c1", 3.17, 4, ("cyclosporine", "ATG"), 'said "well", then\nleft'),
    ("c2", 16.0, None, (), "Größe µl ≥ 5"),
)


def table(*rows: tuple[Cell, ...], columns: tuple[str, ...] = COLUMNS) -> Table:
    return Table("cases", columns, rows)


def read_delimited(path: Path, delimiter: str) -> list[list[object]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=delimiter))
    return [[_typed(cell) for cell in row] for row in rows]


def _typed(cell: str) -> object:
    try:
        return json.loads(cell)
    except ValueError:
        return cell or None


def read_json(path: Path) -> list[list[object]]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def read_jsonl(path: Path) -> list[list[object]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def read_xlsx(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)["cases"].iter_rows(values_only=True)]


def read_parquet(path: Path) -> list[list[object]]:
    found = pyarrow.parquet.read_table(path)
    return [
        found.column_names,
        *([_typed(str(cell)) if cell else None for cell in row.values()] for row in found.to_pylist()),
    ]


def read_markdown(path: Path) -> list[list[object]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in [lines[0], *lines[2:]]]
    return [[_typed(re.sub(r"\\(.)", r"\1", cell.strip())) for cell in row] for row in rows]


def read_html(path: Path) -> list[list[object]]:
    rows = html.fromstring(path.read_bytes()).iter("tr")
    return [[_typed(" ".join((cell.text or "").split())) for cell in row] for row in rows]


def read_latex(path: Path) -> list[list[object]]:
    """By pylatexenc: the nodes of the longtable, between what its headers repeat and its end."""
    nodes = LatexWalker(path.read_text(encoding="utf-8")).get_latex_nodes()[0]
    document = next(node for node in nodes if isinstance(node, LatexEnvironmentNode))
    table = next(node for node in document.nodelist if isinstance(node, LatexEnvironmentNode))
    source = "".join(node.latex_verbatim() for node in table.nodelist).replace(r"{\textquotedbl}", '"')
    head = source.split("\\toprule\n")[1].split("\\midrule")[0]
    rows = [head, *source.split("\\endlastfoot\n")[1].split("\\\\\n")]
    told = [[LatexNodes2Text().latex_to_text(cell).strip() for cell in row.split(" & ")] for row in rows if row.strip()]
    return [[_typed(cell.removesuffix(r"\\").strip()) for cell in row] for row in told]


def read_docx(path: Path) -> list[list[object]]:
    (found,) = docx.Document(str(path)).tables
    return [[_typed(" ".join(cell.text.split())) for cell in row.cells] for row in found.rows]


READ: dict[str, Callable[[Path], list[list[object]]]] = {
    ".csv": lambda path: read_delimited(path, ","),
    ".tsv": lambda path: read_delimited(path, "\t"),
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".xlsx": read_xlsx,
    ".parquet": read_parquet,
    ".md": read_markdown,
    ".html": read_html,
    ".tex": read_latex,
    ".docx": read_docx,
}
PRINTED = (".md", ".html", ".tex", ".docx")


def test_every_format_has_its_round_trip_here() -> None:
    assert set(READ) == set(FORMATS)


@pytest.mark.parametrize("suffix", READ)
def test_what_is_written_is_read_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cases{suffix}"

    count = write(table(*ROWS), path)

    assert count == 2
    assert READ[suffix](path) == [
        list(COLUMNS),
        [
            "c1",
            3.17,
            4,
            "cyclosporine; ATG",
            'said "well", then left' if suffix in PRINTED else 'said "well", then\nleft',
        ],
        ["c2", 16, None, None, "Größe µl ≥ 5"],
    ]


@pytest.mark.parametrize("suffix", READ)
def test_two_exports_are_the_same_bytes(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"

    write(table(*ROWS), first)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    write(table(*ROWS), second)

    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", READ)
def test_a_table_without_rows_is_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"

    assert write(table(), path) == 0
    assert path.exists()


DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=", "-"]


@pytest.mark.parametrize("text", [*DANGEROUS[:6]])
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_text_that_would_be_computed_is_guarded(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"x{suffix}"

    write(table((text,), columns=("quote",)), path)

    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="," if suffix == ".csv" else "\t"))
    assert rows[1] == [f"'{text}".replace("\r", "\n")]


@pytest.mark.parametrize("text", ["=", "-", "-5", "+5.5", "-95%", "a=b", "> 5"])
def test_harmless_text_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"

    write(table((text,), columns=("quote",)), path)

    assert path.read_text(encoding="utf-8") == f"quote\n{text}\n"


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.xlsx"

    write(table((text,), columns=("quote",)), path)

    cell = openpyxl.load_workbook(path)["cases"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_a_workbook_takes_text_that_xml_does_not(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    write(table(("a\x00b\x0bc",), ("x" * 40_000,), columns=("quote",)), path)

    sheet = openpyxl.load_workbook(path)["cases"]
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == 32_767


@pytest.mark.parametrize(
    "text", ["<r><t>bold</t></r>", "</t></is></c>", "_x0041_", "a & b", " blanks ", "line\nline", "Größe µl ≥ 5"]
)
def test_a_workbook_takes_text_that_looks_like_its_own_code(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.xlsx"

    write(table((text,), columns=("quote",)), path)

    assert unescape(openpyxl.load_workbook(path)["cases"]["A2"].value) == text


def test_a_workbook_counts_letters_as_excel_does(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    write(table(("😀" * 20_000,), columns=("quote",)), path)

    assert openpyxl.load_workbook(path)["cases"]["A2"].value == "😀" * 16_383


def test_a_workbook_says_where_its_table_ends(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    write(table(*ROWS), path)

    sheet = openpyxl.load_workbook(path)["cases"]
    assert (sheet.dimensions, sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:E3", "A1:E3", "A2")
    assert sheet["A1"].font.bold


def test_numbers_that_are_none_are_left_empty(tmp_path: Path) -> None:
    path = tmp_path / "x.json"

    write(table((float("nan"),), (float("inf"),), columns=("age",)), path)

    assert json.loads(path.read_text()) == [{"age": None}, {"age": None}]


@pytest.mark.parametrize("name", ["cases.ods", "cases", "cases.csv.old"])
def test_an_unknown_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError) as error:
        write(table(*ROWS), tmp_path / name)

    assert all(suffix in error.value.hint for suffix in FORMATS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere/cases.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()

    with pytest.raises(UsageError, match=name.split("/")[0]):
        write(table(*ROWS), tmp_path / name)


def test_an_earlier_file_stays_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("before")

    def rows():  # type: ignore[no-untyped-def]
        yield ROWS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(Table("cases", COLUMNS, rows()), path)

    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_goes_to_an_open_stream_too() -> None:
    stream = io.StringIO()

    FORMATS[".csv"].write(table(("c1",), columns=("case_id",)), stream)

    assert stream.getvalue() == "case_id\nc1\n"
