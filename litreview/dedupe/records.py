"""Which bibliographic records are one report."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from litreview.dedupe.block import candidates
from litreview.dedupe.cluster import clusters
from litreview.dedupe.decide import judge, may_be_apart
from litreview.dedupe.entry import Entry, entry
from litreview.dedupe.recurring import without_columns
from litreview.model.bibliography import Record
from litreview.model.linkage import Cluster, Pair


def records(given: Mapping[str, Record], decided: Iterable[Pair] = ()) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """Pairs that are, or may be, one report, those that are related, and the clusters of those that are one.

    What a person has `decided` (`same` or `different`) stands above what is found here. A published entry leads over
    one ahead of print, a corrected one that was published anew over the first. The order of the records makes no
    difference to what belongs together.
    """
    told = (*_republished(given), *decided)
    said = {frozenset((pair.left, pair.right)): pair for pair in told if {pair.left, pair.right} <= given.keys()}
    first = _first_of_its_kind(given, frozenset[str]().union(*said))
    entries = without_columns({name: entry(given[name]) for name in dict.fromkeys(first.values())})
    pairs = [*said.values(), *(pair for pair in _compared(entries) if frozenset((pair.left, pair.right)) not in said)]
    place = {name: n for n, name in enumerate(given)}

    def apart(left: str, right: str) -> bool:
        if pair := said.get(frozenset((left, right))):
            return pair.outcome == "different"
        return may_be_apart(entries[left], entries[right]) and judge(entries[left], entries[right]).apart

    def strength(pair: Pair) -> tuple[object, ...]:
        decided = frozenset((pair.left, pair.right)) in said
        return (not decided, -pair.score, sorted(entries[name].content for name in (pair.left, pair.right)))

    groups = clusters(entries, pairs, rank=place.__getitem__, apart=apart, strength=strength)
    copies = (Pair(one, name, "same", 1.0, ("the same in every field",)) for name, one in first.items() if name != one)
    return (*_left_open(pairs, groups), *copies), tuple(_led(_with_copies(groups, first), given))


def _republished(given: Mapping[str, Record]) -> Iterator[Pair]:
    """Records of which PubMed says that one is the other, corrected and published anew."""
    by_pmid = {record.pmid: name for name, record in given.items() if record.pmid}
    for name, record in given.items():
        for pmid in record.superseded_by:
            if pmid in by_pmid and by_pmid[pmid] != name:
                yield Pair(name, by_pmid[pmid], "same", 1.0, ("corrected and republished",))


def _first_of_its_kind(given: Mapping[str, Record], named: frozenset[str]) -> dict[str, str]:
    """For each record the first that is the same in every field, where that makes them one; `named` ones stay."""
    known: dict[Record, str] = {}
    first: dict[str, str] = {}
    for name, record in given.items():
        if name in named:
            first[name] = name
            continue
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
