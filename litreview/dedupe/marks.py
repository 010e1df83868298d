"""What excludes that two cases are one patient: another sex, an impossible age, another disease, alive after dead."""

from collections.abc import Mapping, Set

from litreview.dedupe.bonds import between
from litreview.dedupe.levels import Scale
from litreview.dedupe.traits import traits
from litreview.model.linkage import Profile
from litreview.model.topic import Topic


class Marks:
    """The scales of a topic's attributes, and which of these are marks of a person."""

    def __init__(self, topic: Topic) -> None:
        self.scales: Mapping[str, Scale] = {
            name: Scale(topic.attribute(name), trait, topic) for name, trait in traits(topic).items()
        }
        self.names = frozenset(name for name, scale in self.scales.items() if scale.trait.excludes)

    def excluded(self, left: Profile, right: Profile) -> int:
        """How many marks exclude that the cases are one patient: told without comparing all the rest."""
        both, years = left.values.keys() & right.values.keys(), between(left, right)
        marks = [name for name in self.names if name in both and self.counts(name, both)]
        return sum(self.scales[name].level(left.values[name], right.values[name], years) == "other" for name in marks)

    def counts(self, name: str, both: Set[str]) -> bool:
        """Whether an attribute says something beside the others that both tell."""
        unless = self.scales[name].trait.unless
        return not unless or not both >= set(unless)
