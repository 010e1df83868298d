"""A group's own extraction sheet, read by its mapping into what the source tells."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from litreview.errors import RuleError, UsageError
from litreview.model.bibliography import PartialDate, Problem, Record
from litreview.model.mapping import Column, Mapping
from litreview.model.source import SourceCase, SourceReport, Told
from litreview.model.topic import Topic
from litreview.readers import identifiers
from litreview.readers.entries import authors
from litreview.readers.sheet import Row, Sheet, read_sheet
from litreview.rules.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """What a sheet tells, and a problem for every row that could not be taken."""

    mapping: Mapping
    reports: tuple[SourceReport, ...]
    problems: tuple[Problem, ...]


def mapped_sheet(path: Path, mapping_path: Path, topic: Topic) -> MappedSheet:
    """Read a sheet by its mapping; `UsageError` where the mapping names what neither topic nor sheet has."""
    mapping = _mapping(mapping_path)
    sheet = read_sheet(path, sheet=mapping.sheet, header=mapping.header)
    _check(mapping, mapping_path, sheet, topic)
    reading = _Reading(mapping, sheet)
    return MappedSheet(mapping, tuple(reading.reports()), tuple(reading.problems))


def _mapping(path: Path) -> Mapping:
    try:
        return Mapping.model_validate(read_yaml(path))
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist", hint="make one: litreview review mapping DB SHEET -o FILE") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise RuleError(f"{path.name}: {where}: {first['msg']}", hint="see: docs/deciding.md") from None


def _check(mapping: Mapping, path: Path, sheet: Sheet, topic: Topic) -> None:
    known = [attribute.name for attribute in topic.attributes]
    for name in mapping.attributes:
        if name not in known:
            raise UsageError(f"{path.name}: {name} is not an attribute of {topic.name}", hint=_near(name, known))
    for name in mapping.columns():
        if name not in sheet.columns:
            raise UsageError(f"{path.name}: {sheet.name} has no column {name!r}", hint=_near(name, sheet.columns))


def _near(name: str, known: list[str] | tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(known)}"


class _Reading:
    """A sheet while it is read: its reports in order, the patients of each by label."""

    def __init__(self, mapping: Mapping, sheet: Sheet) -> None:
        self.mapping, self.sheet = mapping, sheet
        self.problems: list[Problem] = []
        self._records: dict[str, Record] = {}
        self._cases: dict[str, dict[str, SourceCase]] = {}

    def reports(self) -> Iterator[SourceReport]:
        """Each report once, with the patients of all its rows."""
        for row in self._filled():
            self._read(row)
        eligible = True if self.mapping.include else None
        for key, record in self._records.items():
            yield SourceReport(key, record, tuple(self._cases[key].values()), eligible)

    def _filled(self) -> Iterator[Row]:
        """The rows, where asked for with the report's columns from the row that had them last."""
        columns = [name for name in self.mapping.report.model_dump().values() if name]
        last: dict[str, str] = {}
        for row in self.sheet.rows:
            told = {name: row[name] for name in columns if row[name]}
            last = told or last
            yield replace(row, cells=row.cells | last) if self.mapping.fill_down else row

    def _read(self, row: Row) -> None:
        record = self._record(row)
        key = self._key(row, record)
        if not key:
            self._trouble(row, "", "nothing tells of which report it is", "fill in one of the report's columns")
            return
        self._records.setdefault(key, record)
        cases = self._cases.setdefault(key, {})
        label = row[self.mapping.case] if self.mapping.case else str(len(cases) + 1)
        label = label or str(len(cases) + 1)
        if label in cases:
            again = "give each patient of a report a name of their own"
            self._trouble(row, self.mapping.case, f"{label} of {key} stands in a row above", again)
            return
        cases[label] = SourceCase(label, tuple(self._values(row)))

    def _key(self, row: Row, record: Record) -> str:
        own = row[self.mapping.report.key] if self.mapping.report.key else ""
        return own or record.pmid or record.doi or record.pmcid or record.title

    def _record(self, row: Row) -> Record:
        told = {field: row[column] for field, column in self.mapping.report.model_dump().items() if column}
        year = told.get("year", "")[:4]
        names = told.get("authors", "").replace("et al.", "").replace("et al", "").strip(" ,;")
        return Record(
            title=told.get("title", ""),
            pmid=identifiers.pmid(told.get("pmid", "")),
            pmcid=identifiers.pmcid(told.get("pmcid", "")),
            doi=identifiers.doi(told.get("doi", "")),
            authors=authors(names) if names else (),
            journal=told.get("journal", ""),
            published=PartialDate(int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        )

    def _values(self, row: Row) -> Iterator[Told]:
        for name, column in self.mapping.attributes.items():
            value = self._value(row[column.column], column)
            if value:
                yield Told(
                    attribute=name,
                    value=value,
                    basis=row[column.basis] if column.basis else "",
                    quote=row[column.quote] if column.quote else "",
                    unit=column.unit,
                    place=self._place(row, column.column),
                )

    def _value(self, cell: str, column: Column) -> str:
        """What a cell says in the codebook's words; items parted by `;`."""
        words = {key.strip().casefold(): value for key, value in column.values.items()}
        if cell.casefold() in words:
            return words[cell.casefold()]
        if cell.casefold() in {each.casefold() for each in self.mapping.empty}:
            return ""
        items = cell.split(column.separator) if column.separator else cell.split(";")
        return "; ".join(words.get(item.strip().casefold(), item.strip()) for item in items if item.strip())

    def _place(self, row: Row, column: str) -> str:
        return f"{self.sheet.name}: row {row.number}" + (f", column {column}" if column else "")

    def _trouble(self, row: Row, column: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem("take over", self._place(row, column), sentence, hint))
