"""How long exports of many cases take and how much memory: python benchmarks/export.py [--cases 100000].

The cases are those of the demonstration over and over, each with its findings and evidence. Every export runs in a
process of its own.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from litreview.export import FORMATS

WIDE = (".csv", ".tsv", ".json", ".jsonl", ".xlsx", ".parquet")
ID = "'x' || k || '-' || "


def main() -> None:
    """Build, export, print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--suffix", choices=FORMATS, action="append", help="only these formats")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = grown(Path(folder) / "many.db", asked.cases)
        print(f"{asked.cases} cases, {path.stat().st_size / 2**20:.0f} MiB")
        for suffix in asked.suffix or WIDE:
            output = Path(folder) / f"cases{suffix}"
            seconds, processor, memory = measured(path, output)
            size = output.stat().st_size / 2**20
            print(
                f"{suffix:10}{seconds:6.1f} s ({processor:.1f} of the processor) {memory:6.0f} MiB held {size:6.1f} MiB"
            )
            output.unlink()


def measured(path: Path, output: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and the most memory of one export."""
    code = (
        "import resource, sys, time; start = time.perf_counter();"
        "from litreview.steps.export import export; from pathlib import Path;"
        "export(Path(sys.argv[1]), 'cases', Path(sys.argv[2]));"
        "most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "print(time.perf_counter() - start, time.process_time(), most)"
    )
    told = subprocess.run([sys.executable, "-c", code, path, output], check=True, capture_output=True, text=True).stdout
    seconds, processor, memory = map(float, told.split())
    return seconds, processor, memory


def grown(path: Path, cases: int) -> Path:
    """The demonstration with its included cases copied until there are so many."""
    subprocess.run(
        [sys.executable, "-m", "litreview", "demo", path, "--no-serve", "--quiet"], check=True, capture_output=True
    )
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        own = db.execute("SELECT count(*) FROM cases").fetchone()[0]
        times = -(-cases // own) - 1
        db.execute(
            "CREATE TEMP TABLE copies AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?) "
            "SELECT k FROM n",
            [times],
        )
        _copied(db, "cases", {"case_id": f"{ID}case_id"})
        _copied(db, "findings", {"case_id": f"{ID}case_id", "finding_id": f"{ID}finding_id"})
        db.execute("DELETE FROM cases WHERE rowid > ?", [cases])
        db.commit()
    return path


def _copied(db: sqlite3.Connection, table: str, new: dict[str, str]) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join(new.get(name, f'"{name}"') for name in columns)
    for (trigger,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table]
    ).fetchall():
        db.execute(f"DROP TRIGGER {trigger}")  # words for searching are not exported
    db.execute(f"INSERT INTO {table} SELECT {chosen} FROM (SELECT * FROM {table}), copies ORDER BY k")


if __name__ == "__main__":
    main()
