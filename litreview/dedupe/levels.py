"""How two values of an attribute agree: the same, nearly, loosely, not at all, or in a way that says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from litreview.dedupe.days import unit_of
from litreview.model.case import Value
from litreview.model.sameness import Level, Trait
from litreview.model.topic import Attribute, Topic
from litreview.model.vocabulary import Vocabulary
from litreview.model.words import name, telling, vocabularies

Change = Literal["grew since", "went on since", "may have changed"]
How = Level | Change
_SAME_AGE, _A_YEAR, _TWO_YEARS = 0.5, 1.05, 2.05


@dataclass(frozen=True, slots=True)
class Years:
    """How many years lie between two reports, and whether `left` is the later one (`None`: not known)."""

    between: float
    left_is_later: bool | None


@dataclass(frozen=True)
class Scale:
    """What is needed to compare the values of one attribute."""

    attribute: Attribute
    trait: Trait
    topic: Topic

    @cached_property
    def known(self) -> tuple[Vocabulary, ...]:
        """The vocabularies that spell its values out."""
        return vocabularies(self.attribute, self.topic)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of texts that were looked up."""
        return {}

    @cached_property
    def parts(self) -> dict[tuple[str, str], bool]:
        """Pairs of texts, and whether one says no more than a part of the other."""
        return {}

    def name(self, text: str) -> str:
        """The concept that a text stands for; looked up once."""
        if text not in self.names:
            self.names[text] = name(text, self.known)
        return self.names[text]

    def key(self, value: Value) -> Value:
        """The value as it is counted: texts by their concept, lists without regard to order."""
        if isinstance(value, tuple):
            return tuple(sorted(value))
        return self.name(value) if isinstance(value, str) and self.attribute.type == "text" else value

    def level(self, left: Value, right: Value, years: Years) -> How:
        """How two values agree."""
        if self.trait.changes == "years":
            return _ages(left, right, years)
        if isinstance(left, int | float) and isinstance(right, int | float):
            found: How = _numbers(left, right, self.trait)
        elif isinstance(left, tuple) or isinstance(right, tuple):
            found = _lists(_items(left), _items(right))
        elif self.attribute.type == "text":
            found = self._texts(str(left), str(right))
        else:
            found = _categories(str(left), str(right), self.attribute.coarse)
        return found if found in ("same", "near") else self._changed(found, left, right, years)

    def _changed(self, found: How, left: Value, right: Value, years: Years) -> How:
        """What is left of a difference when time may have made it."""
        if self.trait.changes == "freely":
            return "may have changed"
        if self.trait.changes == "grows":
            return _onward(_size(left), _size(right), years, "grew since")
        if self.trait.changes == "forward" and {left, right} <= set(self.trait.order):
            return _onward(
                self.trait.order.index(str(left)), self.trait.order.index(str(right)), years, "went on since"
            )
        return found

    def _texts(self, left: str, right: str) -> Level:
        if self.name(left) == self.name(right):
            return "same"
        if (left, right) not in self.parts:
            first, second = telling(left, right, self.known), telling(right, left, self.known)
            self.parts[left, right] = first <= second or second <= first
        return "near" if self.parts[left, right] else "other"


def _numbers(left: float, right: float, trait: Trait) -> Level:
    larger, apart = max(abs(left), abs(right)), abs(left - right)
    same, near = trait.within or (max(0.05, 0.01 * larger), max(0.5, 0.1 * larger))
    if apart <= same + 1e-9:
        return "same"
    if apart <= near + 1e-9:
        return "near"
    return "loose" if trait.rounded and apart <= max(unit_of(left), unit_of(right)) / 2 + 1 else "other"


def _ages(left: Value, right: Value, years: Years) -> Level:
    """Ages may differ by the years between the reports, and by two more for birthdays and what was counted from."""
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return "same" if left == right else "other"
    older = left - right if years.left_is_later is not False else right - left
    if abs(older) <= (_SAME_AGE if min(left, right) >= 3 else _SAME_AGE / 2):
        return "same"
    if abs(older) <= _A_YEAR:
        return "near"
    passed = abs(older) if years.left_is_later is None else older
    return "loose" if -_TWO_YEARS <= passed <= years.between + _TWO_YEARS else "other"


def _lists(left: frozenset[str], right: frozenset[str]) -> Level:
    shared, shorter = len(left & right), min(len(left), len(right))
    if left == right:
        return "same"
    if shared == shorter and shared > 1:
        return "near"
    return "loose" if 2 * shared >= shorter and shared else "other"


def _categories(left: str, right: str, coarse: Mapping[str, tuple[str, ...]]) -> Level:
    if left == right:
        return "same"
    return "near" if right in coarse.get(left, ()) or left in coarse.get(right, ()) else "other"


def _items(value: Value) -> frozenset[str]:
    return frozenset(value if isinstance(value, tuple) else str(value).split("; "))


def _size(value: Value) -> float:
    if isinstance(value, tuple):
        return len(value)
    return float(value) if isinstance(value, int | float) else 0.0


def _onward(left: float, right: float, years: Years, said: Change) -> How:
    """`other` only where the report that came later is the one that tells less."""
    if years.left_is_later is None or not years.between:
        return said
    return said if (left > right) == years.left_is_later else "other"
