"""Which cases of different reports are worth comparing: those whose reports are tied, and those that tell like days."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations

from litreview.dedupe.bonds import Bonds
from litreview.dedupe.levels import Scale
from litreview.dedupe.weigh import content
from litreview.model.linkage import Profile

_FEW = 20  # so many cases of one trait are all compared with each other, of more those that share a second one
_NEIGHBOURS = 8
_WIDE = 32  # days: a rounded month either way
Trait = tuple[object, ...]


def candidates(own: Sequence[Profile], bonds: Bonds, scales: Mapping[str, Scale]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `own`, each once, the smaller place first."""
    size = len(own)
    seen = {min(pair) * size + max(pair) for pair in _met(own, bonds, scales)}
    for code in sorted(seen):
        one, other = divmod(code, size)
        if own[one].record_id != own[other].record_id:
            yield one, other


def _met(own: Sequence[Profile], bonds: Bonds, scales: Mapping[str, Scale]) -> Iterator[tuple[int, int]]:
    for block in _blocks(range(len(own)), lambda n: _ties(own[n], bonds)):
        if len(block) <= _FEW:
            yield from combinations(block, 2)
        else:
            yield from _finer(block, own, scales)
    marks = [_marks(case, scales) for case in own]
    for one, other in combinations((name for name, scale in scales.items() if scale.trait.telling), 2):
        for block in _blocks(range(len(own)), partial(_days, own, one, other, marks)):
            yield from _close(block, own)
    yield from _cited(own)


def _ties(case: Profile, bonds: Bonds) -> Iterator[Trait]:
    yield from (("author", name) for name in bonds.people[case.record_id])
    yield from (("place", name) for name in bonds.places[case.record_id])


def _marks(case: Profile, scales: Mapping[str, Scale]) -> Trait:
    """What a case says of the person that stays: sex and disease."""
    return tuple(
        scale.key(case.values[name])
        for name, scale in scales.items()
        if scale.trait.excludes and scale.attribute.type in ("text", "category") and name in case.values
        if scale.trait.changes == "never"
    )


def _days(own: Sequence[Profile], one: str, other: str, marks: Sequence[Trait], n: int) -> Iterator[Trait]:
    """Two numbers that both tell, of a person of the same marks: cases of reports without any tie meet by them."""
    values = own[n].values
    if one in values and other in values:
        yield (values[one], values[other], *marks[n])


def _finer(block: Sequence[int], own: Sequence[Profile], scales: Mapping[str, Scale]) -> Iterator[tuple[int, int]]:
    """Of a name that many cases have: pairs that share an age, an onset or a disease besides."""
    for smaller in _blocks(block, lambda n: _second(own[n], scales)):
        yield from _close(smaller, own)


def _second(case: Profile, scales: Mapping[str, Scale]) -> Iterator[Trait]:
    for name, scale in scales.items():
        value = case.values.get(name)
        if isinstance(value, int | float) and (scale.trait.rounded or scale.trait.changes == "years"):
            width = _WIDE if scale.trait.rounded else 2
            yield from {(name, value // width), (name, (value + width / 2) // width, "half")}
        elif isinstance(value, str) and scale.trait.excludes and scale.attribute.type == "text":
            yield (name, scale.name(value))


def _close(block: Sequence[int], own: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; in a large one, put in an order of what the cases say, pairs that are close by."""
    if len(block) <= _FEW:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda n: content(own[n]))
    for start, one in enumerate(ordered):
        yield from ((one, other) for other in ordered[start + 1 : start + 1 + _NEIGHBOURS])


def _cited(own: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    by_report: dict[str, list[int]] = {}
    for n, case in enumerate(own):
        by_report.setdefault(case.record_id, []).append(n)
    for n, case in enumerate(own):
        for report in sorted(case.cites & by_report.keys()):
            yield from ((n, other) for other in by_report[report])


def _blocks(places: Iterable[int], traits: Callable[[int], Iterable[Trait]]) -> Iterator[list[int]]:
    blocks: dict[Trait, list[int]] = {}
    for n in places:
        for trait in traits(n):
            blocks.setdefault(trait, []).append(n)
    yield from (block for block in blocks.values() if len(block) > 1)
