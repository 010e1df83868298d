from pathlib import Path

import pytest
from steps_papers import WOMAN, article
from steps_server import TOPICS, Shelf

from litreview import store
from litreview.model.search import Search
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.compare_searches import compare
from litreview.steps.refresh import Refreshed, refresh
from litreview.steps.status import status
from litreview.steps.workspace import workspace

KEY = "0123456789abcdef"


@pytest.fixture
def shelf(tmp_path: Path, path: Path) -> Shelf:
    made = Shelf(tmp_path / "library", path)
    made.put("101", article("101"))
    made.put("102", article("102", WOMAN, author="Boa"))
    return made


def refreshed_with(shelf: Shelf, query: str) -> Refreshed:
    """A refresh after somebody has changed the topic's query."""
    with Replay(shelf.folder) as server, workspace(shelf.path, command="refresh", rules_dir=TOPICS) as work:
        changed = Search(name="review", title="Bites", query=query, default=True)
        work.topic = work.topic.model_copy(update={"searches": (changed,)})
        return refresh(work, Client(Settings(base_url=server.url)))


def test_a_search_says_where_with_what_limits_and_by_whom_it_was_asked(shelf: Shelf) -> None:
    shelf.refresh(email="mr@example.org", api_key=KEY)
    assert shelf.ask("SELECT database, platform, limits, asked_by, query_version FROM searches") == [
        ("pubmed", "E-utilities", "none beside the query", "mr@example.org", 1)
    ]
    with store.open_database(shelf.path, readonly=True) as db:
        assert KEY not in "\n".join(db.conn.iterdump())


def test_without_an_address_the_account_is_named(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "adder")
    shelf.refresh()
    assert shelf.ask("SELECT asked_by FROM searches") == [("adder",)]


def test_a_changed_query_says_what_it_gains_and_loses_by_its_words_alone(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("103", article("103", "A cat was bitten. No antivenom for this snake.", title="A snake and a cat"))

    change = refreshed_with(shelf, "cobra OR cat").found.query_change

    assert change is not None
    assert (change.former, change.gained, change.lost) == ("antivenom AND snake", (), ("101",))
    found = status(shelf.path).query_changes
    assert [(row["name"], row["query_version"], row["gained"], row["lost"]) for row in found] == [
        ("review", 2, None, "101")
    ]


def test_a_query_asked_again_after_another_is_the_version_it_was(shelf: Shelf) -> None:
    shelf.refresh()
    refreshed_with(shelf, "cobra")
    refreshed_with(shelf, "viper")
    assert shelf.refresh()[0].found.query_change is not None
    assert shelf.refresh()[0].found.query_change is None
    assert shelf.ask("SELECT query_version FROM searches ORDER BY search_id") == [(1,), (2,), (3,), (1,), (1,)]


def test_a_comparison_says_what_a_changed_query_gains(shelf: Shelf) -> None:
    shelf.refresh()
    refreshed_with(shelf, "cobra")
    with Replay(shelf.folder) as server, workspace(shelf.path, command="search", rules_dir=TOPICS) as work:
        answer = compare(work, Client(Settings(base_url=server.url))).answers[0]
    assert answer.query_change is not None
    assert answer.query_change.gained == ("101",)


def test_an_unchanged_query_is_not_asked_twice(shelf: Shelf) -> None:
    shelf.refresh()
    with Replay(shelf.folder) as server, workspace(shelf.path, command="refresh", rules_dir=TOPICS) as work:
        refresh(work, Client(Settings(base_url=server.url)))
    assert [request.program for request in server.requests] == ["esearch.fcgi"] * 2


def test_wanted_reports_have_an_address_that_a_browser_takes(shelf: Shelf) -> None:
    odd = article("103", WOMAN, title="A cobra and the snake charmer").replace("10.5555/103", "10.5555/a&lt;1:b&gt;2#c")
    shelf.put("103", odd)
    shelf.refresh()
    assert sorted(shelf.ask("SELECT pmid, link, cases FROM wanted")) == [
        ("101", "https://doi.org/10.5555/101", 1),
        ("102", "https://doi.org/10.5555/102", 1),
        ("103", "https://doi.org/10.5555/a%3C1:b%3E2%23c", 1),
    ]
