"""What a refresh of many records costs: records stored a second, memory, and requests, by search, fetch and store.

python benchmarks/refresh.py [--records 25000] [--same-titles]
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from clones import served

from litreview.pubmed.client import Client
from litreview.pubmed.settings import Settings
from litreview.steps.fetch import fetch
from litreview.steps.search import search
from litreview.steps.workspace import workspace


def main() -> None:
    """Print one line per measure.

    Seconds are those of the clock. The server runs in another process and is not counted; the process that reads is.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=25_000)
    parser.add_argument("--same-titles", action="store_true", help="clones bear the titles of the originals")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(options.records, same_titles=options.same_titles) as (url, line),
    ):
        client = Client(Settings(base_url=url, rate=1e6))
        with workspace(Path(folder) / "clones.db", command="refresh", topic="anti_cd38_cytopenia", create=True) as work:
            before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
            found = search(work, client)
            searched = time.perf_counter()
            fetch(work, client, found.to_fetch)
            stored, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
            apart = resource.getrusage(resource.RUSAGE_CHILDREN)  # the server still runs and is not among them
            pmids = [row[0] for row in work.db.execute("SELECT pmid FROM records ORDER BY rowid")]
        line.send("requests")
        asked = line.recv()
    tell(found.run.ids, pmids, asked, searched - started, stored - searched)
    print(f"of the processor: {len(pmids) / (_seconds(after) - _seconds(before)):,.0f} records a second", end="")
    print(f", and {len(pmids) / _seconds(apart):,.0f} in the process that reads" if _seconds(apart) else "")
    print(
        f"peak memory: {after.ru_maxrss / 1024:.0f} MB, and {apart.ru_maxrss / 1024:.0f} MB in the process that reads"
    )


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def tell(
    ids: tuple[str, ...], stored: list[str], asked: list[tuple[str, int]], search_s: float, fetch_s: float
) -> None:
    """Counts, order, requests and speed by the clock."""
    searches = sum(program == "esearch.fcgi" for program, _ in asked)
    print(f"found {len(ids):,}, stored {len(stored):,}, in the order of the answer: {list(ids) == stored}")
    print(f"requests: {searches} searches, {len(asked) - searches} fetches of {max(n for _, n in asked)} at most")
    print(f"search {search_s:.1f} s; fetch and store {fetch_s:.1f} s, {len(stored) / fetch_s:,.0f} records a second")
    print(f"all together: {len(stored) / (search_s + fetch_s):,.0f} records a second")


if __name__ == "__main__":
    main()
