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
        ("pmid,doi\nnone,\n,\n", (Known(name="none"),)),
        ("key,authors,pmcid,pmid\na,,PMC77,\nb,Boa et al.,,\n", (Known(pmcid="PMC77"), Known(name="b Boa et al."))),
        ("101\nPMID: 102\n10.5555/a.1\n", (Known("101"), Known("102"), Known("", "10.5555/a.1"))),
    ],
    ids=["CSV", "BOM and semicolons", "DOIs with tabs", "titles", "no PMID", "other columns", "plain list"],
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
    write(
        folder / "all.xml",
        article("101"),
        article("102", WOMAN),
        article("103", WOMAN),
        article("104", "He fell.", pmcid="PMC9104"),
    )
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
    assert [each.report for each in checked.unchecked] == [known[2]]


@pytest.mark.parametrize(
    ("name", "pmid", "losing"),
    [
        ("blocks", "101", ("snake: viper would find it, but is off",)),
        ("blocks", "104", ("snake: no clause finds it",)),
        ("blocks", "999", ("not in the database, and PubMed did not give it: its words are not known",)),
        ("stated", "101", ('"cobra"[All Fields]',)),
        ("stated", "103", ('NOT "103"[All Fields]',)),
    ],
    ids=[
        "a clause that is off",
        "not stored, but in PubMed",
        "nowhere",
        "a word of a stated query",
        "what is taken away",
    ],
)
def test_what_loses_a_report_is_named(
    name: str, pmid: str, losing: tuple[str, ...], stored: Workspace, server: Replay
) -> None:
    (missed,) = told(stored, server, name, Known(pmid)).missed
    assert missed.losing == losing


def test_a_block_without_a_fitting_clause_is_named(stored: Workspace, server: Replay) -> None:
    store.save_record(stored.db, Record(title="A fall in the dark, and nothing else", pmid="909"))
    (missed,) = told(stored, server, "blocks", Known("909")).missed
    assert missed.losing == ("remedy: no clause finds it", "snake: no clause finds it")


@pytest.mark.parametrize(
    "report",
    [
        Known("", "10.5555/101"),
        Known("", "10.5555/102"),
        Known("", "", TITLE),
        Known(title=TITLE.replace("101", "102")),
        Known(title="Antivenom after the bite of a snake in garden number 103 an"[:-3]),
        Known(pmcid="PMC9104"),
    ],
    ids=["DOI in the database", "DOI in PubMed", "title in the database", "title in PubMed", "cut off", "PMCID"],
)
def test_reports_without_a_pmid_are_known_by_doi_or_title(report: Known, stored: Workspace, server: Replay) -> None:
    checked = told(stored, server, "blocks", report)
    assert not checked.unchecked
    assert [*checked.found, *(missed.report for missed in checked.missed)] == [report]


NOWHERE = {
    "PubMed does not have this DOI": Known("", "10.5555/nowhere"),
    "PubMed does not link this PMCID": Known(pmcid="PMC1"),
    "PubMed has no record that surely bears this title": Known(title="A thesis on adders, vipers and other snakes"),
    "the list gives neither an id nor a title": Known(name="boa-2019 Boa et al."),
}


@pytest.mark.parametrize("why", NOWHERE)
def test_what_nobody_knows_cannot_be_checked_and_says_why(why: str, stored: Workspace, server: Replay) -> None:
    (unchecked,) = told(stored, server, "blocks", NOWHERE[why]).unchecked
    assert (unchecked.report, unchecked.why) == (NOWHERE[why], why)


def test_two_records_of_one_title_are_not_taken_for_a_known_one(stored: Workspace, server: Replay) -> None:
    (unchecked,) = told(
        stored, server, "blocks", Known(title="Antivenom after the bite of a snake in garden")
    ).unchecked
    assert unchecked.why == "4 records bear this title"


BASELINE = Path(__file__).parents[3] / "shared" / "baseline" / "reports.csv"


@pytest.mark.skipif(not BASELINE.exists(), reason=f"{BASELINE} is not there")
def test_every_published_report_is_found_missed_or_said_to_be_uncheckable(stored: Workspace, server: Replay) -> None:
    known = known_reports(BASELINE)
    checked = told(stored, server, "blocks", *known)
    assert len(checked.found) + len(checked.missed) + len(checked.unchecked) == len(known) == 63
    assert all(each.why for each in checked.unchecked)
