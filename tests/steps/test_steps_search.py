from datetime import UTC, datetime
from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview import rules
from litreview.errors import UsageError
from litreview.model.search import Clause, Search
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import refresh
from litreview.steps.search import chosen, search
from litreview.steps.workspace import Workspace

TOPIC = rules.load("antivenom_envenoming", Path(__file__).parents[1] / "topics")


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


WITH_BLOCKS = TOPIC.model_copy(update={"searches": (*TOPIC.searches, BLOCKS)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    write(made / "one.xml", article("101", revised="2026-01-05"))
    write(made / "two.xml", article("102", WOMAN, author="Boa", revised="2025-06-01"))
    return made


def client(url: str, day: str = "2026-03-01") -> Client:
    noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
    return Client(Settings(base_url=url), now=lambda: noon)


def test_a_clause_is_left_out_by_its_name() -> None:
    asked = chosen(WITH_BLOCKS, name="sensitive", without=["sting"])
    assert asked.text() == '(antivenom[tiab] OR "snake serum"[tiab]) AND (bite*[tiab])'


def test_without_no_clause_the_search_is_the_topics_own() -> None:
    assert chosen(WITH_BLOCKS, name="sensitive") == BLOCKS
    assert chosen(TOPIC).text() == "antivenom AND snake"


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({"name": "sensitive", "without": ["wasp"]}, "has no clause 'wasp'", "one of: serum, old, bite, sting"),
        ({"name": "review", "without": ["bite"]}, "is one query, without clauses", "--search"),
        ({"query": "snake", "without": ["bite"]}, "no clauses to leave out", "--query"),
        ({"name": "sensitive", "without": ["serum", "bite", "sting"]}, "nothing is left", "at least one clause"),
        ({"name": "broad"}, "has no search 'broad'", "one of: review, sensitive"),
    ],
    ids=["unknown clause", "stated query", "own query", "all clauses", "unknown search"],
)
def test_what_cannot_be_chosen_is_wrong_use_with_what_there_is(
    given: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        chosen(WITH_BLOCKS, **given)  # type: ignore[arg-type]
    assert hint in caught.value.hint


def test_the_clauses_that_were_off_are_kept_with_the_search(work: Workspace, folder: Path) -> None:
    work.topic = WITH_BLOCKS
    with Replay(folder) as server:
        search(work, client(server.url), name="sensitive", without=["sting"])
        search(work, client(server.url))
    rows = work.db.execute("SELECT name, query, clauses_off FROM searches ORDER BY search_id").fetchall()
    assert [tuple(row) for row in rows] == [
        ("sensitive", '(antivenom[tiab] OR "snake serum"[tiab]) AND (bite*[tiab])', "old; sting"),
        ("review", "antivenom AND snake", ""),
    ]


@pytest.fixture
def refreshed(work: Workspace, folder: Path) -> Workspace:
    """Refreshed on 5 January, the day on which 101 had been revised."""
    with Replay(folder) as server:
        refresh(work, client(server.url, "2026-01-05"))
    return work


@pytest.mark.parametrize(
    ("pmid", "revised"),
    [("102", "2026-01-10"), ("101", "2026-01-10")],
    ids=["read in an old state", "read on the day of its revision"],
)
def test_what_was_revised_since_the_last_refresh_is_told(
    pmid: str, revised: str, refreshed: Workspace, folder: Path
) -> None:
    write(folder / ("one.xml" if pmid == "101" else "two.xml"), article(pmid, revised=revised))
    with Replay(folder) as server:
        assert search(refreshed, client(server.url)).to_fetch == (pmid,)


def test_a_search_that_nothing_was_fetched_after_hides_no_revision(refreshed: Workspace, folder: Path) -> None:
    write(folder / "two.xml", article("102", MAN, author="Boa", revised="2026-01-10"))
    with Replay(folder) as server:
        search(refreshed, client(server.url, "2026-01-20"))
        found = refresh(refreshed, client(server.url, "2026-02-01")).found
    assert found.revised == ("102",)


def test_another_search_asks_for_revisions_since_the_first_refresh(refreshed: Workspace, folder: Path) -> None:
    write(folder / "two.xml", article("102", WOMAN, author="Boa", revised="2026-01-10"))
    refreshed.topic = WITH_BLOCKS
    with Replay(folder) as server:
        assert search(refreshed, client(server.url), name="sensitive").revised == ("102",)


def test_what_has_not_changed_is_not_fetched_again(refreshed: Workspace, folder: Path) -> None:
    with Replay(folder) as server:
        found = refresh(refreshed, client(server.url, "2026-01-05")).found
        assert {request.program for request in server.requests} == {"esearch.fcgi"}
    assert found.to_fetch == ()


def test_records_read_on_the_day_of_their_revision_are_asked_for_by_name_in_the_same_search(
    work: Workspace, folder: Path
) -> None:
    write(folder / "one.xml", article("101", revised="2026-01-05"))
    write(folder / "two.xml", article("102", WOMAN, author="Boa", revised="2026-01-08"))
    with Replay(folder) as server:
        refresh(work, client(server.url, "2026-01-05"))
        asked = len(server.requests)
        assert refresh(work, client(server.url, "2026-01-05")).found.to_fetch == ()
        assert len(server.requests) - asked == 2


def test_many_records_read_on_the_day_of_their_revision_are_asked_for_day_by_day(
    refreshed: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litreview.steps.search.NAMED_AT_ONCE", 0)
    with Replay(folder) as server:
        assert search(refreshed, client(server.url)).revised == ()
    write(folder / "one.xml", article("101", revised="2026-01-10"))
    with Replay(folder) as server:
        assert search(refreshed, client(server.url)).revised == ("101",)
