import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from same import exports
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview import store
from litreview.errors import RemoteError
from litreview.model.change import Version
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Fault, Replay
from litreview.pubmed.settings import Settings
from litreview.steps.backup import trial
from litreview.steps.refresh import refresh
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    write(made / "one.xml", article("101", pmcid="PMC9101"))
    write(made / "two.xml", article("102", WOMAN, author="Boa"))
    write_fulltext(made, "PMC9101", "101", MAN.replace("5 vials", "6 vials"))
    return made


@pytest.fixture
def server(folder: Path) -> Iterator[Replay]:
    with Replay(folder) as replay:
        yield replay


def client(server: Replay, **given: object) -> Client:
    return Client(Settings(base_url=server.url, backoff=0.01, **given))  # type: ignore[arg-type]


def run(path: Path, server: Replay):
    with workspace(path, command="refresh", rules_dir=TOPICS, create=True) as work:
        return refresh(work, client(server)), work


def content(path: Path) -> list[str]:
    """Everything but the log."""
    logs = ('INTO "runs"', 'INTO "searches"', 'INTO "search_results"', 'INTO "versions"', "_fts", "sqlite_sequence")
    with store.open_database(path, readonly=True) as db:
        return sorted(line for line in db.conn.iterdump() if not any(name in line for name in logs))


def cases(path: Path) -> dict[str, tuple[object, ...]]:
    with store.open_database(path, readonly=True) as db:
        return {row[0]: row[1:] for row in db.execute("SELECT pmid, antivenom_vials, full_text, eligible FROM cases")}


def came(version: Version | None) -> dict[str, int]:
    assert version is not None
    return dict(Counter(change.kind for change in version.changes if change.change == "new"))


def test_a_first_refresh_fetches_reads_and_pools(path: Path, server: Replay) -> None:
    refreshed, work = run(path, server)
    assert not work.problems
    assert cases(path) == {"101": (6, "yes", "yes"), "102": (12, "no", "yes")}
    assert came(refreshed.version) == {
        "record": 2,
        "full text": 1,
        "screening": 2,
        "case": 2,
        "patient": 2,
        "waiting": 1,
    }


def test_a_second_refresh_with_nothing_new_only_searches(path: Path, server: Replay) -> None:
    run(path, server)
    before, asked = content(path), len(server.requests)
    refreshed, _ = run(path, server)
    assert {request.program for request in server.requests[asked:]} == {"esearch.fcgi"}
    assert content(path) == before
    assert refreshed.version is None


def test_a_new_record_is_fetched_and_nothing_else(path: Path, folder: Path) -> None:
    with Replay(folder) as server:
        run(path, server)
    write(folder / "three.xml", article("103", MAN.replace("30", "44"), author="Cobra"))
    with Replay(folder) as server:
        refreshed, work = run(path, server)
        fetched = [request for request in server.requests if request.program == "efetch.fcgi"]
    assert refreshed.found.new == ("103",)
    assert work.counts["records fetched"] == 1
    assert len(fetched) == 1
    assert set(cases(path)) == {"101", "102", "103"}


def test_a_dry_run_tells_all_and_writes_nothing(path: Path, server: Replay) -> None:
    with trial(path) as copy:
        tried, _ = run(copy, server)
    assert not path.exists()
    done, _ = run(path, server)
    assert tried.version is not None
    assert done.version is not None
    assert (tried.version.changes, tried.version.shifts) == (done.version.changes, done.version.shifts)
    before = path.read_bytes()
    with trial(path) as copy:
        assert run(copy, server)[0].version is None
    assert path.read_bytes() == before
    assert not copy.exists()


def test_what_was_saved_before_the_server_failed_is_kept(path: Path, folder: Path) -> None:
    with (
        Replay(folder, faults=[None, None, Fault("status"), Fault("status")]) as server,
        pytest.raises(RemoteError),
        workspace(path, command="refresh", rules_dir=TOPICS, create=True) as work,
    ):
        refresh(work, client(server, tries=2))
    with store.open_database(path, readonly=True) as db:
        assert db["records"].count == 2
        assert [row["outcome"] for row in db.query("SELECT outcome FROM runs")] == ["failed"]
    with Replay(folder) as server:
        run(path, server)
    assert cases(path) == {"101": (6, "yes", "yes"), "102": (12, "no", "yes")}


def test_a_refresh_without_news_asks_twice_and_changes_no_byte_of_the_exports(path: Path, server: Replay) -> None:
    run(path, server)
    before, asked = exports(path, TOPICS), len(server.requests)
    read = read_with(path)
    run(path, server)
    assert len(server.requests) - asked == 2
    assert exports(path, TOPICS) == before
    assert read_with(path) == read


def test_new_rules_read_the_documents_again_and_nothing_is_fetched(path: Path, server: Replay, tmp_path: Path) -> None:
    run(path, server)
    asked, read = len(server.requests), read_with(path)
    changed = shutil.copytree(TOPICS, tmp_path / "topics")
    rule = changed / "antivenom_envenoming" / "attributes" / "antivenom_vials.yaml"
    rule.write_text(rule.read_text() + "\n# another word\n", encoding="utf-8")
    with workspace(path, command="refresh", rules_dir=changed) as work:
        refresh(work, client(server))
    assert {request.program for request in server.requests[asked:]} == {"esearch.fcgi"}
    assert work.counts["documents extracted"] == len(read)
    assert not set(read_with(path)) & set(read)


def read_with(path: Path) -> list[tuple[str, str]]:
    """Every document with the rules that read it."""
    with store.open_database(path, readonly=True) as db:
        return [tuple(row) for row in db.execute("SELECT document_id, extracted_with FROM documents ORDER BY 1")]
