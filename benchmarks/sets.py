"""Accuracy on the unseen sets, each for itself and all together by attribute, as the docs print it.

python benchmarks/sets.py                        every set of tests/unseen
python benchmarks/sets.py --without fifteenth    all but some
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from accuracy import reports_of, tried_all

from litreview.evaluate import printed
from litreview.evaluate.gold import read_gold
from litreview.evaluate.score import Scores, score
from litreview.rules.load import load

SETS = Path(__file__).parents[1] / "tests" / "unseen"
TOPIC = "anti_cd38_cytopenia"


def main() -> None:
    """Score set by set, screening included, then print the sum."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="+", default=[], metavar="SET", help="leave these out")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    options = parser.parse_args()
    folders = sorted(one for one in SETS.iterdir() if (one / "gold").is_dir() and one.name not in options.without)
    topic = load(TOPIC)
    together: list[Scores] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for folder in folders:
            gold = read_gold(folder / "gold")
            found = tried_all(pool, reports_of(folder, gold), gold, TOPIC, screen=True, fill_in=True)
            together.append(score(found, gold, topic))
            print(f"\n== {folder.name}", *printed.totals(together[-1]), sep="\n", flush=True)
    whole = Scores(
        tuple(report for one in together for report in one.reports),
        tuple(report for one in together for report in one.screened),
    )
    print("\n== together", *printed.totals(whole), sep="\n")
    print("", *printed.by_attribute(whole, [attribute.name for attribute in topic.attributes]), sep="\n")


if __name__ == "__main__":
    main()
