from collections.abc import Iterator
from pathlib import Path

import pytest
from steps_papers import WOMAN, article, write

from litreview import rules, store
from litreview.errors import UsageError
from litreview.model.bibliography import PartialDate, Record
from litreview.model.search import Search
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.compare_searches import Difference, Stored, compare, eligible_reports
from litreview.steps.workspace import Workspace

SEARCHES = (
    Search(name="snakes", title="Any snake", query="viper OR cobra", default=True),
    Search(name="vipers", title="Vipers", query="viper"),
    Search(name="cobras", title="Cobras", query="cobra"),
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Replay]:
    folder = tmp_path / "library"
    folder.mkdir()
    write(folder / "all.xml", article("101"), article("102", WOMAN), article("103", WOMAN))
    with Replay(folder) as replay:
        yield replay


@pytest.fixture
def stored(work: Workspace) -> Workspace:
    """101 and 102 are in the database, 102 is eligible and has a duplicate; 103 is not there."""
    topic = rules.load("antivenom_envenoming", Path(__file__).parents[1] / "topics")
    work.topic = topic.model_copy(update={"searches": SEARCHES})
    store.save_record(work.db, Record(title="A viper", pmid="101", published=PartialDate(2020)))
    leading = store.save_record(work.db, Record(title="A thesis that is in no PubMed at all"))
    cobra = store.save_record(work.db, Record(title="A cobra", pmid="102", published=PartialDate(2021)))
    work.db.execute("UPDATE records SET eligible = 'yes' WHERE record_id = ?", [leading])
    work.db.execute("UPDATE records SET eligible = 'yes', duplicate_of = ? WHERE record_id = ?", [leading, cobra])
    work.db.execute("UPDATE records SET eligible = 'no' WHERE pmid = '101'")
    return work


def test_each_pair_of_searches_tells_what_one_misses(stored: Workspace, server: Replay) -> None:
    comparison = compare(stored, Client(Settings(base_url=server.url)))
    viper, cobra = Stored("101", 2020, "A viper", "no"), Stored("102", 2021, "A cobra", "yes")
    assert comparison.differences == (
        Difference("snakes", "vipers", (cobra,), ("103",)),
        Difference("snakes", "cobras", (viper,), ()),
        Difference("vipers", "snakes", (), ()),
        Difference("vipers", "cobras", (viper,), ()),
        Difference("cobras", "snakes", (), ()),
        Difference("cobras", "vipers", (cobra,), ("103",)),
    )


def test_every_search_is_kept_and_nothing_is_fetched(stored: Workspace, server: Replay) -> None:
    compare(stored, Client(Settings(base_url=server.url)))
    rows = stored.db.execute("SELECT name, count, new_records, fetched_at FROM searches ORDER BY search_id").fetchall()
    assert [tuple(row) for row in rows] == [("snakes", 3, 1, None), ("vipers", 1, 0, None), ("cobras", 2, 1, None)]
    assert [request.program for request in server.requests] == ["esearch.fcgi"] * 3


def test_an_eligible_report_is_found_by_the_pmid_of_its_duplicate(stored: Workspace, server: Replay) -> None:
    comparison = compare(stored, Client(Settings(base_url=server.url)))
    assert comparison.eligible == 1
    assert [answer.eligible for answer in comparison.answers] == [1, 0, 1]


def test_reports_without_any_pmid_are_not_expected_of_pubmed(work: Workspace) -> None:
    store.save_record(work.db, Record(title="A thesis that is in no PubMed at all"))
    work.db.execute("UPDATE records SET eligible = 'yes'")
    assert eligible_reports(work.db) == ()


def test_a_topic_without_searches_cannot_be_compared(stored: Workspace) -> None:
    stored.topic = stored.topic.model_copy(update={"searches": ()})
    with pytest.raises(UsageError, match="has no searches"):
        compare(stored, Client(Settings(base_url="http://127.0.0.1:9/")))
