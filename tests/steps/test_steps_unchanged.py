"""A refresh without news, a month later, leaves every export as it was, and what it did is told where runs are told."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from same import Noon
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview import store
from litreview.errors import TopicError
from litreview.export import FORMATS
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.export import WHATS, export
from litreview.steps.freeze import as_of, freeze
from litreview.steps.refresh import refresh
from litreview.steps.unpack import unpack
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"
TOLD_BY_RUNS = {"searches"}
# Tables in one of their formats, and in all of them what is more than a table.
EVERY = [
    (what, suffix)
    for what in WHATS
    for n, suffix in enumerate(WHATS[what].formats)
    if what not in TOLD_BY_RUNS and (n == 0 or suffix not in FORMATS)
]


class April(Noon):
    """A month later."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        """Noon of a day."""
        return datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    folder = tmp_path_factory.mktemp("library")
    write(folder / "all.xml", article("101", pmcid="PMC9101"), article("102", WOMAN, author="Boa"))
    write_fulltext(folder, "PMC9101", "101", MAN.replace("5 vials", "6 vials"))
    with Replay(folder) as replay:
        yield replay


def refreshed(path: Path, server: Replay, clock: type[Noon]) -> int:
    """Refresh at that time; how often the server was asked."""
    server.requests.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("litreview.store.documents.datetime", clock)
        client = Client(Settings(base_url=server.url, rate=1e6), now=clock.now)
        with workspace(path, command="refresh", rules_dir=TOPICS, create=True) as work:
            refresh(work, client)
    return len(server.requests)


@pytest.fixture(scope="module")
def once(server: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("once") / "review.db"
    refreshed(path, server, Noon)
    return path


@pytest.fixture(scope="module")
def twice(once: Path, server: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twice") / "review.db"
    path.write_bytes(once.read_bytes())
    assert refreshed(path, server, April) == 2
    return path


def exported(path: Path, what: str, suffix: str, folder: Path) -> bytes | str:
    """The file, or the sentence that says what the topic lacks for it."""
    try:
        export(path, what, folder / f"out{suffix}", rules_dir=TOPICS)
    except TopicError as error:
        return error.message
    return (folder / f"out{suffix}").read_bytes()


@pytest.mark.parametrize(("what", "suffix"), EVERY, ids=lambda each: each)
def test_no_byte_of_any_export_changes(what: str, suffix: str, once: Path, twice: Path, tmp_path: Path) -> None:
    assert exported(twice, what, suffix, tmp_path) == exported(once, what, suffix, tmp_path)


def test_the_search_is_told_where_searches_are(twice: Path, tmp_path: Path) -> None:
    export(twice, "searches", tmp_path / "searches.json", rules_dir=TOPICS)
    asked = json.loads((tmp_path / "searches.json").read_text(encoding="utf-8"))
    assert [row["searched_at"][:10] for row in asked] == ["2026-03-01", "2026-04-01"]
    with store.open_database(twice, readonly=True) as db:
        assert [row[0] for row in db.execute("SELECT outcome FROM runs ORDER BY run_id")] == ["done", "unchanged"]


def test_what_is_made_from_the_package_goes_on_as_the_original_does(
    twice: Path, server: Replay, tmp_path: Path
) -> None:
    export(twice, "package", tmp_path / "package.zip", rules_dir=TOPICS)
    unpack(tmp_path / "package.zip", tmp_path / "again.db", rules_dir=TOPICS)
    assert refreshed(tmp_path / "again.db", server, April) == 2
    assert exported(tmp_path / "again.db", "package", ".zip", tmp_path) == (tmp_path / "package.zip").read_bytes()


def test_what_is_frozen_for_a_paper_states_the_day_of_the_last_search(
    once: Path, server: Replay, tmp_path: Path
) -> None:
    path = tmp_path / "review.db"
    path.write_bytes(once.read_bytes())
    refreshed(path, server, April)
    freeze(path, "submission", rules_dir=TOPICS)
    with as_of(path, "submission") as then:
        told = exported(then, "checklists", ".csv", tmp_path)
        assert isinstance(told, bytes)
        assert b"PubMed, last searched 2026-04-01" in told
        export(then, "package", tmp_path / "package.zip", rules_dir=TOPICS)
    unpack(tmp_path / "package.zip", tmp_path / "again.db", rules_dir=TOPICS)
    with store.open_database(tmp_path / "again.db", readonly=True) as db:
        assert db["searches"].count == 2
