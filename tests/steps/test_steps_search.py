from pathlib import Path

import pytest

from litreview.errors import ReadError
from litreview.model.review import SearchRun
from litreview.model.topic import Clause, Search
from litreview.steps.search import check

RUN = SearchRun("pubmed", "http://localhost/", "review", "q", "q", 2, ("101", "103"), "2026-01-01T00:00:00Z")


def clause(name: str, *terms: str, on: bool = True) -> Clause:
    return Clause(name=name, terms=terms, why="it is there for a reason", on=on)


BLOCKS = Search(
    name="sensitive",
    title="Sensitive",
    blocks={
        "remedy": (clause("serum", "antivenom[tiab]", '"snake serum"[tiab]'), clause("old", "theriac", on=False)),
        "event": (clause("bite", "bite*[tiab]"), clause("sting", "sting*[tiab]")),
    },
)


@pytest.mark.parametrize(
    ("without", "text"),
    [
        (set(), '(antivenom[tiab] OR "snake serum"[tiab]) AND (bite*[tiab] OR sting*[tiab])'),
        ({"sting"}, '(antivenom[tiab] OR "snake serum"[tiab]) AND (bite*[tiab])'),
        ({"bite", "sting"}, '(antivenom[tiab] OR "snake serum"[tiab])'),
    ],
    ids=["all that are on", "without a clause", "without a block"],
)
def test_blocks_are_joined_by_and_and_their_clauses_by_or(without: set[str], text: str) -> None:
    assert BLOCKS.text(without=frozenset(without)) == text


def test_a_query_as_it_was_stated_stays_as_it_is_but_for_line_ends() -> None:
    assert Search(name="review", title="", query="antivenom\n  AND snake").text() == "antivenom AND snake"


@pytest.mark.parametrize(
    "text", ["pmid,title\n101,a\n102,b\n", "\ufeffPMID\n101\n102\n101\n", "101\n102"], ids=["CSV", "BOM", "list"]
)
def test_known_reports_are_told_apart_by_whether_the_search_found_them(text: str, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text(text, encoding="utf-8")
    checked = check(known, RUN)
    assert (checked.found, checked.missed) == (("101",), ("102",))


def test_a_file_without_pmids_is_refused(tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("title\na paper\n")
    with pytest.raises(ReadError, match="has no PMIDs"):
        check(known, RUN)
