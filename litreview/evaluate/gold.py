"""Gold cases and reports, as the demonstration corpus lays them out."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litreview.errors import ReadError
from litreview.model.case import CaseSource, Value

CASES, REPORTS = "cases.jsonl", "reports.csv"
Accepted = str | int | float | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A patient as an annotator read the report; lists are tuples, `also_accept` further values as right."""

    pmid: str
    label: str
    index: int
    source: CaseSource
    values: Mapping[str, Value]
    evidence: Mapping[str, str] = field(default_factory=dict)
    also_accept: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)
    duplicate_of: str = ""

    @property
    def key(self) -> str:
        """The case's name in the gold: `PMID#index`."""
        return f"{self.pmid}#{self.index}"


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report of the gold, with what screening should say of it."""

    pmid: str
    relevant: bool
    reason: str = ""
    split: str = ""
    pmcid: str = ""
    doi: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """Every name by which the report may be known."""
        return frozenset(name.lower() for name in (self.pmid, self.pmcid, self.doi) if name)


@dataclass(frozen=True, slots=True)
class Gold:
    """All reports that were annotated, and their cases."""

    reports: tuple[GoldReport, ...]
    cases: tuple[GoldCase, ...]

    def split(self, name: str) -> "Gold":
        """The part of one split; the whole where `name` is empty."""
        kept = tuple(report for report in self.reports if not name or report.split == name)
        pmids = {report.pmid for report in kept}
        return Gold(kept, tuple(case for case in self.cases if case.pmid in pmids))

    @property
    def splits(self) -> tuple[str, ...]:
        """The names of the splits, in alphabetical order."""
        return tuple(sorted({report.split for report in self.reports if report.split}))


def read_gold(path: Path) -> Gold:
    """The gold in a folder, or beside the file of cases named; without `reports.csv` every report with a case counts.

    Raises `ReadError` naming file and line where it cannot be used.
    """
    folder = path if path.is_dir() else path.parent
    cases = tuple(_cases(folder / CASES if path.is_dir() else path))
    listed = folder / REPORTS
    reports = tuple(_reports(listed)) if listed.is_file() else _reports_of(cases)
    return Gold(reports, cases)


def _cases(path: Path) -> Iterator[GoldCase]:
    if not path.is_file():
        raise ReadError(f"there is no file {path}", hint=f"name a folder with {CASES} and {REPORTS}")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _case(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ReadError(
                    f"{path}, line {number}: this is not a gold case ({error})",
                    hint="one JSON object a line with pmid, case_index and values, as in the corpus's README",
                ) from None


def _case(given: dict[str, Any]) -> GoldCase:
    return GoldCase(
        pmid=str(given["pmid"]),
        label=str(given.get("case_label", "")),
        index=int(given["case_index"]),
        source="cited" if given.get("case_source") == "cited" else "own",
        values={name: _frozen(value) for name, value in given["values"].items()},
        evidence=dict(given.get("evidence", {})),
        also_accept={name: tuple(map(_frozen, values)) for name, values in given.get("also_accept", {}).items()},
        duplicate_of=str(given.get("duplicate_of") or ""),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _reports(path: Path) -> Iterator[GoldReport]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row.get("pmid"):
                raise ReadError(f"{path}: a row without pmid", hint="the columns are those of the corpus's README")
            yield GoldReport(
                pmid=row["pmid"],
                relevant=row.get("relevant", "yes") != "no",
                reason=row.get("exclusion_reason") or "",
                split=row.get("split") or "",
                pmcid=row.get("pmcid") or "",
                doi=row.get("doi") or "",
            )


def _reports_of(cases: tuple[GoldCase, ...]) -> tuple[GoldReport, ...]:
    return tuple(GoldReport(pmid, relevant=True) for pmid in dict.fromkeys(case.pmid for case in cases))
