"""Which found case is which gold case of a report: the pairing with the most agreement."""

from collections.abc import Sequence
from dataclasses import dataclass

from litreview.evaluate.assignment import assign
from litreview.evaluate.compare import compare
from litreview.evaluate.comparison import count
from litreview.evaluate.gold import GoldCase
from litreview.model.case import Case
from litreview.model.topic import Topic
from litreview.model.words import fold


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs that agree in at least one value, and what is left on either side."""

    pairs: tuple[tuple[Case, GoldCase], ...]
    found_alone: tuple[Case, ...]
    gold_alone: tuple[GoldCase, ...]


def align(found: Sequence[Case], gold: Sequence[GoldCase], topic: Topic) -> Alignment:
    """The pairing of a report's cases that agrees best over all of them.

    A gold case left over is dropped where its twin in the other record of the same paper (`duplicate_of`) has a
    counterpart: the two records were taken as one.
    """
    weights = [[_agreement(case, other, topic) for other in gold] for case in found]
    chosen = [(row, column) for row, column in assign(weights) if weights[row][column] >= 1]
    rows, columns = {row for row, _ in chosen}, {column for _, column in chosen}
    paired = {gold[column].key for column in columns}
    twins = {gold[column].duplicate_of for column in columns}
    left = (other for number, other in enumerate(gold) if number not in columns)
    return Alignment(
        pairs=tuple((found[row], gold[column]) for row, column in sorted(chosen, key=lambda pair: pair[1])),
        found_alone=tuple(case for number, case in enumerate(found) if number not in rows),
        gold_alone=tuple(other for other in left if other.duplicate_of not in paired and other.key not in twins),
    )


def _agreement(case: Case, gold: GoldCase, topic: Topic) -> float:
    """Values that agree; what disagrees, then the label, then the order, decide between equals."""
    counted = count(compare(case, gold, topic))
    if not counted.tp:
        return 0.0
    label = 0.004 if case.label and fold(case.label) == fold(gold.label) else 0.0
    order = 0.002 if case.index == gold.index else 0.0
    return counted.tp - counted.fp / 1000 + label + order
