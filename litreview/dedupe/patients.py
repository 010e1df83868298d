"""Which cases of different reports are one patient, told conservatively and with every reason."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litreview.dedupe.cluster import clusters
from litreview.dedupe.found import found
from litreview.dedupe.marks import Marks
from litreview.dedupe.rows import linked
from litreview.dedupe.weigh import content
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.model.topic import Topic

_BY_ANOTHER = "both are the same as a third"
_LEFT_OPEN = "one is the same as what the other is not"


def patients(
    cases: Sequence[Profile], topic: Topic, decided: Iterable[Pair] = ()
) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """Pairs that are, or may be, one patient, and a cluster for every patient told as somebody's own.

    Two own cases of different reports are one patient where what they tell outweighs the odds against it, nothing
    excludes it, the reports have people, a place or a citation in common, and no other pair of the two reports is as
    good. A cited case is the patient of the report it cites that agrees best with it. What a person has `decided` of
    two cases stands above all that. The order of the cases makes no difference to what belongs together.
    """
    return gathered(cases, found(cases, topic), topic, decided)


def gathered(
    cases: Sequence[Profile], pairs: Iterable[Pair], topic: Topic, decided: Iterable[Pair] = ()
) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """What people have decided and the pairs that were `found` make of the cases.

    Cases that no pair that is the same joins to others, by whatever way, can be gathered without these.
    """
    by_id = {case.case_id: case for case in cases}
    said = {_key(pair): pair for pair in decided if _key(pair) <= by_id.keys()}
    own = [case for case in cases if case.source == "own"]
    known = {case.case_id for case in own}
    rest = [pair for pair in pairs if _key(pair) not in said]
    of_own = [pair for pair in (*said.values(), *rest) if _key(pair) <= known]
    groups = _clustered(own, of_own, said, Marks(topic))
    patient_of = {member: group.leader for group in groups for member in group.members}
    rows = list(linked((pair for pair in rest if not _key(pair) <= known), patient_of, by_id, topic.patients))
    rows += [pair for pair in said.values() if not _key(pair) <= known]
    told = (*_left_open(of_own, patient_of), *rows)
    return tuple(replace(pair, score=round(pair.score, 4)) for pair in told), tuple(
        _with_rows(groups, rows, patient_of, said)
    )


def _clustered(
    own: Sequence[Profile], pairs: Sequence[Pair], said: Mapping[frozenset[str], Pair], marks: Marks
) -> tuple[Cluster, ...]:
    """Cases that a person has joined, also by way of a third, are one whatever excludes it."""
    by_id = {case.case_id: case for case in own}
    by_people = clusters(by_id, [pair for pair in pairs if _key(pair) in said], rank=str)
    joined = {member: group.leader for group in by_people for member in group.members}

    def apart(left: str, right: str) -> bool:
        if pair := said.get(frozenset((left, right))):
            return pair.outcome == "different"
        if joined[left] == joined[right]:
            return False
        one, other = by_id[left], by_id[right]
        return one.record_id == other.record_id or marks.excluded(one, other) > 0

    def strength(pair: Pair) -> tuple[object, ...]:
        return (_key(pair) not in said, -pair.score, sorted(content(by_id[name]) for name in _key(pair)))

    return clusters(by_id, pairs, rank=lambda name: _standing(by_id[name]), apart=apart, strength=strength)


def _with_rows(
    groups: Iterable[Cluster], rows: Iterable[Pair], patient_of: Mapping[str, str], said: Collection[frozenset[str]]
) -> Iterator[Cluster]:
    """The clusters with the cited cases that retell them, each in one cluster."""
    retelling: dict[str, str] = {}
    for pair in sorted(rows, key=lambda pair: _key(pair) not in said):  # what a person said comes first
        for name, other in ((pair.left, pair.right), (pair.right, pair.left)):
            if pair.outcome == "same" and other in patient_of and name not in patient_of:
                retelling.setdefault(name, patient_of[other])
    rows_of: dict[str, list[str]] = {}
    for row, leader in retelling.items():
        rows_of.setdefault(leader, []).append(row)
    for group in groups:
        yield replace(group, members=(*group.members, *rows_of.get(group.leader, ())))


def _left_open(pairs: Iterable[Pair], patient_of: Mapping[str, str]) -> Iterator[Pair]:
    """The pairs, those that did not join after all as questions; joined ones that were in doubt are none any more."""
    for pair in pairs:
        together = patient_of[pair.left] == patient_of[pair.right]
        if pair.outcome == "same" and not together:
            yield replace(pair, outcome="possible", reasons=(*pair.reasons, _LEFT_OPEN))
        elif pair.outcome == "possible" and together:
            yield replace(pair, outcome="same", reasons=(*pair.reasons, _BY_ANOTHER))
        else:
            yield pair


def _key(pair: Pair) -> frozenset[str]:
    return frozenset((pair.left, pair.right))


def _standing(case: Profile) -> tuple[bool, int, int, str]:
    """Low for the case that should stand for the patient: known before, fuller, earlier."""
    return (case.patient_id is None, -len(case.values), case.year or 9999, case.case_id)
