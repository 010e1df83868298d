"""Which bibliographic records are one report."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from litreview.dedupe.cluster import clusters
from litreview.dedupe.decide import judge, may_be_apart
from litreview.dedupe.entry import Entry, entry
from litreview.dedupe.found_records import FoundRecords, first_of_its_kind, found_records
from litreview.dedupe.recurring import little_telling
from litreview.model.bibliography import Record
from litreview.model.linkage import Cluster, Pair

_COPY = "the same in every field"


def records(given: Mapping[str, Record], decided: Iterable[Pair] = ()) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """Pairs that are, or may be, one report, those that are related, and the clusters of those that are one.

    What a person has `decided` (`same` or `different`) stands above what is found here. A published entry leads over
    one ahead of print, a corrected one that was published anew over the first. The order of the records makes no
    difference to what belongs together.
    """
    return gathered_records(given, found_records(given), decided)


def gathered_records(
    given: Mapping[str, Record], found: FoundRecords, decided: Iterable[Pair] = ()
) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """What people have decided and the pairs that were `found` make of the records.

    Records that nothing joins to others, by whatever way, can be gathered without these.
    """
    told = (*_republished(given), *decided)
    said = {_key(pair): pair for pair in told if _key(pair) <= given.keys()}
    first, own = first_of_its_kind(given), frozenset[str]().union(*said)
    leading = {name: name if name in own else one for name, one in first.items()}
    pairs = [*said.values(), *(pair for pair in _with_own(found.pairs, first, own) if _key(pair) not in said)]
    place = {name: n for n, name in enumerate(given)}

    @cache
    def told_of(name: str) -> Entry:
        each = entry(given[name])
        return little_telling(each) if first[name] in found.columns else each

    def apart(left: str, right: str) -> bool:
        if pair := said.get(frozenset((left, right))):
            return pair.outcome == "different"
        one, other = told_of(left), told_of(right)
        return may_be_apart(one, other) and judge(one, other).apart

    def strength(pair: Pair) -> tuple[object, ...]:
        return (_key(pair) not in said, -pair.score, sorted(told_of(name).content for name in (pair.left, pair.right)))

    names = dict.fromkeys(leading.values())
    groups = clusters(names, pairs, rank=place.__getitem__, apart=apart, strength=strength)
    copies = (Pair(one, name, "same", 1.0, (_COPY,)) for name, one in leading.items() if name != one)
    return (*_left_open(pairs, groups), *copies), tuple(_led(_with_copies(groups, leading), given))


def _with_own(pairs: Iterable[Pair], first: Mapping[str, str], own: Collection[str]) -> Iterator[Pair]:
    """The pairs; a copy of which somebody has said something is the same as the first, and as what that is."""
    copies: dict[str, list[str]] = {}
    for name in sorted(own):
        if first[name] != name:
            copies.setdefault(first[name], []).append(name)
            yield Pair(first[name], name, "same", 1.0, (_COPY,))
    for pair in pairs:
        yield pair
        if pair.outcome == "same":
            yield from (replace(pair, left=name) for name in copies.get(pair.left, ()))
            yield from (replace(pair, right=name) for name in copies.get(pair.right, ()))


def _key(pair: Pair) -> frozenset[str]:
    return frozenset((pair.left, pair.right))


def _republished(given: Mapping[str, Record]) -> Iterator[Pair]:
    """Records of which PubMed says that one is the other, corrected and published anew."""
    by_pmid = {record.pmid: name for name, record in given.items() if record.pmid}
    for name, record in given.items():
        for pmid in record.superseded_by:
            if pmid in by_pmid and by_pmid[pmid] != name:
                yield Pair(name, by_pmid[pmid], "same", 1.0, ("corrected and republished",))


def _left_open(pairs: Iterable[Pair], groups: Iterable[Cluster]) -> Iterator[Pair]:
    """The pairs, those that did not join after all as questions: one of them is the same as what the other is not."""
    of = {member: cluster.leader for cluster in groups for member in cluster.members}
    for pair in pairs:
        if pair.outcome == "same" and of[pair.left] != of[pair.right]:
            yield replace(pair, outcome="possible", reasons=(*pair.reasons, "one is the same as what the other is not"))
        else:
            yield pair


def _with_copies(groups: Iterable[Cluster], first: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The members of each cluster with those that only repeat them, in the order of the records."""
    of = {member: cluster.leader for cluster in groups for member in cluster.members}
    members: dict[str, list[str]] = {}
    for name, one in first.items():
        members.setdefault(of[one], []).append(name)
    yield from map(tuple, members.values())


def _led(groups: Iterable[tuple[str, ...]], given: Mapping[str, Record]) -> Iterator[Cluster]:
    for members in groups:
        yield Cluster(min(members, key=lambda name: _standing(given[name])), members)


def _standing(record: Record) -> tuple[bool, bool, bool, int]:
    """Low for the record that should stand for the others."""
    filled = sum(bool(getattr(record, name)) for name in ("doi", "pmcid", "abstract", "volume", "pages", "journal"))
    passing = record.status in ("ahead_of_print", "deleted")
    return (passing, bool(record.superseded_by), record.pmid is None, -filled)
