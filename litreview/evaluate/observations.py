"""Observations in files: what was seen of values when a set was first read, kept since rules change afterwards."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from litreview.errors import ReadError
from litreview.evaluate.calibrate import Observation
from litreview.model.confidence import Traits

COLUMNS = ("report", "case", "attribute", "rule", "kind", "strength", "signs", "sources", "right", "is_case")


def write_observations(observations: Iterable[Observation], path: Path) -> int:
    """One row a value; how many it were."""
    rows = [_row(each) for each in observations]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)


def read_observations(path: Path) -> Iterator[Observation]:
    """The observations of a set, which is named as the file is."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ReadError(f"{path} holds no observations", hint=f"its columns are to be {', '.join(COLUMNS)}")
        for row in reader:
            seen = Traits(
                attribute=row["attribute"],
                rule=row["rule"],
                kind=row["kind"],
                strength=float(row["strength"]),
                signs=_split(row["signs"]),
                sources=_split(row["sources"]),
            )
            yield Observation(
                path.stem, row["report"], row["case"], seen, row["right"] == "yes", row["is_case"] == "yes"
            )


def _row(each: Observation) -> tuple[str, ...]:
    seen = each.seen
    signs, sources = "; ".join(seen.signs), "; ".join(seen.sources)
    said = ("yes" if answer else "no" for answer in (each.right, each.is_case))
    return (each.report, each.case, seen.attribute, seen.rule, seen.kind, f"{seen.strength:g}", signs, sources, *said)


def _split(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("; ")) if joined else ()
