"""How fast the pages of many cases answer four readers at once: python benchmarks/serve.py [--cases 100000].

The cases are those of the demonstration over and over, each with its findings and its course in a report of its own;
every twentieth copy has its evidence and candidates too, and these are the cases whose pages are asked for. The server
is a process of its own. Every reader asks for another case, place, order, word or choice of facets each time, so that
hardly any address is asked for twice; and once more with a commit before each page, when nothing that was counted
before may be shown. Last, how long a server needs from its start to its first page, with our plugin and without.
"""

import argparse
import http.client
import os
import random
import resource
import socket
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

WHERE = " AND ".join(f"{name} = '{value}'" for name, value in POOLED.items())
ORDERS = ("cytopenia_type", "donor_type", "response", "year", "age_years", "first_author", "days_to_response")
_BARE = (
    "import pluggy; pluggy.PluginManager.load_setuptools_entrypoints = lambda *given, **named: 0; "
    "from datasette.cli import cli; cli()"
)
STARTS = {
    "litreview serve": ("-m", "litreview", "serve"),
    "Datasette with the plugin": ("-m", "datasette", "serve"),
    "Datasette without plugins": ("-c", _BARE, "serve"),
}
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
        with served(path) as (address, server):
            for name, page in pages(path).items():
                before = processor(server)
                took, different, refused = measured(address, page, asked.readers, asked.times)
                each = 1000 * (processor(server) - before) / (len(took) + refused + asked.readers)
                tenth = statistics.quantiles(took, n=10)[-1]
                print(
                    f"{name:34} median {statistics.median(took):5.0f} ms, nine in ten below {tenth:5.0f} ms; "
                    f"{each:3.0f} ms of the processor; {different} addresses in {len(took)}"
                    + (f"; {refused} cut off after a second" if refused else "")
                )
        small = Path(folder) / "demo.db"
        demonstration(small)
        for name, command in STARTS.items():
            first, home = (started(small, command, page) for page in ("/-/versions.json", "/"))
            print(f"{name:34} {count(small)} cases: first answer after {first}, home page after {home}")


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
        places = db.execute(f"SELECT year, case_id FROM cases WHERE {WHERE} ORDER BY random() LIMIT 2000").fetchall()
    base = f"/{path.stem}"

    def table(**more: str) -> str:
        return f"{base}/cases?{urlencode(POOLED | more)}"

    def placed(chance: random.Random) -> str:
        year, case = chance.choice(places)
        return (
            table(_sort_desc="year", _next=f"{year},{case.replace('-', '~2D')}") if chance.random() < 0.7 else table()
        )

    def ordered(chance: random.Random) -> str:
        return table(**{chance.choice(("_sort", "_sort_desc")): chance.choice(ORDERS)})

    def faceted(chance: random.Random) -> str:
        names = chance.sample(list(facets), chance.choice((1, 1, 2, 3)))
        return table(**{name: str(chance.choice(facets[name])) for name in names})

    def worded(chance: random.Random) -> str:
        return table(_search=" ".join(chance.sample(words, chance.choice((1, 1, 2)))))

    def changed(chance: random.Random) -> str:
        with closing(sqlite3.connect(path, timeout=60)) as db, db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('touched', ?)", [str(chance.random())])
        return placed(chance)

    return {
        "home": lambda chance: "/",
        "case table": placed,
        "case table by facets": faceted,
        "case table by words": worded,
        "case table in another order": ordered,
        "case table just after a change": changed,
        "a case": lambda chance: f"{base}/-/case/{chance.choice(cases)}",
        "what waits": lambda chance: f"{base}/-/queue?start={50 * chance.randrange(200)}",
    }


def measured(address: str, page: Page, readers: int, times: int) -> tuple[list[float], int, int]:
    """Milliseconds of every answer but each reader's first, how many addresses they were, and how many were cut off."""
    split, asked = urlsplit(address), set()

    def read(seed: int) -> list[float | None]:
        chance = random.Random(seed)
        took: list[float | None] = []
        with closing(http.client.HTTPConnection(split.hostname or "", split.port, timeout=120)) as connection:
            for _ in range(times + 1):
                wanted = page(chance)
                asked.add(wanted)
                start = time.perf_counter()
                connection.request("GET", wanted)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status == 400 and b"too long" in body:
                    took.append(None)
                elif answer.status != 200:
                    raise SystemExit(f"{answer.status} {body[:500]!r}")
                else:
                    took.append(1000 * (time.perf_counter() - start))
        return took[1:]

    with ThreadPoolExecutor(readers) as pool:
        answers = [one for took in pool.map(read, range(readers)) for one in took]
    done = [one for one in answers if one is not None]
    return done, len(asked), len(answers) - len(done)


def started(path: Path, command: tuple[str, ...], page: str) -> str:
    """How long a server needs from its start to an answer, and what it took of the processor until its end."""
    runs = list(starts(path, command, page))
    wall, taken = (1000 * statistics.median(run[at] for run in runs) for at in (0, 1))
    return f"{wall:5.0f} ms ({taken:4.0f} of the processor)"


def starts(path: Path, command: tuple[str, ...], page: str) -> Iterator[tuple[float, float]]:
    """Seconds to the answer, and of the processor, some times over."""
    for _ in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        start, before = time.perf_counter(), children()
        process = subprocess.Popen(
            [sys.executable, *command, str(path), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            answer = answered(port, page)
        finally:
            process.terminate()
            process.wait()
        yield answer - start, children() - before


def children() -> float:
    """Seconds of the processor that ended servers took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def answered(port: int, page: str) -> float:
    """When the server gave the page."""
    while True:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", page)
                connection.getresponse().read()
                return time.perf_counter()
        except ConnectionError:
            time.sleep(0.005)


def processor(process: int) -> float:
    """Seconds of the processor that a process has taken, as Linux tells them; whatever else runs does not count."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """The address at which `litreview serve` serves the database, and the server's process."""
    command = [sys.executable, "-m", "litreview", "serve", str(path), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(w for w in process.stdout.readline().split() if w.startswith("http")).rstrip("/"), process.pid
    finally:
        process.terminate()
        process.wait()


def count(path: Path) -> int:
    """How many cases there are."""
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM cases").fetchone()[0])


def demonstration(path: Path) -> None:
    """The knowledge base of the demonstration."""
    command = [sys.executable, "-m", "litreview", "demo", str(path), "--no-serve", "--quiet"]
    subprocess.run(command, check=True, capture_output=True)


def grown(path: Path, cases: int) -> None:
    """The demonstration with its cases copied until there are so many."""
    demonstration(path)
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
