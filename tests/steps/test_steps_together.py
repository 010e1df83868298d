"""Two people decide at the same time on one knowledge base while a refresh runs: nothing is lost."""

import subprocess
import sys
from pathlib import Path

from steps_papers import MAN, WOMAN, article, write

from litreview import store
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import refresh
from litreview.steps.update import update
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"
REPORTS = 12

PERSON = """
import sys
from pathlib import Path
from litreview.model.review import Decision
from litreview.steps.decide import decide, undo
from litreview.steps.workspace import workspace

path, topics, name, first = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
with workspace(path, command="person", rules_dir=topics) as work:
    cases = [row[0] for row in work.db.execute("SELECT case_id FROM cases ORDER BY pmid").fetchall()][first::2]
    print("ready", flush=True)
    sys.stdin.readline()
    for n, case_id in enumerate(cases):
        wrong = decide(work, Decision(case_id, "correct", "antivenom_vials", "199", name))
        undo(work, wrong, by=name)
        decide(work, Decision(case_id, "correct", "antivenom_vials", str(100 + n), name))
        report = work.db.execute("SELECT record_id FROM cases WHERE case_id = ?", [case_id]).fetchone()[0]
        decide(work, Decision(report, "add_case", label="the neighbour", decided_by=name))
"""


def person(path: Path, name: str, first: int) -> "subprocess.Popen[str]":
    """A person in a program of their own, who has every second report."""
    arguments = [sys.executable, "-c", PERSON, str(path), str(TOPICS), name, str(first)]
    pipe = subprocess.PIPE
    return subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def library(folder: Path, *, sentence: str, revised: str) -> Path:
    folder.mkdir(exist_ok=True)
    texts = [MAN, WOMAN]
    for n in range(REPORTS):
        text = f"{texts[n % 2]} {sentence}"
        write(folder / f"{n}.xml", article(str(101 + n), text, author=f"Author{'abcdefghijkl'[n]}", revised=revised))
    return folder


def test_nothing_is_lost_when_two_decide_while_a_refresh_brings_new_texts(path: Path, tmp_path: Path) -> None:
    shelf = library(tmp_path / "library", sentence="", revised="2020-05-01")
    with Replay(shelf) as server, workspace(path, command="t", rules_dir=TOPICS, create=True) as work:
        refresh(work, Client(Settings(base_url=server.url)))
    library(shelf, sentence="He or she thanked the nurses.", revised="2031-05-01")
    people = [person(path, "Ann", 0), person(path, "Ben", 1)]
    assert [each.stdout.readline() for each in people if each.stdout] == ["ready\n", "ready\n"]
    for each in people:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    with Replay(shelf) as server, workspace(path, command="t", rules_dir=TOPICS) as work:
        refresh(work, Client(Settings(base_url=server.url)))
    ended = [(each.communicate()[1], each.returncode) for each in people]
    assert ended == [("", 0), ("", 0)]

    with workspace(path, command="t", rules_dir=TOPICS) as work:
        db = work.db
        assert db.execute("SELECT count(*) FROM documents WHERE text LIKE '%nurses%'").fetchone() == (REPORTS,)
        told = db.execute("SELECT decided_by, count(*) FROM decisions GROUP BY decided_by ORDER BY 1").fetchall()
        assert told == [("Ann", 3 * REPORTS / 2), ("Ben", 3 * REPORTS / 2)]
        assert db.execute("SELECT count(*) FROM decisions WHERE undone_at IS NOT NULL").fetchone() == (REPORTS,)
        vials = "SELECT antivenom_vials FROM {} WHERE antivenom_vials >= 100 ORDER BY 1"
        wanted = [(100 + n,) for n in range(REPORTS // 2) for _ in range(2)]
        assert [db.execute(vials.format(table)).fetchall() for table in ("cases", "patients")] == [wanted, wanted]
        added = "SELECT count(*) FROM cases WHERE case_label = 'the neighbour' AND patient_id IS NOT NULL"
        assert db.execute(added).fetchone() == (REPORTS,)
        before = shown(db)
        update(work, everything=True)
        assert shown(db) == before


def shown(db: store.Database) -> list[list[tuple[object, ...]]]:
    """What readers see, in an order that does not hang on who was first."""
    tables = ("cases", "patients", "findings", "decisions")
    return [sorted(db.execute(f'SELECT * FROM "{table}"').fetchall(), key=str) for table in tables]
