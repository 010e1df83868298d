"""Tables as journals print them, and what a workbook shows beside its cells."""

import zipfile
from pathlib import Path

import docx
import openpyxl
import pyarrow.parquet
import pytest
from docx.enum.section import WD_ORIENT
from lxml import html

from litreview.export import Printed, Table, write

PRINTED = Printed(
    "Bites and their treatment",
    ("Report", "Age"),
    (("Alder 2023", "30ᵃ"), ("Birch 2024", "–")),
    abbreviations=(("AV", "antivenom"),),
    footnotes=(("ᵃ", "Derived."),),
    notes=("A dash means not reported.",),
)
BELOW = ["Abbreviations: AV, antivenom.", "ᵃ Derived.", "A dash means not reported."]
HOSTILE = "<script>alert(1)</script> | [x](javascript:1) \\input{/etc/passwd} $x$ \x00\x0b"


def table(printed: Printed = PRINTED) -> Table:
    return Table("cases", ("report", "age"), (), printed=printed)


def hostile() -> Table:
    return table(Printed(HOSTILE, (HOSTILE,), ((HOSTILE,),), footnotes=(("ᵃ", HOSTILE),)))


def paragraphs(path: Path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).paragraphs]


def test_a_word_document_has_title_table_and_what_stands_below(tmp_path: Path) -> None:
    path = tmp_path / "cases.docx"

    assert write(table(), path) == 2

    assert paragraphs(path) == ["Bites and their treatment", *BELOW]
    (made,) = docx.Document(str(path)).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [list(PRINTED.columns), *map(list, PRINTED.rows)]


def test_a_word_document_is_landscape_and_repeats_its_header(tmp_path: Path) -> None:
    path = tmp_path / "cases.docx"

    write(table(), path)

    document = docx.Document(str(path))
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert document.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")


def test_a_word_document_has_thousands_of_rows_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "findings.docx"

    assert write(Table("findings", ("n",), ((n,) for n in range(6_000))), path) == 6_000

    (made,) = docx.Document(str(path)).tables
    assert [cell.text for cell in made.columns[0].cells] == ["n", *map(str, range(6_000))]


def test_parts_of_a_printed_table_stand_on_pages_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "cases.docx"
    printed = Printed("First", ("a",), (("1",),), parts=(Printed("Second", ("b", "c"), (("2", "3\n4"), ("", "5"))),))

    assert write(table(printed), path) == 3

    document = docx.Document(str(path))
    assert [[[cell.text for cell in row.cells] for row in each.rows] for each in document.tables] == [
        [["a"], ["1"]],
        [["b", "c"], ["2", "3\n4"], ["", "5"]],
    ]
    breaks = {each.text: each.paragraph_format.page_break_before for each in document.paragraphs}
    assert breaks == {"First": None, "Second": True}


@pytest.mark.parametrize("suffix", [".md", ".html", ".tex"])
def test_title_and_what_stands_below_are_in_every_printed_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cases{suffix}"

    write(table(), path)

    text = path.read_text(encoding="utf-8").replace(r"\textsuperscript{a}", "ᵃ")
    places = [text.index(words) for words in (PRINTED.title, "Alder 2023", *BELOW)]
    assert places == sorted(places)


def test_nothing_in_a_cell_is_taken_for_html(tmp_path: Path) -> None:
    path = tmp_path / "cases.html"

    write(hostile(), path)

    page = html.fromstring(path.read_bytes())
    assert list(page.iter("script", "a")) == []
    assert page.findtext(".//td").startswith("<script>alert(1)</script>")


def test_nothing_in_a_cell_is_taken_for_a_command_of_latex(tmp_path: Path) -> None:
    path = tmp_path / "cases.tex"

    write(hostile(), path)

    text = path.read_text(encoding="utf-8")
    assert "\\input{" not in text
    assert text.isascii()


def test_nothing_in_a_cell_is_taken_for_markdown(tmp_path: Path) -> None:
    path = tmp_path / "cases.md"

    write(hostile(), path)

    row = path.read_text(encoding="utf-8").splitlines()[4]
    assert "<script" not in row.replace("\\<", "")
    assert row.count("|") - row.count("\\|") == 2


def test_a_word_document_takes_text_that_xml_does_not(tmp_path: Path) -> None:
    path = tmp_path / "cases.docx"

    write(hostile(), path)

    assert "\\input{/etc/passwd}" in docx.Document(str(path)).tables[0].rows[1].cells[0].text


def test_a_workbook_explains_its_columns_and_shows_the_words_behind_a_value(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    made = Table(
        "cases",
        ("case_id", "age"),
        (("c1", 30), ("c2", None)),
        codebook=(("column", "definition"), ("age", "=Age in years")),
        comments={("c1", "age"): "“a 30-year-old man” (title)"},
    )

    write(made, path)

    book = openpyxl.load_workbook(path)
    assert (book["cases"]["B2"].value, book["cases"]["B2"].comment.text) == (30, "“a 30-year-old man” (title)")
    assert book["cases"]["B3"].comment is None
    assert [cell.value for cell in book["codebook"][2]] == ["age", "=Age in years"]
    assert not any(b"<f>" in zipfile.ZipFile(path).read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2))


@pytest.mark.parametrize(("kind", "type_name"), [("integer", "int64"), ("number", "double"), ("text", "string")])
def test_a_column_of_parquet_has_its_kind_even_where_nothing_stands_in_it(
    tmp_path: Path, kind: str, type_name: str
) -> None:
    path = tmp_path / "x.parquet"

    write(Table("x", ("n",), ((None,),), kinds={"n": kind}), path)  # type: ignore[dict-item]

    assert str(pyarrow.parquet.read_schema(path).field("n").type) == type_name
