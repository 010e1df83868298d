"""Which cases of different reports are one patient, told conservatively."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

from litreview.dedupe.authors import surname
from litreview.dedupe.cluster import clusters
from litreview.dedupe.words import plain
from litreview.model.case import Value
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.model.topic import Attribute, Topic

ENOUGH = 3.0  # numbers that must agree before two cases are taken for one patient
WORTH_A_LOOK = 1.5  # and before a person is asked


def patients(cases: Sequence[Profile], topic: Topic) -> tuple[tuple[Pair, ...], tuple[Cluster, ...]]:
    """Pairs that are, or may be, one patient, and a cluster for every patient told as somebody's own.

    Two own cases are one patient where the reports share an author, no identifying attribute differs, no day differs,
    and enough numbers agree. A cited case is the patient of the report it cites that agrees best with it.
    """
    own = [case for case in cases if case.source == "own"]
    common = _common(own)
    pairs = tuple(pair for one, other in _candidates(own) if (pair := _compare(one, other, topic, common)) is not None)
    pairs += tuple(pair for case in cases if case.source == "cited" and (pair := _cited(case, own, topic)))
    linked = {pair.left for pair in pairs if pair.outcome == "same"} | {case.case_id for case in own}
    by_id = {case.case_id: case for case in cases}
    return pairs, clusters(
        [case.case_id for case in cases if case.case_id in linked], pairs, rank=lambda name: _standing(by_id[name])
    )


def _candidates(own: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Cases of two reports that share an author, each pair once."""
    blocks: dict[str, list[int]] = {}
    for n, case in enumerate(own):
        for name in {surname(author) for author in case.authors} - {""}:
            blocks.setdefault(name, []).append(n)
    pairs = {pair for members in blocks.values() for pair in combinations(members, 2)}
    return ((own[one], own[other]) for one, other in sorted(pairs) if own[one].record_id != own[other].record_id)


def _common(own: Sequence[Profile]) -> Counter[tuple[str, Value]]:
    """In how many reports each value stands: a dose that everybody gives tells nobody apart."""
    said = {(case.record_id, name, value) for case in own for name, value in case.values.items()}
    return Counter((name, value) for _, name, value in said)


def _compare(one: Profile, other: Profile, topic: Topic, common: Counter[tuple[str, Value]]) -> Pair | None:
    agreeing, against = _evidence(one, other, topic.attributes)
    if against is None or len(against) > 1:
        return None
    rare = {name: min(1.0, 2 / max(common[name, one.values[name]], 1)) for name in one.values}
    weight = sum(each * rare[name] for name, each in agreeing.items())
    marks = _marks(one, other, topic, rare)
    if weight + sum(marks.values()) < WORTH_A_LOOK:
        return None
    outcome = "same" if weight >= ENOUGH and not against else "possible"
    reasons = (
        "shared author",
        *(f"same {name}" for name in (*marks, *agreeing)),
        *(f"another {name}" for name in against),
    )
    return Pair(one.case_id, other.case_id, outcome, round(1 - 0.5**weight, 3), reasons)  # type: ignore[arg-type]


def _marks(one: Profile, other: Profile, topic: Topic, rare: dict[str, float]) -> dict[str, float]:
    """Identifying attributes that agree, with weights: enough to ask a person, never enough to decide."""
    told = one.values.keys() & other.values.keys()
    return {
        item.name: item.identifies * rare[item.name]
        for item in topic.attributes
        if item.identifies and item.name in told
    }


def _cited(case: Profile, own: Sequence[Profile], topic: Topic) -> Pair | None:
    """A cited case and the own case it retells, if exactly one fits best and nothing identifying speaks against it."""
    fitting = []
    for other in own:
        if not _cites(case.citation, other):
            continue
        agreeing, against = _evidence(case, other, topic.attributes)
        if against is not None:
            fitting.append((len(agreeing) + _alike(case, other, topic) - len(against), other.case_id))
    fitting.sort(reverse=True)
    if not fitting or fitting[0][0] < 1 or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    score, case_id = fitting[0]
    return Pair(case.case_id, case_id, "same", round(1 - 0.5**score, 3), ("cites the report", f"{score} values agree"))


def _cites(citation: str, other: Profile) -> bool:
    """The first author is named, and the year where the citation gives one."""
    name = surname(other.authors[0]) if other.authors else ""
    years = re.findall(r"\b(?:19|20)\d\d\b", citation)
    named = bool(name) and re.search(rf"\b{re.escape(name)}\b", plain(citation)) is not None
    return named and (not years or str(other.year) in years)


def _evidence(
    one: Profile, other: Profile, attributes: Iterable[Attribute]
) -> tuple[dict[str, float], tuple[str, ...] | None]:
    """Numbers that agree, with weights, and days that do not; `None` in their place where a person's mark differs."""
    agreeing: dict[str, float] = {}
    against: list[str] = []
    for attribute in attributes:
        left, right = one.values.get(attribute.name), other.values.get(attribute.name)
        if left is None or right is None or attribute.type == "list":
            continue
        same = _equal(left, right, attribute)
        if attribute.identifies > 0 and not same:
            return {}, None
        if attribute.type in ("number", "integer") and not attribute.identifies:
            if same:
                agreeing[attribute.name] = _weight(left)
            elif "day" in attribute.unit:
                against.append(attribute.name)
    return agreeing, tuple(against)


def _weight(value: Value) -> float:
    """Small whole numbers agree by chance."""
    return 1.0 if isinstance(value, float | int) and (abs(value) >= 7 or value != int(value)) else 0.3


def _equal(left: Value, right: Value, attribute: Attribute) -> bool:
    if isinstance(left, int | float) and isinstance(right, int | float):
        allowed = 1.0 if attribute.identifies > 0 else max(0.05, 0.01 * abs(left))
        return abs(left - right) <= allowed
    if attribute.type == "text":
        return token_set_ratio(plain(str(left)), plain(str(right))) >= 80
    return left == right


def _alike(one: Profile, other: Profile, topic: Topic) -> int:
    shared = [item for item in topic.attributes if item.type in ("category", "text") or item.identifies > 0]
    pairs = [(one.values.get(item.name), other.values.get(item.name), item) for item in shared]
    return sum(left is not None and right is not None and _equal(left, right, item) for left, right, item in pairs)


def _standing(case: Profile) -> tuple[bool, bool, int, int, str]:
    """Low for the case that should stand for the patient: own, known before, fuller, earlier."""
    return (case.source == "cited", case.patient_id is None, -len(case.values), case.year or 9999, case.case_id)
