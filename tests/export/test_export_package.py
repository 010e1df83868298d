"""Cells of a package's CSV, and packages that are not what they should be."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview.errors import ReadError
from litreview.export.formula import is_dangerous
from litreview.export.package.cells import read, written
from litreview.export.package.read import open_package
from litreview.export.package.write import Column, Package, Packed, write_package

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
MARKED = ["", "'", "''", "=1+1", "'=1+1", "-5", "'5", "5", "5.0", "1e5", "'1e5", "\t=", "\r", "\\N", 'a,b\n"c"']


@given(text=TEXTS, nullable=st.booleans())
@pytest.mark.parametrize("kind", ["text", "any"])
def test_any_text_is_read_as_it_was_written(kind: str, text: str, nullable: bool) -> None:
    cell = written(text, kind, nullable=nullable)  # type: ignore[arg-type]

    assert read(cell, kind, nullable=nullable) == text  # type: ignore[arg-type]
    assert not is_dangerous(cell)


@pytest.mark.parametrize("text", MARKED)
@pytest.mark.parametrize("nullable", [True, False])
@pytest.mark.parametrize("kind", ["text", "any"])
def test_a_text_that_looks_like_a_mark_is_read_as_it_was_written(kind: str, nullable: bool, text: str) -> None:
    found = read(written(text, kind, nullable=nullable), kind, nullable=nullable)  # type: ignore[arg-type]

    assert found == text
    assert isinstance(found, str)


@given(number=st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_beside_texts_is_read_as_it_was_written(number: float) -> None:
    found = read(written(number, "any", nullable=True), "any", nullable=True)

    assert (found, type(found)) == (number, type(number))


def test_no_value_is_told_from_an_empty_text() -> None:
    assert written(None, "text", nullable=True) != written("", "text", nullable=True)
    assert read("", "text", nullable=True) is None
    assert read("", "text", nullable=False) == ""


def test_bytes_are_read_as_they_were_written() -> None:
    assert read(written(b"\x00\xff", "bytes", nullable=False), "bytes", nullable=False) == b"\x00\xff"


def packed(*rows: tuple[str | None, ...]) -> io.BytesIO:
    stream = io.BytesIO()
    table = Packed("notes", "", (Column("note", "text", nullable=True),), (), rows)
    assert write_package(Package({"name": "x"}, [table]), stream) == len(rows)
    stream.seek(0)
    return stream


def test_a_long_text_with_line_breaks_is_read_again() -> None:
    text = "a\r\nb\n" * 100_000
    before = csv.field_size_limit()

    assert list(open_package(packed((text,), (None,)), "x").rows("notes")) == [["note"], [text], [""]]
    assert csv.field_size_limit() == before


def test_two_packages_of_the_same_content_are_the_same_bytes() -> None:
    assert packed(("a",)).getvalue() == packed(("a",)).getvalue()


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(packed(("yes",))) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"yes", b"no"))

    with changed.open("rb") as stream, pytest.raises(ReadError, match=r"data/notes.csv was changed"):
        list(open_package(stream, "changed.zip").rows("notes"))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 broken", b"case_id\nc1\n"],
    ids=["empty", "broken", "csv"],
)
def test_what_is_no_package_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError, match=r"p.zip is not a package"):
        open_package(io.BytesIO(content), "p.zip")


@pytest.mark.parametrize(
    "descriptor", [b"[]", b"{}", b'{"resources": [{"path": "../../etc/passwd"}]}', b'{"resources": [1]}', b"\xff"]
)
def test_a_descriptor_that_is_not_ours_is_refused(descriptor: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("datapackage.json", descriptor)

    with pytest.raises(ReadError):
        open_package(stream, "p.zip")
