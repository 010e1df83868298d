"""Which bibliographic records are one report."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from litreview.dedupe.cluster import clusters
from litreview.dedupe.entry import Entry, entry
from litreview.model.bibliography import Record
from litreview.model.linkage import Cluster, Outcome, Pair

ALIKE = 0.95  # titles that say the same, but for a misprint or a cut
NEAR = 0.85  # titles that may say the same
_BLOCK = 60  # more records than this share a trait only because the trait says little


def records(given: Mapping[str, Record]) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """Pairs that are, or may be, one report, and the clusters of those that are.

    A published entry leads over one ahead of print. A meeting abstract and the paper that followed are a possible pair,
    never one: they may tell of different patients.
    """
    entries = {name: entry(record) for name, record in given.items()}
    pairs = tuple(
        pair for left, right in _candidates(entries) if (pair := _compare(left, right, entries)).outcome != "different"
    )
    place = {name: n for n, name in enumerate(given)}
    return pairs, clusters(given, pairs, rank=lambda name: (_standing(given[name]), place[name]))


def _candidates(entries: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Pairs that share a trait that few records have, each once."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for name, item in entries.items():
        for trait in item.traits():
            blocks.setdefault(trait, []).append(name)
    seen: set[tuple[str, str]] = set()
    for trait, names in blocks.items():
        if len(names) <= _BLOCK or trait[0] in ("pmid", "pmcid"):
            for pair in combinations(names, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _compare(left: str, right: str, entries: Mapping[str, Entry]) -> Pair:
    one, other = entries[left], entries[right]
    for scheme in ("pmid", "pmcid"):
        if one.names.get(scheme) and one.names.get(scheme) == other.names.get(scheme):
            return Pair(left, right, "same", 1.0, (f"same {scheme.upper()}",))
    likeness = one.likeness(other)
    outcome, reasons = _judge(one, other, likeness)
    return Pair(left, right, outcome, round(likeness, 3), reasons)


def _judge(one: Entry, other: Entry, likeness: float) -> tuple[Outcome, tuple[str, ...]]:
    if one.notice != other.notice or not one.shares_author(other):
        return "different", ()
    same_doi = bool(one.names.get("doi")) and one.names.get("doi") == other.names.get("doi")
    if same_doi and likeness >= 0.6:
        return "same", ("same DOI", "like titles")
    place = one.same_place(other)
    if likeness < NEAR or not (place or (one.telling and other.telling)):
        return "different", ()
    return _of_like_titles(one, other, place=place, alike=likeness >= ALIKE)


def _of_like_titles(one: Entry, other: Entry, *, place: bool, alike: bool) -> tuple[Outcome, tuple[str, ...]]:
    """One place in print makes like titles one report; elsewhere nothing may speak against two that are alike."""
    support, against = one.support(other), one.contradictions(other)
    told = ("same title" if alike else "like titles", *support)
    if one.meeting != other.meeting:
        return "possible", (*told, "one is a meeting abstract")
    if place and "DOI" not in against:
        return "same", told
    if alike and (not against or (against in (("volume",), ("journal",)) and "first page" in support)):
        return "same", told
    return "possible", (*told, *(f"another {name}" for name in against))


def _standing(record: Record) -> tuple[bool, bool, int]:
    """Low for the record that should stand for the others."""
    filled = sum(bool(getattr(record, name)) for name in ("doi", "pmcid", "abstract", "volume", "pages", "journal"))
    return (record.status in ("ahead_of_print", "deleted"), record.pmid is None, -filled)
