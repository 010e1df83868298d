"""Learn what a value's signs weigh, from values compared with gold: a logistic model with shrunken weights.

Few values are wrong, so every weight is drawn towards none, those of rules and attributes more than those of signs. A
set that was in view while rules were written is nearly all right: it tells which signs matter, not how often rules err.
It gets a term of its own, which is left out when the weights are used.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from litreview.evaluate.comparison import Comparison
from litreview.model.confidence import Confidence, Traits, source_odds, strength_odds, traits
from litreview.model.topic import Topic

Name = tuple[str, str]
Features = dict[Name, float]

# How strongly each group of weights is drawn towards its middle: as much as so many values would hold it there.
SHRINK = {
    "base": 0.01,
    "sign": 1.5,
    "rule": 3.0,
    "attribute": 10.0,
    "kind": 30.0,
    "strength": 2.0,
    "source": 4.0,
    "set": 0.1,
}
MIDDLE = {"strength": 1.0, "source": 1.0}
SWEEPS, SETTLED = 100, 1e-3
ROUNDS = 3  # of weighing derived values by what they rest on, whose confidence the weights themselves make
SMALL = 0.05  # log odds that are not worth a line


@dataclass(frozen=True, slots=True)
class Observation:
    """One value that was found: of which set and case, what was seen of it, and whether it is right.

    `is_case` is false for a value of a case that the gold does not know.
    """

    group: str
    report: str
    case: str
    seen: Traits
    right: bool
    is_case: bool = True


@dataclass(frozen=True, slots=True)
class Trust:
    """How much a set counts, and whether its reports were in view while rules were written."""

    weight: float = 1.0
    in_view: bool = False


@dataclass(frozen=True, slots=True)
class Prediction:
    """How sure a value was said to be by weights that had not seen its report, and whether it is right."""

    confidence: float
    right: bool
    observation: Observation


def observe(comparisons: Iterable[Comparison], group: str, topic: Topic) -> Iterator[Observation]:
    """The values found, item by item."""
    for each in comparisons:
        if each.finding is not None:
            seen = traits(each.finding, topic.rule(each.finding.rule_id))
            yield Observation(group, each.pmid, each.case, seen, each.result == "right", each.matched)


def fit(observations: Sequence[Observation], trusted: Mapping[str, Trust]) -> Confidence:
    """The weights under which what was seen of the values fits best with which of them are right."""
    known = [each for each in observations if each.is_case and each.group in trusted]
    learned = Confidence()
    for _ in range(ROUNDS):
        rows = [_features(each, source) for each, source in zip(known, _sources(known, learned), strict=True)]
        for row, each in zip(rows, known, strict=True):
            if trusted[each.group].in_view:
                row["set", each.group] = 1.0
        weights = [trusted[each.group].weight for each in known]
        learned = _as_confidence(_solve(rows, [each.right for each in known], weights))
    return learned


def predict(observations: Sequence[Observation], weights: Confidence) -> tuple[Prediction, ...]:
    """How sure the weights are of each value."""
    sources = _sources(observations, weights)
    return tuple(
        Prediction(weights.share(each.seen, source), each.right, each)
        for each, source in zip(observations, sources, strict=True)
    )


def cross_validate(
    observations: Sequence[Observation], trusted: Mapping[str, Trust], *, folds: int = 10
) -> tuple[Prediction, ...]:
    """Predictions for the sets that were not in view, each report by weights learned from the others.

    Values of cases that the gold does not know are among them.
    """
    honest = [each for each in observations if each.group in trusted and not trusted[each.group].in_view]
    reports = sorted({(each.group, each.report) for each in honest})
    found: list[Prediction] = []
    for fold in range(min(folds, len(reports))):
        held = set(reports[fold::folds])
        learned = fit([each for each in observations if (each.group, each.report) not in held], trusted)
        found += predict([each for each in honest if (each.group, each.report) in held], learned)
    return tuple(found)


def _sources(observations: Sequence[Observation], weights: Confidence) -> list[float | None]:
    """For each value how sure the least sure one is that it rests on."""
    sure: dict[tuple[str, ...], float] = {}
    found: list[float | None] = []
    for _ in range(2):  # a value may rest on one that rests on others
        found = [_source(each, sure) for each in observations]
        shares = [weights.share(each.seen, source) for each, source in zip(observations, found, strict=True)]
        sure = {}
        for each, share in zip(observations, shares, strict=True):
            place = (each.group, each.report, each.case, each.seen.attribute)
            sure[place] = min(share, sure.get(place, 1.0))
    return [_source(each, sure) for each in observations]


def _source(each: Observation, sure: Mapping[tuple[str, ...], float]) -> float | None:
    places = ((each.group, each.report, each.case, name) for name in each.seen.sources)
    return min((sure[place] for place in places if place in sure), default=None)


def _features(each: Observation, source: float | None) -> Features:
    seen = each.seen
    found: Features = {("base", ""): 1.0, ("rule", seen.rule): 1.0, ("attribute", seen.attribute): 1.0}
    found["kind", seen.kind] = 1.0
    found |= {("sign", sign): 1.0 for sign in seen.signs}
    numbers = {("strength", ""): strength_odds(seen), ("source", ""): source_odds(source)}
    return found | {name: value for name, value in numbers.items() if value}


def _solve(rows: Sequence[Features], right: Sequence[bool], weights: Sequence[float]) -> Features:
    """The shrunken logistic regression, one weight at a time until none moves."""
    columns: dict[Name, list[tuple[int, float]]] = {}
    for number, row in enumerate(rows):
        for name, value in row.items():
            columns.setdefault(name, []).append((number, value))
    found = {name: MIDDLE.get(name[0], 0.0) for name in columns}
    odds = [sum(found[name] * value for name, value in row.items()) for row in rows]
    for _ in range(SWEEPS):
        moved = 0.0
        for name, column in columns.items():
            shrink, middle = SHRINK[name[0]], MIDDLE.get(name[0], 0.0)
            slope, bend = shrink * (middle - found[name]), shrink
            for number, value in column:
                share = 1 / (1 + exp(-odds[number]))
                slope += weights[number] * (right[number] - share) * value
                bend += weights[number] * share * (1 - share) * value * value
            step = max(-1.0, min(1.0, slope / bend))
            found[name] += step
            for number, value in column:
                odds[number] += step * value
            moved = max(moved, abs(step))
        if moved < SETTLED:
            break
    return found


def _as_confidence(found: Features) -> Confidence:
    def group(name: str) -> dict[str, float]:
        members = {key[1]: round(weight, 2) for key, weight in sorted(found.items()) if key[0] == name}
        return {key: weight for key, weight in members.items() if abs(weight) >= SMALL and key}

    return Confidence(
        base=round(found["base", ""], 2),
        strength=max(0.0, round(found.get(("strength", ""), 1.0), 2)),
        source=max(0.0, round(found.get(("source", ""), 1.0), 2)),
        signs=group("sign"),
        kinds=group("kind"),
        attributes=group("attribute"),
        rules=group("rule"),
    )
