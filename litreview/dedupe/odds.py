"""What one attribute says for one patient: against any two patients, and against two who are alike, in bits."""

from collections.abc import Set
from math import log2
from typing import NamedTuple

from litreview.dedupe.days import likelihood
from litreview.dedupe.levels import How, Scale
from litreview.dedupe.rarity import Rarity
from litreview.model.case import Value
from litreview.model.sameness import LEVELS, Trait

_LEAST, _MOST = -8.0, 10.0  # bits that one attribute may say
_LEFT_OVER = 0.02


class Bits(NamedTuple):
    """How much likelier the two are one patient than any two patients, and than two who are alike: logarithms to 2."""

    any: float
    alike: float


def odds(scale: Scale, how: How, one: Value, other: Value, rarity: Rarity, agreed: Set[str]) -> Bits:
    """The bits of two values that agree like this; `agreed` are the attributes before it that agree."""
    trait = scale.trait
    if how == "may have changed":
        return Bits(0.0, 0.0)
    if trait.rounded and isinstance(one, int | float) and isinstance(other, int | float):
        density = rarity.density(scale.attribute.name, one, other)
        density = max(density, *(trait.after[name] for name in agreed & trait.after.keys()), 0.0)
        bits = _held(log2(likelihood(one, other, trait.agree, density)))
        return Bits(bits, bits)
    same, by_chance, for_being_alike = _shares(scale, how, one, other, rarity)
    if not same:  # the topic does not foresee it, so it says nothing
        return Bits(0.0, 0.0)
    alike = for_being_alike + (1 - sum(trait.alike)) * by_chance
    return Bits(_held(log2(same / by_chance)), _held(log2(same / alike)))


def _shares(scale: Scale, how: How, one: Value, other: Value, rarity: Rarity) -> tuple[float, float, float]:
    """The shares of whom it is told like this: of one patient, of two by chance, and of two for being alike."""
    trait, name = scale.trait, scale.attribute.name
    if how in LEVELS:
        place = LEVELS.index(how)
        by_chance = rarity.chance(name, one, other, place)
        return trait.agree[place], by_chance, trait.alike[place] * _usual(trait, by_chance, place)
    same, by_chance = 1 - sum(trait.agree), 1 - rarity.chance(name, one, other, 0) - sum(trait.chance[1:])
    by_chance = max(by_chance, _LEFT_OVER)
    if trait.changes not in ("grows", "forward"):
        return same, by_chance, 0.0
    back = min(trait.back, same / 2)
    return back if how == "other" else same - back, by_chance / 2, 0.0


def _usual(trait: Trait, by_chance: float, place: int) -> float:
    """How far being alike explains that two agree: on a mark wholly, on anything else as far as the value is usual.

    Two patients of one hospital have four infusions each since all there have four; seven and seven is no custom.
    """
    guess = trait.chance[place]
    return 1.0 if trait.excludes or by_chance >= guess else by_chance / guess


def _held(bits: float) -> float:
    return max(min(bits, _MOST), _LEAST)
