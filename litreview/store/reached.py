"""What a decision touches: whatever is joined to it, and to that, by what was found or by what people said."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from litreview.store.database import Database
from litreview.store.decisions import decided_pairs

_MANY = 400  # names that one statement takes


def reached(db: Database, start: Iterable[str], joined: Callable[[Sequence[str]], Iterable[str]]) -> frozenset[str]:
    """All that decisions, or `joined`, lead to from these names step by step, and these."""
    said: dict[str, set[str]] = {}
    for pair in decided_pairs(db):
        said.setdefault(pair.left, set()).add(pair.right)
        said.setdefault(pair.right, set()).add(pair.left)
    known: set[str] = set()
    new = set(start)
    while new:
        known |= new
        beside = {other for name in new for other in said.get(name, ())}
        new = beside.union(*map(joined, some(sorted(new)))) - known
    return frozenset(known)


def some(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """The names in as many parts as statements take."""
    yield from (names[start : start + _MANY] for start in range(0, len(names), _MANY))
