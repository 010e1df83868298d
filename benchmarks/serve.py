"""How fast the pages of many cases answer four readers at once: python benchmarks/serve.py [--cases 100000].

The cases are those of the demonstration over and over, each with its findings and its course in a report of its own;
every twentieth copy has its evidence and candidates too, and these are the cases whose pages are asked for. The server
is a process of its own; every reader asks for another case, facet or word each time.
"""

import argparse
import http.client
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

POOLED = {"case_source": "own", "eligible": "yes"}
COPIED = {
    "cases": {"case_id", "patient_id", "record_id"},
    "findings": {"finding_id", "case_id"},
    "candidates": {"finding_id", "case_id"},
    "evidence": {"finding_id", "case_id"},
    "events": {"case_id"},
    "records": {"record_id"},
    "patients": {"patient_id"},
}
"""Tables that are copied, and the columns whose values each copy has of its own."""

HEAVY, EVERY = ("candidates", "evidence"), 20


def main() -> None:
    """Build, serve, ask, print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--times", type=int, default=25, help="how often each reader asks for each kind of page")
    parser.add_argument("--keep", type=Path, help="build the database here, or use it where it is there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "many.db"
        if not path.exists():
            grown(path, asked.cases)
        print(f"{count(path)} cases, {path.stat().st_size / 2**20:.0f} MiB; {asked.readers} readers at once")
        with served(path) as address:
            for name, page in pages(path).items():
                took = measured(address, page, asked.readers, asked.times)
                tenth = statistics.quantiles(took, n=10)[-1]
                print(f"{name:34} median {statistics.median(took):5.0f} ms, nine in ten below {tenth:5.0f} ms")


Page = Callable[[random.Random], str]


def pages(path: Path) -> dict[str, Page]:
    """For each kind of page an address, another one each time."""
    with closing(sqlite3.connect(path)) as db:
        cases = [row[0] for row in db.execute("SELECT DISTINCT case_id FROM evidence ORDER BY random() LIMIT 500")]
        words = [
            word
            for (title,) in db.execute("SELECT DISTINCT title FROM records LIMIT 60")
            for word in str(title).split()
            if word.isalpha() and len(word) > 5
        ]
        facets = {
            name: [row[0] for row in db.execute(f"SELECT DISTINCT {name} FROM cases WHERE {name} IS NOT NULL")]
            for name in ("cytopenia_type", "donor_type", "response", "year")
        }
    base = f"/{path.stem}"

    def table(**more: str) -> str:
        return f"{base}/cases?{urlencode(POOLED | more)}"

    def faceted(chance: random.Random) -> str:
        name = chance.choice(list(facets))
        return table(**{name: str(chance.choice(facets[name]))})

    return {
        "home": lambda chance: "/",
        "case table": lambda chance: table(),
        "case table by one facet": faceted,
        "case table by a word": lambda chance: table(_search=chance.choice(words)),
        "a case": lambda chance: f"{base}/-/case/{chance.choice(cases)}",
        "what waits": lambda chance: f"{base}/-/queue",
    }


def measured(address: str, page: Page, readers: int, times: int) -> list[float]:
    """Milliseconds of every answer; the first ones, which load what the others share, are not counted."""
    split = urlsplit(address)

    def read(seed: int) -> list[float]:
        chance, took = random.Random(seed), []
        with closing(http.client.HTTPConnection(split.hostname or "", split.port, timeout=120)) as connection:
            for _ in range(times + 1):
                start = time.perf_counter()
                connection.request("GET", page(chance))
                answer = connection.getresponse()
                body = answer.read()
                took.append(1000 * (time.perf_counter() - start))
                if answer.status != 200:
                    raise SystemExit(f"{answer.status} {body[:500]!r}")
        return took[1:]

    with ThreadPoolExecutor(readers) as pool:
        return [one for took in pool.map(read, range(readers)) for one in took]


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address at which `litreview serve` serves the database."""
    command = [sys.executable, "-m", "litreview", "serve", str(path), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(word for word in process.stdout.readline().split() if word.startswith("http")).rstrip("/")
    finally:
        process.terminate()
        process.wait()


def count(path: Path) -> int:
    """How many cases there are."""
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM cases").fetchone()[0])


def grown(path: Path, cases: int) -> None:
    """The demonstration with its cases copied until there are so many."""
    command = [sys.executable, "-m", "litreview", "demo", str(path), "--no-serve", "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        own = count(path)
        copies = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?) SELECT k FROM n"
        db.execute(f"CREATE TEMP TABLE copies AS {copies}", [-(-cases // own) - 1])
        for table, keys in COPIED.items():
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            chosen = ", ".join(f"'x' || k || '-' || {name}" if name in keys else f'"{name}"' for name in columns)
            which = f"WHERE k % {EVERY} = 0" if table in HEAVY else ""
            db.execute(f"INSERT INTO {table} SELECT {chosen} FROM (SELECT * FROM {table}), copies {which} ORDER BY k")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        db.execute("ANALYZE")


if __name__ == "__main__":
    main()
