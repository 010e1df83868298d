"""Deduplication of records: precision and recall on labelled sets, seconds and memory, beside bib-dedupe.

Seconds are those of the processor, but for bib-dedupe's published ones.

python benchmarks/dedupe.py                           the sets in ../shared/dedup, bib-dedupe's published figures beside
python benchmarks/dedupe.py --bib-dedupe PYTHON       runs bib-dedupe too, by the Python of an environment that has it
python benchmarks/dedupe.py --noise                   the same sets with fields lost, shortened and misspelt
python benchmarks/dedupe.py --growth                  seconds and memory up to 100,000 records
"""

import argparse
import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from dedupe_noise import cloned, noisy

from litreview import dedupe
from litreview.model.bibliography import Problem, Record
from litreview.readers import read_entries

SETS = Path(__file__).parents[2] / "shared" / "dedup"
# bib-dedupe 0.11.0: pairs P, R, F1; records one too many found, wrongly found, missed; seconds on 2 cores.
PUBLISHED = {
    "haematology": (0.985, 0.828, 0.900, 120, 1, 15, 6.4),
    "stroke": (1.0, 0.996, 0.998, 312, 0, 2, 5.5),
    "digital_work": (1.0, 0.998, 0.999, 368, 0, 1, 41.9),
}
BIB_DEDUPE = """
import json, sys, time
import pandas as pd
from bib_dedupe.bib_dedupe import block, cluster, match, prep
if __name__ == "__main__":
    table = pd.read_csv(sys.argv[1])
    started = time.process_time()
    groups = cluster(match(block(prep(table, cpu=1, verbosity_level=0), cpu=1), cpu=1))
    seconds = time.process_time() - started
    with open(sys.argv[2], "w") as told:
        json.dump({"groups": groups, "seconds": seconds}, told)
"""


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs, and records that are one too many, found against those of the labels."""

    pairs: tuple[int, int, int]
    records: tuple[int, int, int]
    seconds: float

    def line(self) -> str:
        """The figures in the columns of the table."""
        found, wrong, missed = self.records
        rates = " ".join(f"{rate:6.3f}" for rate in _rates(*self.pairs))
        return f"{rates}   {found:5} {wrong:3} {missed:3} {_rates(*self.records)[2]:6.3f}   {self.seconds:7.2f}"


def main() -> None:
    """Print a table, or with --growth a line a size."""
    options = _options()
    if options.one:
        _one_size(*options.one)
        return
    if options.growth:
        _grow(options.sets, options.sizes)
        return
    print(f"{'':26}   P      R      F1     TP    FP  FN    F1     seconds")
    for name in PUBLISHED:
        path = options.sets / name / "records_pre_merged.csv.gz"
        if not path.is_file():
            print(f"{name}: {path} is not here")
            continue
        with tempfile.TemporaryDirectory() as folder:
            given = _noisy(path, Path(folder), options.noise) if options.noise else path
            _compare(name, given, options)


def _compare(name: str, path: Path, options: argparse.Namespace) -> None:
    labels = labels_of(options.sets / name / "merged_record_ids.csv.gz")
    seconds, groups = _deduplicated(path)
    print(f"{name:14} litreview   {score(groups, labels, seconds).line()}")
    if options.bib_dedupe:
        seconds, groups = _by_bib_dedupe(path, options.bib_dedupe)
        print(f"{'':14} bib-dedupe  {score(groups, labels, seconds).line()}")
    elif not options.noise:
        p, r, f, found, wrong, missed, seconds = PUBLISHED[name]
        rates = f"{p:6.3f} {r:6.3f} {f:6.3f}   {found:5} {wrong:3} {missed:3} {_rates(found, wrong, missed)[2]:6.3f}"
        print(f"{'':14} bib-dedupe  {rates}   {seconds:7.2f}  (published)")


def score(groups: Iterable[Sequence[str]], labels: Iterable[Sequence[str]], seconds: float) -> Score:
    """Pairs within groups against those of the labels, and records that a group has more than one true report."""
    found, truth = [list(group) for group in groups], [list(group) for group in labels]
    ours, theirs = _pairs(found), _pairs(truth)
    of = {name: n for n, group in enumerate(truth) for name in group}
    right = sum(len(group) - len({of.get(name, name) for name in group}) for group in found)
    surplus = sum(len(group) - 1 for group in found)
    wanted = sum(len(group) - 1 for group in truth)
    pairs = (len(ours & theirs), len(ours - theirs), len(theirs - ours))
    return Score(pairs, (right, surplus - right, wanted - right), seconds)


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, ...]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _rates(found: int, wrong: int, missed: int) -> tuple[float, float, float]:
    p, r = found / max(found + wrong, 1), found / max(found + missed, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def labels_of(path: Path) -> list[list[str]]:
    """Groups of ids that are one report."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [row["merged_ids"].split(";") for row in csv.DictReader(stream)]


def _deduplicated(path: Path) -> tuple[float, list[tuple[str, ...]]]:
    """Seconds of the processor from records to clusters; reading is left out, as it is for bib-dedupe."""
    records = read_records(path)
    started = time.process_time()
    _, clusters = dedupe.records(records)
    return time.process_time() - started, [cluster.members for cluster in clusters]


def read_records(path: Path) -> dict[str, Record]:
    """Records as `match` reads them."""
    return dict(entry for entry in read_entries(path) if not isinstance(entry, Problem))


def _by_bib_dedupe(path: Path, python: str) -> tuple[float, list[list[str]]]:
    with tempfile.TemporaryDirectory() as folder:
        script, told = Path(folder) / "run.py", Path(folder) / "told.json"
        script.write_text(BIB_DEDUPE)
        subprocess.run([python, str(script), str(path), str(told)], check=True, capture_output=True)
        answer = json.loads(told.read_text())
    return answer["seconds"], answer["groups"]


def _noisy(path: Path, folder: Path, share: float) -> Path:
    """The set with a share of its fields spoiled, the same way each time."""
    rows = rows_of(path)
    chance = random.Random(20)
    return written(folder / "records.csv.gz", [noisy(row, chance, share) for row in rows])


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows as they are in the file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def written(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """The rows as a file of that path."""
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def _grow(sets: Path, sizes: Sequence[int]) -> None:
    """Clones of all sets, each of other words, fields spoiled: each size in a process of its own."""
    rows = [row for name in PUBLISHED for row in rows_of(sets / name / "records_pre_merged.csv.gz")]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = written(Path(folder) / "records.csv.gz", list(cloned(rows, size, random.Random(7))))
            subprocess.run([sys.executable, __file__, "--one", str(path), str(size)], check=True)


def _one_size(path: str, size: str) -> None:
    started = time.process_time()
    records = read_records(Path(path))
    reading, before = time.process_time() - started, _peak()
    started = time.process_time()
    _, clusters = dedupe.records(records)
    seconds = time.process_time() - started
    print(
        f"{int(size):7} records: read in {reading:5.1f} s, deduplicated in {seconds:6.1f} s "
        f"({1000 * seconds / int(size):.2f} ms each), {len(records) - len(clusters)} duplicates; "
        f"peak memory {_peak():.0f} MB, {before:.0f} MB of it for the records",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, default=SETS, help="folder of the labelled sets")
    parser.add_argument("--bib-dedupe", metavar="PYTHON", help="Python of an environment that has bib-dedupe")
    parser.add_argument("--noise", type=float, nargs="?", const=0.1, metavar="SHARE", help="share of fields to spoil")
    parser.add_argument("--growth", action="store_true", help="seconds and memory of ever more records")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
