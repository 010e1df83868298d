"""Pairs of cases that are, or may be, one patient by what their reports tell, whatever people have said of them."""

from collections.abc import Iterable, Iterator, Sequence

from litreview.dedupe.joint import Likely, joint
from litreview.dedupe.meet import candidates
from litreview.dedupe.rows import retold
from litreview.dedupe.weigh import Scales, Weighed, likely
from litreview.model.linkage import Comparison, Outcome, Pair, Profile
from litreview.model.topic import Topic

_COHORT = "the reports share other patients"
_ALIKE = "two patients who are alike might agree so"


def found(cases: Sequence[Profile], topic: Topic) -> tuple[Pair, ...]:
    """The pairs of own cases, and those of a cited case (`left`) and the own cases that its citation may mean."""
    scales = Scales(cases, topic)
    own = [case for case in cases if case.source == "own"]
    cited = [case for case in cases if case.source == "cited"]
    return (*_own_pairs(own, scales), *_row_pairs(cited, own, scales))


def _own_pairs(own: Sequence[Profile], scales: Scales) -> Iterator[Pair]:
    ordered = sorted(own, key=lambda case: case.case_id)
    met = ((ordered[one], ordered[other]) for one, other in candidates(ordered, scales.bonds, scales.scales))
    for each in joint(_worth(met, scales), scales.sameness.ties.cohort):
        outcome = scales.outcome(each.weighed, each.probability)
        if outcome != "different":
            yield _pair(each, outcome, scales)


def _worth(met: Iterable[tuple[Profile, Profile]], scales: Scales) -> Iterator[Weighed]:
    """The pairs that may be one patient if all others of the two reports are."""
    least = min(scales.sameness.possible, scales.sameness.possible_untied) - scales.sameness.ties.cohort
    for one, other in met:
        if scales.marks.excluded(one, other) < 2 and (weighed := scales.weigh(one, other)).bits >= least:
            yield weighed


def _row_pairs(cited: Sequence[Profile], own: Sequence[Profile], scales: Scales) -> Iterator[Pair]:
    for each in joint(retold(cited, own, scales), cohort=0):
        if each.probability >= likely(scales.sameness.possible):
            outcome: Outcome = "same" if each.probability >= likely(scales.sameness.row_same) else "possible"
            yield _pair(each, outcome, scales)


def _pair(told: Likely, outcome: Outcome, scales: Scales) -> Pair:
    """The pair with the weightiest reasons in words."""
    each = told.weighed
    ordered = sorted(each.compared, key=lambda one: -abs(one.bits))
    contrary = [one.attribute for one in each.compared if one.how == "other" and one.attribute in scales.marks.names]
    reasons = [f"another {name}, which only a person may overlook" for name in contrary]
    reasons += [*each.bond.reasons, *([_COHORT] if told.raised else ())]
    if each.unlike - each.bits >= 1:
        reasons.append(f"{_ALIKE} ({each.bits - each.unlike:+.1f})")
    reasons += [_in_words(one) for one in ordered if one.bits]
    return Pair(each.left.case_id, each.right.case_id, outcome, told.probability, tuple(reasons), each.compared)


def _in_words(one: Comparison) -> str:
    left, right = (", ".join(value) if isinstance(value, tuple) else value for value in (one.left, one.right))
    values = f"{left}" if left == right else f"{left} and {right}"
    return f"{one.how} {one.attribute}: {values} ({one.bits:+.1f})"
