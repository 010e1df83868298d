from collections.abc import Iterator
from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import readers, rules, store
from litreview.errors import ReadError
from litreview.model.bibliography import Record
from litreview.model.search import Clause, Search
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.known_reports import Checked, Known, check, known_reports
from litreview.steps.search import chosen, run_of
from litreview.steps.workspace import Workspace

TITLE = "Antivenom after the bite of a snake in garden number 101"
SEARCHES = (
    Search(name="stated", title="", query="antivenom AND cobra NOT 103"),
    Search(
        name="blocks",
        title="",
        blocks={
            "remedy": (Clause(name="serum", terms=("antivenom[tiab]",), why="the remedy"),),
            "snake": (
                Clause(name="cobra", terms=("cobra*[tiab]",), why="one snake"),
                Clause(name="viper", terms=("viper*[tiab]",), why="another", on=False),
            ),
        },
    ),
)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("pmid,title\n101,a\n102,b\n101,a\n", (Known("101", "", "a"), Known("102", "", "b"))),
        ("\ufeffTitle;PMID\r\n;101\r\n", (Known("101"),)),
        ("doi\thow\nhttps://doi.org/10.5555/A.1\tx\n", (Known("", "10.5555/a.1"),)),
        ('"title","year"\n"One, two",2020\n', (Known("", "", "One, two"),)),
        ("pmid,doi\nnone,\n,\n", (Known("", "", "none"),)),
        ("101\nPMID: 102\n10.5555/a.1\n", (Known("101"), Known("102"), Known("", "10.5555/a.1"))),
    ],
    ids=["CSV", "BOM and semicolons", "DOIs with tabs", "titles", "what is no PMID", "plain list"],
)
def test_a_list_of_known_reports_is_read(text: str, known: tuple[Known, ...], tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(text, encoding="utf-8")
    assert known_reports(path) == known


@pytest.mark.parametrize("content", [b"", b"a paper\n", b"pmid\n\n", b"title\n\xff\xfe\n"])
def test_a_file_that_lists_nothing_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=r"known\.csv") as caught:
        known_reports(path)
    assert caught.value.hint


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Replay]:
    folder = tmp_path / "library"
    folder.mkdir()
    write(folder / "all.xml", article("101"), article("102", WOMAN), article("103", WOMAN), article("104", "He fell."))
    with Replay(folder) as replay:
        yield replay


@pytest.fixture
def stored(work: Workspace, server: Replay) -> Workspace:
    """101, 103 and a paper that is not in PubMed are in the database; 102 and 104 are not."""
    work.topic = rules.load("antivenom_envenoming", Path(__file__).parents[1] / "topics").model_copy(
        update={"searches": SEARCHES}
    )
    for pmid in ("101", "103"):
        for record, _ in readers.read_bytes(server.programs.collection.record(pmid), "PubMed"):
            store.save_record(work.db, record)
    store.save_record(work.db, Record(title="Bites in the highlands, a thesis of many pages"))
    return work


def told(work: Workspace, server: Replay, name: str, *known: Known) -> Checked:
    client = Client(Settings(base_url=server.url))
    asked = chosen(work.topic, name=name)
    return check(work.db, client, asked, run_of(client, asked), known)


def test_known_reports_are_told_apart(stored: Workspace, server: Replay) -> None:
    known = (Known("103"), Known("101"), Known("", "", "Bites in the highlands, a thesis of many pages"), Known("999"))
    checked = told(stored, server, "blocks", *known)
    assert checked.found == (Known("103"),)
    assert [missed.pmid for missed in checked.missed] == ["101", "999"]
    assert checked.unchecked == (known[2],)


@pytest.mark.parametrize(
    ("name", "pmid", "losing"),
    [
        ("blocks", "101", ("snake: viper would find it, but is off",)),
        ("blocks", "104", ("not in the database, so its words are not known",)),
        ("stated", "101", ('"cobra"[All Fields]',)),
        ("stated", "103", ('NOT "103"[All Fields]',)),
    ],
    ids=["a clause that is off", "not stored", "a word of a stated query", "what is taken away"],
)
def test_what_loses_a_report_is_named(
    name: str, pmid: str, losing: tuple[str, ...], stored: Workspace, server: Replay
) -> None:
    (missed,) = told(stored, server, name, Known(pmid)).missed
    assert missed.losing == losing


def test_a_block_without_a_fitting_clause_is_named(stored: Workspace, server: Replay) -> None:
    store.save_record(stored.db, Record(title="A fall in the dark, and nothing else", pmid="104"))
    (missed,) = told(stored, server, "blocks", Known("104")).missed
    assert missed.losing == ("remedy: no clause finds it", "snake: no clause finds it")


@pytest.mark.parametrize(
    "report",
    [Known("", "10.5555/101"), Known("", "10.5555/102"), Known("", "", TITLE)],
    ids=["DOI in the database", "DOI that PubMed knows", "title in the database"],
)
def test_reports_without_a_pmid_are_known_by_doi_or_title(report: Known, stored: Workspace, server: Replay) -> None:
    checked = told(stored, server, "blocks", report)
    assert not checked.unchecked
    assert [*checked.found, *(missed.report for missed in checked.missed)] == [report]


def test_a_doi_that_nobody_knows_cannot_be_checked(stored: Workspace, server: Replay) -> None:
    assert told(stored, server, "blocks", Known("", "10.5555/nowhere")).unchecked == (Known("", "10.5555/nowhere"),)
