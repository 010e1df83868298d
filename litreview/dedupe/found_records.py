"""Pairs of records that are, or may be, one report by what they say, whatever people have said of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litreview.dedupe.block import candidates
from litreview.dedupe.decide import judge
from litreview.dedupe.entry import Entry, entry
from litreview.dedupe.recurring import without_columns
from litreview.model.bibliography import Record
from litreview.model.linkage import Pair


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """The pairs, and the records whose titles come again and again, so that they tell little."""

    pairs: tuple[Pair, ...] = ()
    columns: frozenset[str] = frozenset()


def found_records(given: Mapping[str, Record]) -> FoundRecords:
    """Every record is compared with those that share a trait; of those that are the same in every field, the first."""
    first = first_of_its_kind(given)
    told = {name: entry(given[name]) for name in dict.fromkeys(first.values())}
    entries = without_columns(told)
    columns = frozenset(name for name, each in entries.items() if each is not told[name])
    return FoundRecords(tuple(_compared(entries)), columns)


def first_of_its_kind(given: Mapping[str, Record]) -> dict[str, str]:
    """For each record the first that is the same in every field, where that makes them one."""
    known: dict[Record, str] = {}
    first: dict[str, str] = {}
    for name, record in given.items():
        one = known.setdefault(record, name)
        alike = one == name or _tells(record)
        first[name] = one if alike else name
    return first


def _tells(record: Record) -> bool:
    each = entry(record)
    return judge(each, each).outcome == "same"


def _compared(entries: Mapping[str, Entry]) -> Iterator[Pair]:
    names, told = tuple(entries), tuple(entries.values())
    for left, right in candidates(told):
        verdict = judge(told[left], told[right])
        if verdict.outcome != "different":
            yield Pair(names[left], names[right], verdict.outcome, verdict.score, verdict.reasons)
