"""Deduplicates a bibliography without a database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from litreview import dedupe, readers
from litreview.errors import ReadError
from litreview.model.bibliography import PartialDate, Problem, Record
from litreview.model.linkage import Cluster, Pair

_IDS = ("id", "key", "record_id", "record id")
_FIELDS = {
    "title": ("title", "article title", "primary title"),
    "authors": ("author", "authors"),
    "year": ("year", "publication year", "pub year"),
    "journal": ("journal", "source title", "publication title", "secondary title", "booktitle"),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "start page"),
    "doi": ("doi",),
    "pmid": ("pmid", "pubmed id"),
    "kind": ("publication type", "type of reference", "entrytype"),
}
_MISSING = {"", "unknown", "nan", "none", "n/a"}


@dataclass(frozen=True, slots=True)
class Matched:
    """A bibliography's ids in its order, the pairs found (by place in the file), and the clusters of certain ones."""

    ids: tuple[str, ...]
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]
    problems: tuple[Problem, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many records, and how many of them are one too many."""
        unsure = sum(pair.outcome == "possible" for pair in self.pairs)
        surplus = len(self.ids) - len(self.clusters)
        told = {"records": len(self.ids), "duplicates": surplus, "uncertain pairs": unsure}
        return told | ({"problems": len(self.problems)} if self.problems else {})


def match(path: Path) -> Matched:
    """Compare the records of a file with each other; `ReadError` where there is nothing to read."""
    if not path.is_file():
        raise ReadError(f"{path} does not exist", hint="give a bibliography: NBIB, PubMed XML or CSV")
    named, problems = _read(path)
    if not named:
        first = problems[0] if problems else Problem("read", str(path), "no record is in this file")
        raise ReadError(f"{path}: {first.sentence}", hint=first.hint or "give a bibliography: NBIB, PubMed XML or CSV")
    pairs, clusters = dedupe.records({str(n): record for n, (_, record) in enumerate(named)})
    return Matched(tuple(name for name, _ in named), pairs, clusters, tuple(problems))


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
    """`left,right,score,reasons`: the pairs that a person has to look at, the likeliest first."""
    unsure = sorted((pair for pair in matched.pairs if pair.outcome == "possible"), key=lambda pair: -pair.score)
    with output.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["left", "right", "score", "reasons"])
        for pair in unsure:
            names = (matched.ids[int(pair.left)], matched.ids[int(pair.right)])
            writer.writerow([*names, pair.score, "; ".join(pair.reasons)])


def _read(path: Path) -> tuple[list[tuple[str, Record]], list[Problem]]:
    if path.suffix.lower() in (".csv", ".tsv"):
        return list(_read_csv(path)), []
    items = list(readers.read_path(path))
    problems = [item for item in items if isinstance(item, Problem)]
    records = [item[0] for item in items if not isinstance(item, Problem)]
    return [(record.pmid or str(n), record) for n, record in enumerate(records, 1)], problems


def _read_csv(path: Path) -> Iterator[tuple[str, Record]]:
    """Columns by their usual names, whatever their case; the id is a column of that name, else the place."""
    csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, delimiter="\t" if path.suffix.lower() == ".tsv" else ",")
            names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
            if "title" not in names and not set(names) & set(_FIELDS["title"]):
                raise ReadError(f"{path} has no column title", hint="give a CSV with title, author, year and pages")
            for n, row in enumerate(rows, 1):
                told = {name: str(row[column] or "").strip() for name, column in names.items()}
                yield _first(told, _IDS) or str(n), _record(told)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path} is not a CSV file in UTF-8: {error}", hint="save it as CSV, UTF-8") from error


def _record(told: dict[str, str]) -> Record:
    given = {field: _first(told, names) for field, names in _FIELDS.items()}
    year = given["year"][:4]
    return Record(
        title=given["title"],
        pmid=given["pmid"] or None,
        doi=given["doi"].lower().removeprefix("https://doi.org/").removeprefix("doi:").strip() or None,
        authors=_authors(given["authors"]),
        journal=given["journal"],
        published=PartialDate(int(year)) if year.isdigit() else None,
        volume=given["volume"],
        issue=given["number"],
        pages=given["pages"],
        publication_types=(given["kind"],) if given["kind"] else (),
    )


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := told.get(name, "")).lower() not in _MISSING), "")


def _authors(text: str) -> tuple[str, ...]:
    separator = " and " if " and " in text else ";"
    return tuple(name.strip() for name in text.split(separator) if name.strip())
