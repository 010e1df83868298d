"""Two cases side by side: what every attribute both tell says for or against one patient, added up in bits."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from litreview.dedupe.bonds import Bond, Bonds
from litreview.dedupe.marks import Marks
from litreview.dedupe.odds import odds
from litreview.dedupe.rarity import Rarity
from litreview.model.linkage import Comparison, Outcome, Profile
from litreview.model.sameness import LEVELS, Sameness
from litreview.model.topic import Topic

LABEL = "case_label"
_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d{3,}")  # "UPN 305" is a register's number; "Patient 3" and 2019 are none
_FAR = -60.0  # bits of what is not asked


@dataclass(frozen=True, slots=True)
class Weighed:
    """What two cases weigh together: bits of odds for one patient, against two patients of whichever kind.

    Two patients may be any two, or two who are alike. `unlike` are the bits against any two alone.
    """

    left: Profile
    right: Profile
    bits: float
    unlike: float
    compared: tuple[Comparison, ...]
    bond: Bond
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
        self.marks = Marks(topic)
        self.scales = self.marks.scales
        self.rarity = Rarity((case for case in known if case.source == "own"), self.scales, topic.patients.others)
        self.bonds = Bonds(known, topic.patients.ties)

    def weigh(self, left: Profile, right: Profile, *, more: float = 0.0) -> Weighed:
        """The two compared; `more` are bits that something else says."""
        bond = self.bonds.between(left, right)
        compared, alike = self._compared(left, right, bond)
        excluded = sum(each.how == "other" and each.attribute in self.marks.names for each in compared)
        unlike = self.sameness.any + bond.bits + more + sum(each.bits for each in compared)
        bits = -log2(2 ** -max(unlike, _FAR) + 2 ** -max(alike, _FAR)) if bond.near_by else unlike
        return Weighed(left, right, bits, unlike, compared, bond, excluded)

    def outcome(self, weighed: Weighed, probability: float) -> Outcome:
        """Same, possible or different, as the probability says; without any tie never more than possible."""
        if weighed.bond.near_by and not weighed.excluded and probability >= likely(self.sameness.same):
            return "same"
        worth = self.sameness.possible if weighed.bond.near_by else self.sameness.possible_untied
        return "possible" if probability >= likely(worth) and weighed.excluded < 2 else "different"

    def _compared(self, left: Profile, right: Profile, bond: Bond) -> tuple[tuple[Comparison, ...], float]:
        """Every attribute that both tell, and the bits of all of them against two patients who are alike."""
        both = left.values.keys() & right.values.keys()
        alike = -self._alike(bond)
        compared: list[Comparison] = []
        agreed: set[str] = set()
        for name, scale in self.scales.items():
            if name not in both or not self.marks.counts(name, both):
                continue
            one, other = left.values[name], right.values[name]
            how = scale.level(one, other, bond.years)
            bits = odds(scale, how, one, other, self.rarity, agreed)
            compared.append(Comparison(name, one, other, how, round(bits.any, 2)))
            alike += bits.alike
            if how in LEVELS:
                agreed.add(name)
        if bond.near_by:
            labels = list(self._labels(left, right))
            compared += labels
            alike += sum(each.bits for each in labels)
        return tuple(compared), alike

    def _alike(self, bond: Bond) -> float:
        """How much more often than one patient twice two reports so tied tell of two who are alike."""
        if bond.like_named:
            return self.sameness.alike_titled
        return self.sameness.alike_cited if bond.follow_up else self.sameness.alike

    def _labels(self, left: Profile, right: Profile) -> Iterator[Comparison]:
        """The number under which a register has the patient."""
        one, other = _numbers(left.label), _numbers(right.label)
        if one and other:
            how = "same" if one & other else "other"
            yield Comparison(LABEL, left.label, right.label, how, self.sameness.label[how == "other"])


def likely(bits: float) -> float:
    """The probability that so many bits of odds are."""
    return 1 / (1 + 2**-bits)


@lru_cache(maxsize=65_536)
def _numbers(label: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(label))


def content(case: Profile) -> str:
    """A case's report and values as text, the same whatever ids were given."""
    report = (*case.authors[:3], str(case.published or case.year or ""), case.source, case.citation, case.label)
    return "\x1f".join((*report, *(f"{name}={value}" for name, value in sorted(case.values.items()))))
