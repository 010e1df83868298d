"""Two cases side by side: what every attribute both tell says for or against one patient, added up in bits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from litreview.dedupe.bonds import Bond, Bonds
from litreview.dedupe.levels import SILENT, How, Scale
from litreview.dedupe.rarity import Rarity
from litreview.dedupe.traits import traits
from litreview.model.case import Value
from litreview.model.linkage import Comparison, Outcome, Profile
from litreview.model.sameness import LEVELS, Sameness
from litreview.model.topic import Topic

LABEL = "case_label"
_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d{3,}")  # "UPN 305" is a register's number; "Patient 3" and 2019 are none
_LEAST, _MOST = -8.0, 10.0  # bits that one attribute may say
_LEFT_OVER = 0.02


@dataclass(frozen=True, slots=True)
class Weighed:
    """What two cases weigh together: bits of odds, what they rest on, and how many of the bits tell."""

    left: Profile
    right: Profile
    bits: float
    compared: tuple[Comparison, ...]
    bond: Bond
    telling: float
    excluded: int

    @property
    def content(self) -> tuple[str, ...]:
        """What the two say in an order of its own, so that no order of the cases matters."""
        return tuple(sorted(content(case) for case in (self.left, self.right)))


class Scales:
    """All that a set of cases is compared by."""

    def __init__(self, cases: Iterable[Profile], topic: Topic) -> None:
        known = tuple(cases)
        self.sameness: Sameness = topic.patients
        self.scales: Mapping[str, Scale] = {
            name: Scale(topic.attribute(name), trait, topic) for name, trait in traits(topic).items()
        }
        self.rarity = Rarity((case for case in known if case.source == "own"), self.scales, topic.patients.others)
        self.bonds = Bonds(known, topic.patients.ties)

    def weigh(self, left: Profile, right: Profile, *, more: float = 0.0) -> Weighed:
        """The two compared; `more` are bits that something else says."""
        bond = self.bonds.between(left, right)
        compared = tuple(self._compared(left, right, bond))
        told = [each for each in compared if self._tells(each.attribute)]
        telling = sum(each.bits - self.sameness.contrary * (each.how == "other") for each in told)
        excluded = sum(each.how == "other" and self._excludes(each.attribute) for each in compared)
        bits = self.sameness.any + bond.bits + more + sum(each.bits for each in compared)
        return Weighed(left, right, bits, compared, bond, telling, excluded)

    def outcome(self, weighed: Weighed) -> Outcome:
        """Same, possible or different, as the bits say; without any tie never more than possible."""
        enough = self.sameness.telling_cited if weighed.bond.follow_up else self.sameness.telling
        sure = weighed.bond.near_by and not weighed.excluded and weighed.telling >= enough
        if sure and weighed.bits >= self.sameness.same:
            return "same"
        worth = self.sameness.possible if weighed.bond.near_by else self.sameness.possible_untied
        return "possible" if weighed.bits >= worth and weighed.excluded < 2 else "different"

    def _compared(self, left: Profile, right: Profile, bond: Bond) -> Iterator[Comparison]:
        both = left.values.keys() & right.values.keys()
        for name, scale in self.scales.items():
            if name not in both or (scale.trait.unless and both.issuperset(scale.trait.unless)):
                continue
            one, other = left.values[name], right.values[name]
            how = scale.level(one, other, bond.years)
            yield Comparison(name, one, other, how, round(self._bits(scale, how, one, other, bond), 2))
        if bond.near_by:
            yield from self._labels(left, right)

    def _bits(self, scale: Scale, how: How, one: Value, other: Value, bond: Bond) -> float:
        """How much likelier two reports on one patient agree like this than two on others, as a logarithm to 2."""
        if how in SILENT:
            return 0.0
        name, agree = scale.attribute.name, scale.trait.agree
        if how == "other":
            same = self.rarity.chance(name, one, other, 0, near_by=bond.near_by)
            left_over = max(1 - same - sum(scale.trait.chance[1:]), _LEFT_OVER)
            return max(_LEAST, log2((1 - sum(agree)) / left_over))
        place = LEVELS.index(how)
        if not agree[place]:  # the topic does not foresee it, so it says nothing
            return 0.0
        return min(_MOST, log2(agree[place] / self.rarity.chance(name, one, other, place, near_by=bond.near_by)))

    def _labels(self, left: Profile, right: Profile) -> Iterator[Comparison]:
        """The number under which a register has the patient."""
        one, other = _numbers(left.label), _numbers(right.label)
        if one and other:
            how = "same" if one & other else "other"
            yield Comparison(LABEL, left.label, right.label, how, self.sameness.label[how == "other"])

    def _tells(self, name: str) -> bool:
        return name in self.scales and self.scales[name].trait.telling

    def _excludes(self, name: str) -> bool:
        return name in self.scales and self.scales[name].trait.excludes


@lru_cache(maxsize=65_536)
def _numbers(label: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(label))


def content(case: Profile) -> str:
    """A case's report and values as text, the same whatever ids were given."""
    report = (*case.authors[:3], str(case.published or case.year or ""), case.source, case.citation, case.label)
    return "\x1f".join((*report, *(f"{name}={value}" for name, value in sorted(case.values.items()))))
