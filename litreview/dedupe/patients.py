"""Which cases of different reports are one patient, told conservatively and with every reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from litreview.dedupe.cluster import clusters
from litreview.dedupe.joint import Likely, joint
from litreview.dedupe.meet import candidates
from litreview.dedupe.rows import linked, retold
from litreview.dedupe.weigh import Scales, Weighed, content
from litreview.model.linkage import Cluster, Comparison, Outcome, Pair, Profile
from litreview.model.topic import Topic

_COHORT = "the reports share other patients"
_ALIKE = "two patients who are alike might agree so"
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
    said = _said(cases, decided)
    scales = Scales(cases, topic)
    own = [case for case in cases if case.source == "own"]
    pairs = [pair for pair in _own_pairs(own, scales) if _key(pair) not in said]
    known = {case.case_id for case in own}
    of_own = [pair for pair in said.values() if _key(pair) <= known]
    groups = _clustered(own, [*of_own, *pairs], said, scales)
    patient_of = {member: group.leader for group in groups for member in group.members}
    cited = [case for case in cases if case.source == "cited"]
    rows = [pair for pair in _rows(cited, own, scales, patient_of) if _key(pair) not in said]
    rows += [pair for pair in said.values() if pair not in of_own]
    found = (*_left_open([*of_own, *pairs], patient_of), *rows)
    return found, tuple(_with_rows(groups, rows, patient_of))


def _said(cases: Iterable[Profile], decided: Iterable[Pair]) -> dict[frozenset[str], Pair]:
    known = {case.case_id for case in cases}
    return {_key(pair): pair for pair in decided if _key(pair) <= known}


def _own_pairs(own: Sequence[Profile], scales: Scales) -> Iterator[Pair]:
    ordered = sorted(own, key=lambda case: case.case_id)
    met = ((ordered[one], ordered[other]) for one, other in candidates(ordered, scales.bonds, scales.scales))
    for each in joint(_worth(met, scales), scales.sameness.ties.cohort):
        outcome = scales.outcome(each.weighed, each.probability)
        if outcome != "different":
            yield _pair(each, outcome)


def _worth(met: Iterable[tuple[Profile, Profile]], scales: Scales) -> Iterator[Weighed]:
    """The pairs that may be one patient if all others of the two reports are."""
    least = min(scales.sameness.possible, scales.sameness.possible_untied) - scales.sameness.ties.cohort
    for one, other in met:
        if scales.excluded(one, other) < 2 and (weighed := scales.weigh(one, other)).bits >= least:
            yield weighed


def _clustered(
    own: Sequence[Profile], pairs: Sequence[Pair], said: Mapping[frozenset[str], Pair], scales: Scales
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
        return one.record_id == other.record_id or scales.excluded(one, other) > 0

    def strength(pair: Pair) -> tuple[object, ...]:
        return (_key(pair) not in said, -pair.score, sorted(content(by_id[name]) for name in _key(pair)))

    return clusters(by_id, pairs, rank=lambda name: _standing(by_id[name]), apart=apart, strength=strength)


def _rows(
    cited: Sequence[Profile], own: Sequence[Profile], scales: Scales, patient_of: Mapping[str, str]
) -> Iterator[Pair]:
    found = joint(retold(cited, own, scales), cohort=0)
    for each, outcome in linked(found, patient_of, scales.sameness):
        yield _pair(each, outcome)


def _with_rows(groups: Iterable[Cluster], rows: Iterable[Pair], patient_of: Mapping[str, str]) -> Iterator[Cluster]:
    """The clusters with the cited cases that retell them, each in one cluster."""
    retelling: dict[str, str] = {}
    for pair in sorted(rows, key=lambda pair: bool(pair.compared)):  # what a person said has nothing compared
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


def _pair(likely: Likely, outcome: Outcome) -> Pair:
    """The pair with the weightiest reasons in words."""
    each = likely.weighed
    ordered = sorted(each.compared, key=lambda one: -abs(one.bits))
    reasons = [*each.bond.reasons, *([_COHORT] if likely.raised else ())]
    if each.unlike - each.bits >= 1:
        reasons.append(f"{_ALIKE} ({each.bits - each.unlike:+.1f})")
    reasons += [_in_words(one) for one in ordered if one.bits]
    return Pair(
        each.left.case_id, each.right.case_id, outcome, round(likely.probability, 4), tuple(reasons), each.compared
    )


def _in_words(one: Comparison) -> str:
    left, right = (", ".join(value) if isinstance(value, tuple) else value for value in (one.left, one.right))
    values = f"{left}" if left == right else f"{left} and {right}"
    return f"{one.how} {one.attribute}: {values} ({one.bits:+.1f})"


def _key(pair: Pair) -> frozenset[str]:
    return frozenset((pair.left, pair.right))


def _standing(case: Profile) -> tuple[bool, int, int, str]:
    """Low for the case that should stand for the patient: known before, fuller, earlier."""
    return (case.patient_id is None, -len(case.values), case.year or 9999, case.case_id)
