"""Whatever goes wrong with a request, once or again and again, a refresh ends where a clean one does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from same import Noon, content, exports
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview.errors import RemoteError
from litreview.pubmed.client import Client
from litreview.pubmed.collection import Collection, load
from litreview.pubmed.programs import Request
from litreview.pubmed.replay import Fault, Replay
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import refresh
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FAULTS = {
    "429": Fault("status", 429, text='{"error":"API rate limit exceeded","count":"4"}'),
    "429 and wait": Fault("status", 429, headers=(("Retry-After", "3"),)),
    "503": Fault("status", 503),
    "html": Fault("html"),
    "error": Fault("error", text="Search Backend failed: read timeout"),
    "cut off": Fault("truncate"),
    "short": Fault("short"),
    "empty": Fault("empty"),
    "history": Fault("expire"),
    "no answer": Fault("stall", seconds=5),
    "reset": Fault("reset"),
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    folder = tmp_path_factory.mktemp("library")
    ages = {str(101 + n): MAN.replace("30", str(30 + n)) for n in range(4)}
    papers = [article(pmid, text, author=f"Boa{pmid}", pmcid=f"PMC9{pmid}") for pmid, text in ages.items()]
    write(folder / "all.xml", *papers, article("105", WOMAN, author="Cobra"), article("106", WOMAN, author="Cobra"))
    for pmid, text in ages.items():
        write_fulltext(folder, f"PMC9{pmid}", pmid, text.replace("5 vials", "6 vials"))
    return load(folder)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    make_batches_small(monkeypatch)


def make_batches_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a refresh of six records is many requests; and the clock stands still."""
    monkeypatch.setattr("litreview.pubmed.fetch.RECORDS_A_BATCH", 2)
    monkeypatch.setattr("litreview.steps.fetch.FULLTEXTS_A_BATCH", 2)
    monkeypatch.setattr("litreview.store.documents.datetime", Noon)


class Trouble:
    """A server that always has the same address, and what goes wrong with it at the time."""

    def __init__(self, collection: Collection) -> None:
        self.server = Replay(collection, faults=self._choose)
        self.with_request: Callable[[int], Fault | None] = lambda n: None

    def begin(self, with_request: Callable[[int], Fault | None]) -> None:
        """Count requests anew; `with_request` says what happens to the n-th."""
        self.server.requests.clear()
        self.with_request = with_request

    def _choose(self, _: Request) -> Fault | None:
        return self.with_request(len(self.server.requests))


@pytest.fixture(scope="module")
def trouble(collection: Collection) -> Iterator[Trouble]:
    made = Trouble(collection)
    with made.server:
        yield made


def refreshed(path: Path, server: Replay, **settings: object) -> None:
    quick = Settings(base_url=server.url, **({"rate": 1e6, "timeout": 0.3, "tries": 5} | settings))  # type: ignore[arg-type]
    client = Client(quick, sleep=lambda seconds: None, now=lambda: NOW)
    with workspace(path, command="refresh", rules_dir=TOPICS, create=True) as work:
        refresh(work, client)


@pytest.fixture(scope="module")
def clean(trouble: Trouble, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, str], Path]:
    """How many requests a clean refresh makes, what can be exported then, and the database."""
    path = tmp_path_factory.mktemp("clean") / "review.db"
    with pytest.MonkeyPatch.context() as patched:
        make_batches_small(patched)
        trouble.begin(lambda n: None)
        refreshed(path, trouble.server)
    return len(trouble.server.requests), exports(path, TOPICS), path


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_any_request_changes_nothing_in_the_end(
    name: str, trouble: Trouble, clean: tuple[int, dict[str, str], Path], tmp_path: Path
) -> None:
    requests, exported, clean_path = clean
    assert requests == 6
    for at in range(1, requests + 1):
        path = tmp_path / f"{at}.db"
        trouble.begin(lambda n, at=at: FAULTS[name] if n == at else None)  # type: ignore[misc]
        refreshed(path, trouble.server)
        assert exports(path, TOPICS) == exported
        assert content(path, logs={"runs"}) == content(clean_path, logs={"runs"})


@pytest.mark.parametrize("at", range(1, 7))
def test_a_refresh_that_gave_up_at_any_request_is_finished_by_the_next(
    at: int, trouble: Trouble, clean: tuple[int, dict[str, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "review.db"
    trouble.begin(lambda n: Fault("status", 503) if n >= at else None)
    with pytest.raises(RemoteError, match="HTTP 503"):
        refreshed(path, trouble.server, tries=2)
    given = fetched(trouble.server.requests[: at - 1])
    trouble.begin(lambda n: None)
    refreshed(path, trouble.server)
    assert not given & fetched(trouble.server.requests)
    assert exports(path, TOPICS) == clean[1]
    assert content(path) == content(clean[2])


def fetched(requests: list[Request]) -> set[tuple[str, str]]:
    """What was asked for by id: PMIDs and PMCIDs."""
    return {(request("db"), name) for request in requests if request.program == "efetch.fcgi" for name in request.ids}
