"""PubMed's count is what is stored and what is listed with its reason, or the run fails and names what is missing."""

from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import store
from litreview.errors import RemoteError
from litreview.pubmed.client import Client
from litreview.pubmed.collection import Collection, load
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.fetch import BY_HAND, fetch, unfetched
from litreview.steps.refresh import refresh
from litreview.steps.workspace import Workspace

BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">105</PMID><Book><BookTitle>Bites</BookTitle><PubDate>
<Year>1993</Year></PubDate></Book><ArticleTitle>Antivenom for the bite of a snake</ArticleTitle></BookDocument>
</PubmedBookArticle>"""


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    folder = tmp_path / "library"
    folder.mkdir()
    write(folder / "all.xml", *(article(str(pmid), author=f"Boa{pmid}") for pmid in range(101, 105)), BOOK)
    return load(folder)


def client(server: Replay) -> Client:
    return Client(Settings(base_url=server.url, backoff=0.001, rate=1e6))


def stored(work: Workspace) -> set[str]:
    return {row[0] for row in work.db.execute("SELECT pmid FROM records")}


def test_the_count_is_what_is_stored_and_what_is_listed(work: Workspace, collection: Collection) -> None:
    collection.withdraw("102")
    collection.withdraw("103", into="101")
    with Replay(collection) as server:
        found = refresh(work, client(server)).found
    assert found.run.count == 5
    assert stored(work) == {"101", "104", "105"}
    assert store.gone(work.db) == {"102": "deleted", "103": "merged"}
    assert found.run.count == len(stored(work)) + len(store.gone(work.db))
    assert work.notes == [
        "PubMed counts a record that it no longer has: 103 is now 101",
        "PubMed counts a record that it no longer has: 102 was deleted",
    ]


def test_a_merged_number_leads_to_the_record_it_went_into(work: Workspace, collection: Collection) -> None:
    collection.withdraw("103", into="101")
    with Replay(collection) as server:
        fetch(work, client(server), ["103"], way=BY_HAND)
    assert store.load_record(work.db, store.resolve(work.db, "103")).pmid == "101"


def test_what_is_listed_as_gone_is_not_asked_for_again(work: Workspace, collection: Collection) -> None:
    collection.withdraw("102")
    collection.withdraw("103", into="101")
    with Replay(collection) as server:
        refresh(work, client(server))
        asked = len(server.requests)
        again = refresh(work, client(server)).found
        assert [request.program for request in server.requests[asked:]] == ["esearch.fcgi"] * 2
    assert again.to_fetch == ()
    assert unfetched(work) == ()


def test_a_record_that_comes_back_is_no_longer_listed(work: Workspace, collection: Collection) -> None:
    given = collection._records["102"]
    collection.withdraw("102")
    with Replay(collection) as server:
        refresh(work, client(server))
        collection._records["102"] = given
        fetch(work, client(server), ["102"], way=BY_HAND)
    assert "102" in stored(work)
    assert store.gone(work.db) == {}


def test_what_pubmed_keeps_back_fails_the_run_by_name_after_all_else_is_done(
    work: Workspace, collection: Collection
) -> None:
    given = collection._records.pop("103")
    with Replay(collection) as server, pytest.raises(RemoteError, match="1 records that it did not give: PMID 103"):
        refresh(work, client(server))
    assert work.db.execute("SELECT count(*) FROM cases").fetchone()[0] == 3
    assert work.db.execute("SELECT fetched_at FROM searches").fetchone()[0] is None
    collection._records["103"] = given
    with Replay(collection) as server:
        assert refresh(work, client(server)).found.new == ("103",)
    assert len(stored(work)) == 5
    assert store.load_problems(work.db) == ()


def test_a_record_that_was_left_out_once_is_asked_for_again(work: Workspace, collection: Collection) -> None:
    given = collection._records.pop("103")

    def put_back(_: object) -> None:
        if len(server.requests) == 2:
            collection._records["103"] = given

    with Replay(collection, faults=put_back) as server:
        assert fetch(work, client(server), ["101", "103"], way=BY_HAND) == ()
        assert [request.ids for request in server.requests] == [["101", "103"], ["103"]]
    assert stored(work) == {"101", "103"}


def test_a_revised_record_is_read_again(work: Workspace, collection: Collection, tmp_path: Path) -> None:
    with Replay(collection) as server:
        refresh(work, client(server))
    folder = tmp_path / "later"
    folder.mkdir()
    write(folder / "all.xml", article("101", WOMAN, author="Boa101", revised="2099-01-01"))
    with Replay(folder) as server:
        refresh(work, client(server))
    assert "61-year-old" in store.load_record(work.db, store.resolve(work.db, "101")).abstract
