"""Pairs that are the same, joined to clusters."""

from collections.abc import Callable, Iterable
from typing import Any

from litreview.model.linkage import Cluster, Pair


def clusters(ids: Iterable[str], pairs: Iterable[Pair], *, rank: Callable[[str], Any]) -> tuple[Cluster, ...]:
    """Every id in exactly one cluster, also one that stands alone; the member that ranks lowest leads.

    Only pairs with the outcome `same` join. Clusters come in the order of their first member.
    """
    parent = {name: name for name in ids}
    for pair in pairs:
        if pair.outcome == "same":
            parent[_root(parent, pair.right)] = _root(parent, pair.left)
    members: dict[str, list[str]] = {}
    for name in parent:
        members.setdefault(_root(parent, name), []).append(name)
    return tuple(Cluster(min(group, key=rank), tuple(group)) for group in members.values())


def _root(parent: dict[str, str], name: str) -> str:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name
