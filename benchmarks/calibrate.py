"""Learn what the signs of a value weigh, from observations that `accuracy.py --observe` wrote.

python benchmarks/calibrate.py            learn from benchmarks/observations/ and show how well it holds
python benchmarks/calibrate.py --write    and write extraction_rules/<topic>/confidence.yaml and that of `common`

`FIRST_RUN` sets were observed before anybody mended a rule with them in view: only they say how often values are
right. `IN_VIEW` sets were looked at while rules were written: they help to tell which signs matter, at half the weight
and with a term of their own, which is left out afterwards. Observations stay as they were at a set's first reading.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from litreview import resources
from litreview.evaluate import printed
from litreview.evaluate.calibrate import Observation, Trust, cross_validate, fit
from litreview.evaluate.observations import read_observations
from litreview.evaluate.reliability import Judged, brier, sure
from litreview.model.confidence import Confidence

OBSERVATIONS = Path(__file__).parent / "observations"
FIRST_RUN, IN_VIEW = (
    (
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
    ),
    (
        "first",
        "rules",
    ),
)
TRUST = {name: Trust() for name in FIRST_RUN} | {name: Trust(0.5, in_view=True) for name in IN_VIEW}
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
GROUPS = ("signs", "kinds", "attributes", "rules")


def main() -> None:
    """Read, cross-validate, learn, print, write."""
    options = _options()
    seen = [each for name in TRUST for each in read_observations(OBSERVATIONS / f"{name}.csv")]
    _print_cross_validation(seen)
    learned = fit(seen, TRUST)
    print("\n== weights", *_lines(learned, GROUPS), sep="\n")
    if options.write:
        told = tuple(_told(seen))
        root = resources.rules_dir()
        _write(root / options.topic / "confidence.yaml", learned, GROUPS, told)
        _write(root / "common" / "confidence.yaml", learned, GROUPS[:2], (*told, _NEUTRAL))


_NEUTRAL = "For topics that have not learned their own: nothing of attributes and rules is kept here."


def _print_cross_validation(seen: list[Observation]) -> None:
    found = cross_validate(seen, TRUST)
    everything = [(each.confidence, each.right) for each in found]
    of_cases = [(each.confidence, each.right) for each in found if each.observation.is_case]
    for title, values in (("of patients who are cases", of_cases), ("and of those who are not", everything)):
        print(
            f"== first-run sets, weights learned without the report: values {title}", *_measured(values), "", sep="\n"
        )


def _measured(values: list[Judged]) -> Iterator[str]:
    right, of = sure(values)
    yield f"at 0.9 or above {right} of {of} are right; Brier score {brier(values):.3f}"
    yield from ("", *printed.reliability(values), "", *printed.threshold(values, THRESHOLDS))


def _told(seen: list[Observation]) -> Iterator[str]:
    for name in TRUST:
        values = [each for each in seen if each.group == name]
        right = sum(each.right for each in values)
        how = "in view while rules were written" if name in IN_VIEW else "at its first reading"
        yield f"{name}: {len(values)} values, {right} right, {how}"


def _lines(learned: Confidence, groups: tuple[str, ...]) -> Iterator[str]:
    for name in ("base", "strength", "source"):
        yield f"{name}: {getattr(learned, name):g}"
    for group in groups:
        yield f"{group}:"
        yield from (f"  {name}: {weight:g}" for name, weight in sorted(getattr(learned, group).items()))


def _write(path: Path, learned: Confidence, groups: tuple[str, ...], told: tuple[str, ...]) -> None:
    head = [
        "# How sure a value is: weights in log odds, see docs/rules.md. Made by benchmarks/calibrate.py from",
        *told,
    ]
    lines = [head[0], *(f"# {line}" for line in head[1:]), *_lines(learned, groups)]
    kept = [line for number, line in enumerate(lines) if not _is_empty(lines, number)]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(path)


def _is_empty(lines: list[str], number: int) -> bool:
    """A group without a weight."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return lines[number].endswith(":") and not following.startswith("  ")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--topic", default="anti_cd38_cytopenia")
    parser.add_argument("--write", action="store_true", help="write the weights with the topic")
    return parser.parse_args()


if __name__ == "__main__":
    main()
