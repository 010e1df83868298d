"""A dozen decisions of one reviewer, some of them taken back, on pairs that a test chooses."""

import random
from collections.abc import Callable, Iterator

from litreview.model.review import Decision
from litreview.steps.decide import decide, undo
from litreview.steps.workspace import Workspace

Choose = Callable[[Workspace, random.Random], tuple[str, str]]


def decided(work: Workspace, seed: int, choose: Choose) -> Iterator[None]:
    """Decide or undo, and come back after each."""
    chance = random.Random(seed)
    taken: list[int] = []
    for _ in range(12):
        if taken and chance.random() < 0.3:
            undo(work, taken.pop(chance.randrange(len(taken))))
        else:
            one, other = choose(work, chance)
            taken.append(decide(work, Decision(one, chance.choice(("merge", "split")), other, decided_by="Ann")))
        yield
