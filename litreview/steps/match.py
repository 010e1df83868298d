"""Deduplicates a bibliography without a database."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from litreview import dedupe, readers
from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.linkage import Cluster, Outcome, Pair

_HINT = "give a bibliography: RIS, NBIB, BibTeX, CSV or PubMed XML"
_COLUMNS = ("left", "right", "outcome", "score", "reasons", "decision", "left_title", "right_title")
_DECIDED: tuple[Outcome, ...] = ("same", "different")


@dataclass(frozen=True, slots=True)
class Matched:
    """A bibliography's ids in its order, the pairs found (by place in the file), and the clusters of certain ones.

    `recognised` says what the file was taken for, `decided` what a person said of pairs of it.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    problems: tuple[Problem, ...] = ()
    recognised: str = ""
    decided: tuple[Pair, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many records, how many of them are one too many, and what is left to look at."""
        told = {
            "records": len(self.ids),
            "duplicates": len(self.ids) - len(self.clusters),
            "uncertain pairs": self._count("possible"),
            "related pairs": self._count("related"),
        }
        told |= {"decided pairs": len(self.decided)} if self.decided else {}
        return told | ({"problems": len(self.problems)} if self.problems else {})

    def _count(self, outcome: Outcome) -> int:
        return sum(pair.outcome == outcome for pair in self.pairs)


def match(path: Path, *, decided: Path | None = None) -> Matched:
    """Compare the records of a file with each other; `ReadError` where there is nothing to read.

    `decided` is a file of `write_uncertain` in which a person has filled in decisions.
    """
    if not path.is_file():
        raise ReadError(f"{path} does not exist", hint=_HINT)
    named, problems = _read(path)
    if not named:
        first = problems[0] if problems else Problem("read", str(path), "no record is in this file")
        raise ReadError(f"{path}: {first.sentence}", hint=first.hint or _HINT)
    said = tuple(_decisions(decided, [name for name, _ in named])) if decided else ()
    pairs, clusters = dedupe.records({str(n): record for n, (_, record) in enumerate(named)}, said)
    return Matched(
        ids=tuple(name for name, _ in named),
        titles=tuple(record.title for _, record in named),
        pairs=pairs,
        clusters=clusters,
        problems=tuple(problems),
        recognised=readers.recognised(path),
        decided=said,
    )


def write_clusters(matched: Matched, output: Path) -> None:
    """`id,cluster`, a row per record in the order of the input; clusters are numbered as they first appear."""
    of = {member: cluster for cluster in matched.clusters for member in cluster.members}
    numbers: dict[str, int] = {}
    with output.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["id", "cluster"])
        for n, name in enumerate(matched.ids):
            writer.writerow([name, numbers.setdefault(of[str(n)].leader, len(numbers) + 1)])


def write_uncertain(matched: Matched, output: Path) -> None:
    """The pairs for a person: those that may be one report, the likeliest first, then related ones, then decided ones.

    A person fills in `decision` with `same` or `different`, and gives the file back as `decided`.
    """
    said = {frozenset((pair.left, pair.right)): pair for pair in matched.decided}
    open_ = [pair for pair in matched.pairs if frozenset((pair.left, pair.right)) not in said]
    shown = [each for outcome in ("possible", "related") for each in _of_outcome(open_, outcome)]
    with output.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for pair in (*shown, *matched.decided):
            left, right = int(pair.left), int(pair.right)
            decision = pair.outcome if pair in matched.decided else ""
            told = [pair.outcome, pair.score, "; ".join(pair.reasons), decision]
            writer.writerow([matched.ids[left], matched.ids[right], *told, matched.titles[left], matched.titles[right]])


def _of_outcome(pairs: Iterable[Pair], outcome: str) -> list[Pair]:
    return sorted((pair for pair in pairs if pair.outcome == outcome), key=lambda pair: -pair.score)


def _read(path: Path) -> tuple[list[tuple[str, Record]], list[Problem]]:
    """The records with their ids, those without by their place."""
    entries = list(readers.read_entries(path))
    problems = [entry for entry in entries if isinstance(entry, Problem)]
    records = [entry for entry in entries if not isinstance(entry, Problem)]
    return [(name or str(n), record) for n, (name, record) in enumerate(records, 1)], problems


def _decisions(path: Path, ids: list[str]) -> Iterator[Pair]:
    """What a person has decided, by the places of the records; an id that is not in the bibliography says nothing."""
    places: dict[str, list[str]] = {}
    for n, name in enumerate(ids):
        places.setdefault(name, []).append(str(n))
    for row in _rows(path):
        outcome = next((each for each in _DECIDED if each == row["decision"].strip().lower()), None)
        if outcome is None:
            continue
        for left, right in product(places.get(row["left"], []), places.get(row["right"], [])):
            if left != right:
                yield Pair(left, right, outcome, 1.0, ("decided by a person",))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not {"left", "right", "decision"} <= set(rows.fieldnames or ()):
                raise ReadError(f"{path}: no columns left, right and decision", hint="give a file of --uncertain")
            for row in rows:
                told = str(row["decision"] or "").strip().lower()
                if told and told not in _DECIDED:
                    raise ReadError(f"{path}: {told!r} is no decision", hint="write same or different, or nothing")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(
            f"{path} cannot be read: {error}", hint="give a file of --uncertain, as CSV in UTF-8"
        ) from error
