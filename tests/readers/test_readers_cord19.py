"""CORD-19 JSON."""

# ruff: noqa: E501 - samples of markup and text read best on one line

import json

import pytest

from litreview.errors import ReadError
from litreview.readers import read_bytes


def paper(**parts) -> str:
    return json.dumps(
        {
            "paper_id": "PMC55",
            "metadata": {"title": "A paper", "authors": [{"first": "Ann", "middle": ["B"], "last": "Doe"}]},
            "abstract": [{"text": "Short."}],
            "body_text": [
                {"text": "We saw two.", "section": "Case Report"},
                {"text": "A boy.", "section": "Patient 1"},
                {"text": "A girl.", "section": "Patient 2"},
                {"text": "Well.", "section": "Discussion"},
            ],
            "ref_entries": {},
        }
        | parts
    )


def test_a_paper_is_read_with_its_sections(read_one):
    record, document = read_one(paper())
    assert (record.title, record.pmcid, record.authors, record.abstract) == ("A paper", "PMC55", ("Doe AB",), "Short.")
    assert [(section.kind, section.path) for section in document.sections] == [
        ("title", ()),
        ("abstract", ("Abstract",)),
        ("case", ("Case Report",)),
        ("case", ("Case Report", "Patient 1")),
        ("case", ("Case Report", "Patient 2")),
        ("discussion", ("Discussion",)),
    ]


def test_a_hash_is_nobodys_identifier(read_one):
    record, _ = read_one(paper(paper_id="0015023cc06b5362d332b3baf348d11567ca2fbb"))
    assert record.pmcid is None


def test_tables_have_their_cells_where_the_file_has_them(read_one):
    entries = {
        "TABREF0": {"text": "Counts.", "type": "table", "num": "1", "html": "<table><tr><th>Hb</th></tr><tr><td>8</td></tr></table>"},
        "FIGREF0": {"text": "The course.", "type": "figure", "num": "1"},
    }  # fmt: skip
    _, document = read_one(paper(ref_entries=entries))
    (table,) = document.tables
    assert (table.label, [document[cell.span] for cell in table.cells]) == ("Table 1", ["Hb", "8"])
    assert document[document.paragraphs[-1]] == "The course."


@pytest.mark.parametrize(
    "content", ['{"a": 1}', '[{"a": 1}]', '{"body_text": "x"}', '{"paper_id": "PMC1", "body_te', "[[[[" * 40_000]
)
def test_other_json_is_refused_with_its_name(content):
    with pytest.raises(ReadError, match=r"some\.json") as refused:
        list(read_bytes(content.encode(), "some.json"))
    assert refused.value.hint


def test_a_part_of_the_wrong_kind_is_an_error_and_no_crash():
    with pytest.raises(ReadError, match=r"some\.json"):
        list(read_bytes(paper(metadata=["no"]).encode(), "some.json"))
