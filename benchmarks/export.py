"""How long exports and pooling of many cases take and how much memory: python benchmarks/export.py [--cases 100000].

The cases are those of the demonstration over and over, each with its report, its findings and their evidence; pooled
are as many patients. Every export runs in a process of its own.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from litreview.export import FORMATS

POOLED = ("summary", "statistics")
ID = "'x' || k || '-' || "


EXPORTED = (
    "from litreview.steps.export import export; from pathlib import Path;"
    "export(Path(sys.argv[1]), 'cases', Path(sys.argv[2]))"
)
COMPUTED = (
    "from litreview.steps.pool import figures; from pathlib import Path;"
    "figures(Path(sys.argv[1]), sys.argv[2]).write(Path(sys.argv[3]))"
)


def main() -> None:
    """Build, export, pool, print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--suffix", choices=FORMATS, action="append", help="only these formats")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = grown(Path(folder) / "many.db", asked.cases)
        print(f"{asked.cases} cases, {path.stat().st_size / 2**20:.0f} MiB, load {os.getloadavg()[0]:.1f}")
        for suffix in asked.suffix or FORMATS:
            output = Path(folder) / f"cases{suffix}"
            print(f"{suffix:12}{measured(EXPORTED, path, output)} {output.stat().st_size / 2**20:6.1f} MiB")
            output.unlink()
        if asked.suffix:
            return
        path = grown(Path(folder) / "more.db", asked.cases, counted="patients")
        print(f"{asked.cases} patients pooled, load {os.getloadavg()[0]:.1f}")
        for what in POOLED:
            print(f"{what:12}{measured(COMPUTED, path, what, Path(folder) / 'pooled.json')}")


def measured(code: str, *arguments: object) -> str:
    """Seconds by the clock and of the processor, and the most memory, of a process of its own."""
    timed = (
        f"import resource, sys, time; start = time.perf_counter(); {code};"
        "most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "print(time.perf_counter() - start, time.process_time(), most)"
    )
    told = subprocess.run(
        [sys.executable, "-c", timed, *map(str, arguments)], check=True, capture_output=True, text=True
    ).stdout
    seconds, processor, memory = map(float, told.split())
    return f"{seconds:6.1f} s ({processor:.1f} of the processor) {memory:6.0f} MiB held"


def grown(path: Path, many: int, *, counted: str = "cases") -> Path:
    """The demonstration copied until there are so many cases or patients; patients need no findings to be pooled."""
    subprocess.run(
        [sys.executable, "-m", "litreview", "demo", path, "--no-serve", "--quiet"], check=True, capture_output=True
    )
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        here = db.execute(f"SELECT count(*) FROM {counted}").fetchone()[0]
        times = -(-many // here) - 1
        db.execute(
            "CREATE TEMP TABLE copies AS WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?) "
            "SELECT k FROM n",
            [times],
        )
        _copied(db, "records", {"record_id": f"{ID}record_id"})
        _copied(db, "cases", {name: f"{ID}{name}" for name in ("case_id", "record_id", "patient_id")})
        several = f"{ID}replace(case_ids, '; ', '; x' || k || '-')"
        _copied(db, "patients", {"patient_id": f"{ID}patient_id", "case_ids": several})
        if counted == "cases":
            _copied(db, "findings", {"case_id": f"{ID}case_id", "finding_id": f"{ID}finding_id"})
        db.execute(f"DELETE FROM {counted} WHERE rowid > ?", [many])
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
