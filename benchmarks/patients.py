"""Patients told twice: precision and recall on fictional scenes, as they are and spoiled, on the corpus, and seconds.

python benchmarks/patients.py                 the scenes, with noise over several seeds, and the corpus as extracted
python benchmarks/patients.py --growth        seconds and memory up to 100,000 cases
"""

import argparse
import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from patient_scenes import Names, Scenes, Score, cloned, read, score, spoiled

from litreview import dedupe, rules, store
from litreview.model.topic import Topic
from litreview.steps.demo import demo
from litreview.steps.workspace import workspace

TOPIC = "anti_cd38_cytopenia"
SETS = ("development", "heldout", "third", "fourth", "fifth")
GOLD = Path(__file__).parents[1] / "litreview" / "corpus" / "gold" / "duplicates.csv"


def main() -> None:
    """Print a line for each set, or with --growth for each size."""
    options = _options()
    topic = rules.load(TOPIC, None)
    if options.one:
        _one_size(options.one, topic)
    elif options.growth:
        for size in options.sizes:
            subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)
    else:
        _scenes(options.sets, options.seeds, topic)
        _corpus(topic)


def _scenes(names: Sequence[str], seeds: int, topic: Topic) -> None:
    for name in names:
        scenes = read(name)
        print(f"{name}: {len(scenes.same)} pairs of one patient, {len(scenes.different)} look-alikes")
        _line("as they are", [scenes], topic)
        for both in (False, True):
            noisy = [spoiled(scenes, seed, topic, both=both) for seed in range(seeds)]
            _line(f"noise in {'both reports' if both else 'the later report'}, {seeds} seeds", noisy, topic)


def _line(said: str, sets: Sequence[Scenes], topic: Topic) -> None:
    total = Score(0, 0, 0, 0, 0)
    for scenes in sets:
        total += score(*dedupe.patients(scenes.cases, topic), scenes)
    print(f"  {said:36} {total.line}", flush=True)


def _corpus(topic: Topic) -> None:
    """The patients of several reports as the extractor gives them, against the gold pairs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        with workspace(path, command="benchmark", topic=TOPIC, create=True) as work:
            demo(work)
            rows = work.db.execute("SELECT pmid || '#' || case_index, case_id FROM cases").fetchall()
            scenes = Scenes(store.load_profiles(work.db, topic), _gold(dict(rows)), frozenset())
    print(f"corpus, as extracted: {len(scenes.same)} pairs of one patient, those that follow from others among them")
    _line("as they are", [scenes], topic)


def _gold(ids: dict[str, str]) -> frozenset[Names]:
    with GOLD.open(encoding="utf-8") as stream:
        pairs = [(row["id_a"], row["id_b"]) for row in csv.DictReader(stream) if row["kind"] == "patient"]
    told = [(one, other) for one, other in pairs if one in ids and other in ids]
    print(f"gold: {len(pairs)} pairs, {len(pairs) - len(told)} of them in two records that are one report here")
    return frozenset(_closed({frozenset((ids[one], ids[other])) for one, other in told}))


def _closed(pairs: set[Names]) -> set[Names]:
    """With the pairs that follow: two tellings of one patient are one where a third is both."""
    closed = set(pairs)
    while more := {one ^ other for one in closed for other in closed if len(one ^ other) == 2} - closed:
        closed |= more
    return closed


def _one_size(size: int, topic: Topic) -> None:
    cases = cloned([read(name) for name in SETS], size, random.Random(7), topic)
    before = _peak()
    started = time.process_time()
    pairs, clusters = dedupe.patients(cases, topic)
    seconds = time.process_time() - started
    joined = sum(len(cluster.members) - 1 for cluster in clusters)
    waiting = sum(pair.outcome == "possible" for pair in pairs)
    print(
        f"{size:7} cases: {seconds:6.1f} s ({1000 * seconds / size:.2f} ms each), {joined} joined, {waiting} wait; "
        f"peak memory {_peak():.0f} MB, {before:.0f} MB of it for the cases",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS, help="files of tests/dedupe/patients")
    parser.add_argument("--seeds", type=int, default=20, help="how often the scenes are spoiled")
    parser.add_argument("--growth", action="store_true", help="seconds and memory of ever more cases")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 10_000, 30_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
