"""Patients told twice: precision and recall on fictional scenes, with noise, on gold cases, and seconds as cases grow.

python benchmarks/patients.py                 the scenes as they are, with noise, and the corpus
python benchmarks/patients.py --growth        seconds and memory up to 100,000 cases
"""

import argparse

from patient_scenes import Score, read, score, spoiled

from litreview import dedupe, rules

SETS = ("development", "heldout")


def main() -> None:
    """Print a line for each set."""
    options = _options()
    topic = rules.load("anti_cd38_cytopenia", None)
    for name in options.sets:
        scenes = read(name)
        print(f"{name}: {len(scenes.same)} pairs of one patient, {len(scenes.different)} look-alikes")
        print(f"  as they are       {score(*dedupe.patients(scenes.cases, topic), scenes).line}", flush=True)
        total = Score(0, 0, 0, 0, 0)
        for seed in range(options.seeds):
            noisy = spoiled(scenes, seed, topic)
            total += score(*dedupe.patients(noisy.cases, topic), noisy)
        print(f"  noise, {options.seeds:3} seeds  {total.line}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS, help="files of tests/dedupe/patients")
    parser.add_argument("--seeds", type=int, default=20, help="how often the scenes are spoiled")
    return parser.parse_args()


if __name__ == "__main__":
    main()
