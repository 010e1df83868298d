"""A server whose shelf changes between two refreshes, and a refresh from it."""

from pathlib import Path

from steps_papers import write

from litreview import store
from litreview.model.change import Change, Version
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import Refreshed, refresh
from litreview.steps.workspace import Workspace, workspace

TOPICS = Path(__file__).parents[1] / "topics"


class Shelf:
    """PubMed as a folder of records by PMID; each refresh meets what lies there at the moment."""

    def __init__(self, folder: Path, path: Path) -> None:
        folder.mkdir()
        self.folder, self.path = folder, path

    def put(self, pmid: str, record: str) -> None:
        write(self.folder / f"{pmid}.xml", record)

    def take(self, pmid: str) -> None:
        (self.folder / f"{pmid}.xml").unlink()

    def refresh(self, *, merged: dict[str, str] | None = None, **given: str) -> tuple[Refreshed, Workspace]:
        """`merged` are PMIDs that PubMed has merged into others."""
        with (
            Replay(self.folder) as server,
            workspace(self.path, command="refresh", rules_dir=TOPICS, create=True) as work,
        ):
            for pmid, into in (merged or {}).items():
                server.programs.collection.withdraw(pmid, into=into)
            return refresh(work, Client(Settings(base_url=server.url, **given))), work  # type: ignore[arg-type]

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        with store.open_database(self.path, readonly=True) as db:
            return list(db.execute(sql).fetchall())


def told(version: Version | None, kind: str) -> list[Change]:
    """The changes of a kind."""
    assert version is not None
    return [change for change in version.changes if change.kind == kind]


def share(version: Version | None, title: str) -> tuple[tuple[int | None, int | None], ...]:
    """n of N before and after."""
    assert version is not None
    shift = next(shift for shift in version.shifts if shift.title == title)
    return tuple((figure.n, figure.of) for figure in (shift.before, shift.after))
