"""A refresh that is killed at any moment is finished by the next one, which asks for nothing that was stored.

LITREVIEW_KILLS and LITREVIEW_RECORDS make it the long run of `.ci/long`; `-s` shows what was done.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from same import content, exports
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview import store
from litreview.errors import DatabaseError
from litreview.pubmed.programs import Request
from litreview.pubmed.replay import Replay

TOPICS = Path(__file__).parents[1] / "topics"
KILLS = int(os.environ.get("LITREVIEW_KILLS", "3"))
RECORDS = int(os.environ.get("LITREVIEW_RECORDS", "60"))
SEED = 20260301


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    """So many records, a fifth of them on a patient each, a tenth with full text."""
    folder = tmp_path_factory.mktemp("library")
    papers = []
    for n in range(RECORDS):
        text = (MAN, WOMAN)[n % 2].replace("30", str(18 + n % 60)).replace("61", str(20 + n % 50))
        text = text.replace("5 vials", f"{2 + n % 7} vials").replace("12 vials", f"{9 + n % 5} vials")
        pmcid = f"PMC9{n:06d}" if n % 10 == 0 else ""
        papers.append(article(str(10_001 + n), text if n % 5 == 0 else "", author=f"Boa{n}", pmcid=pmcid))
        if pmcid:
            write_fulltext(folder, pmcid, str(10_001 + n), text.replace("He ", "On day 2 he "))
    write(folder / "all.xml", *papers)
    with Replay(folder) as replay:
        yield replay


def refreshed(path: Path, server: Replay, *, kill_at: int = 0) -> tuple[int, list[Request]]:
    """Refresh in another process, killed at a statement (0: never); statements in all (0: killed), and requests."""
    server.requests.clear()
    script = str(Path(__file__).with_name("refresh_alone.py"))
    command = [sys.executable, script, str(path), server.url, str(TOPICS), str(kill_at)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        if said == "now\n":
            process.kill()
    assert process.returncode == (-9 if said == "now\n" else 0)
    return 0 if said == "now\n" else int(said), list(server.requests)


@pytest.fixture(scope="module")
def clean(server: Replay, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    path = tmp_path_factory.mktemp("clean") / "review.db"
    statements, _ = refreshed(path, server)
    return statements, path


def moments() -> list[float]:
    """Shares of the way of a refresh, at random but always the same: one while the file is made, the others all over
    it and, every second one, rather in its first part, while records and texts come in."""
    chance = random.Random(SEED)
    return [0.001, *(chance.random() ** (1 + 2 * (n % 2)) for n in range(1, KILLS))]


def held(path: Path, copy: Path) -> set[tuple[str, str]]:
    """What a killed refresh has stored, as database and id; read from a copy, so that it stays as it lies."""
    for part in path.parent.glob(f"{path.name}*"):
        shutil.copy(part, copy / part.name)
    try:
        with store.open_database(copy / path.name, readonly=True) as db:
            if "documents" not in db.table_names():
                return set()
            texts = db.execute("SELECT pmcid FROM documents JOIN records USING (record_id) WHERE kind = 'fulltext'")
            pmcids = {("pmc", str(row[0]).removeprefix("PMC")) for row in texts.fetchall()}
            return pmcids | {("pubmed", str(row[0])) for row in db.execute("SELECT pmid FROM records").fetchall()}
    except DatabaseError:
        return set()


@pytest.mark.parametrize("share", moments(), ids=lambda share: f"{100 * share:.1f}%")
def test_a_refresh_that_was_killed_is_finished_by_the_next(
    share: float, server: Replay, clean: tuple[int, Path], tmp_path: Path
) -> None:
    statements, clean_path = clean
    path, copy = tmp_path / "review.db", tmp_path / "copy"
    copy.mkdir()
    ended, _ = refreshed(path, server, kill_at=max(1, round(share * statements)))
    assert ended == 0
    before = held(path, copy)
    _, requests = refreshed(path, server)
    asked = {(request("db"), name) for request in requests if request.program == "efetch.fcgi" for name in request.ids}
    done = f"killed at {100 * share:.1f} %: {len(before)} stored, {len(requests)} requests for {len(asked)} more"
    sys.stdout.write(f"{done}\n")
    assert not asked & before
    assert content(path) == content(clean_path)
    assert exports(path, TOPICS) == exports(clean_path, TOPICS)
