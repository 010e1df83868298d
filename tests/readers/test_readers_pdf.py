"""PDF: by the optional pypdf."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import sys

import pytest

from litreview.errors import ReadError
from litreview.readers import read_bytes


def pdf(*lines: str) -> bytes:
    """The smallest PDF with a line of text per given line."""
    shown = "BT /F1 10 Tf 14 TL 40 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def test_the_text_of_a_pdf_is_read_as_plain_text(read_one):
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    _, document = read_one(pdf("Case report", "The patient was given trans-", "fusions for many weeks and recovered."))
    assert document.format == "pdf"
    assert document.text.endswith("The patient was given transfusions for many weeks and recovered.")


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", pdf()], ids=["damaged", "no text"])
def test_a_pdf_without_text_is_refused(data):
    pytest.importorskip("pypdf", reason="pypdf is not installed")
    with pytest.raises(ReadError, match=r"scan\.pdf") as refused:
        list(read_bytes(data, "scan.pdf"))
    assert refused.value.hint


def test_without_pypdf_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ReadError) as refused:
        list(read_bytes(pdf("x"), "a.pdf"))
    assert refused.value.hint == "pip install litreview[pdf]"
