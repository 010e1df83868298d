"""Pairs that are the same, joined to clusters."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from litreview.model.linkage import Cluster, Pair

Apart = Callable[[str, str], bool]
"""Whether two ids cannot be in one cluster, whatever joins them."""


def clusters(
    ids: Iterable[str],
    pairs: Iterable[Pair],
    *,
    rank: Callable[[str], Any],
    apart: Apart = lambda left, right: False,
    strength: Callable[[Pair], Any] | None = None,
) -> tuple[Cluster, ...]:
    """Every id in exactly one cluster, also one that stands alone; the member that ranks lowest leads.

    Only pairs with the outcome `same` join. Where they would join what is `apart`, the stronger pairs (those of low
    `strength`) join first, and those that are left do not. Clusters come in the order of their first member.
    """
    place = {name: n for n, name in enumerate(ids)}
    joining = [pair for pair in pairs if pair.outcome == "same"]
    whole = _components(place, joining)
    edges: dict[str, list[Pair]] = {}
    root = {member: group[0] for group in whole for member in group}
    for pair in joining:
        edges.setdefault(root[pair.left], []).append(pair)
    groups = [part for group in whole for part in _parted(group, edges.get(group[0], []), apart, strength)]
    groups.sort(key=lambda group: place[group[0]])
    return tuple(Cluster(min(group, key=rank), tuple(group)) for group in groups)


def _components(ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    parent = {name: name for name in ids}
    for pair in pairs:
        parent[_root(parent, pair.right)] = _root(parent, pair.left)
    return _gathered(parent, lambda name: _root(parent, name))


def _parted(
    group: Sequence[str], pairs: Sequence[Pair], apart: Apart, strength: Callable[[Pair], Any] | None
) -> Iterator[list[str]]:
    """The group, or where two of it are apart the groups that the stronger pairs make of it."""
    conflicts = {frozenset(pair) for pair in combinations(group, 2) if len(group) > 1 and apart(*pair)}
    if not conflicts:
        yield list(group)
        return
    held = {name: [name] for name in group}
    for pair in sorted(pairs, key=strength) if strength else pairs:
        left, right = held[pair.left], held[pair.right]
        if left is not right and not any(frozenset(each) in conflicts for each in product(left, right)):
            left += right
            held |= dict.fromkeys(right, left)
    yield from _gathered({name: name for name in group}, lambda name: id(held[name]))


def _gathered(names: Mapping[str, str], key: Callable[[str], Any]) -> list[list[str]]:
    members: dict[Any, list[str]] = {}
    for name in names:
        members.setdefault(key(name), []).append(name)
    return list(members.values())


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name
