"""Titles that come again and again under one name, such as a column's: they tell as little as "Editorial" does."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from litreview.dedupe.entry import Entry

_AGAIN = 4  # places that make a column; a meeting's abstract, its paper and the paper's correction are three


def without_columns(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The entries, with the titles that one author has in several places marked as not telling."""
    places: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for each in entries.values():
        page = str(each.pages.first) if each.pages.first else each.issue and f"issue {each.issue}"
        if each.volume and page and each.title.key:
            for name in _names(each):
                places.setdefault((each.title.key, name), set()).add((each.volume, page))
    columns = {key for key, found in places.items() if len(found) >= _AGAIN}
    return {
        name: little_telling(each) if columns and _is_one(each, columns) else each for name, each in entries.items()
    }


def _names(each: Entry) -> Iterator[str]:
    yield from each.authors.first or ("",)


def _is_one(each: Entry, columns: set[tuple[str, str]]) -> bool:
    return any((key, name) in columns for key in (each.title.key, each.title.main) for name in _names(each))


def little_telling(each: Entry) -> Entry:
    """The entry with its title marked as one that tells little."""
    return replace(each, title=replace(each.title, telling=False))
