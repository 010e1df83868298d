"""Explains a search: its blocks and clauses, why each is there, and what each finds among the stored records."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.model.search import Clause, Search
from litreview.model.topic import Topic
from litreview.pubmed.entry import from_record
from litreview.pubmed.matching import Index
from litreview.pubmed.query import read
from litreview.pubmed.tree import Combined, Node


@dataclass(frozen=True, slots=True)
class Hits:
    """Stored records: how many, and how many of them are eligible."""

    records: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of a block, or a part of a query as it was stated.

    `alone` is what its words find by themselves. `only` is what the whole search finds through nothing else; of a
    clause that is off, what the search would find in addition. Both are `None` where there are no records.
    """

    name: str
    block: str = ""
    why: str = ""
    terms: tuple[str, ...] = ()
    on: bool = True
    alone: Hits | None = None
    only: Hits | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A search with its parts, and what it finds of all stored records (`None` where there are none)."""

    search: Search
    parts: tuple[Part, ...]
    stored: int = 0
    found: Hits | None = None


def explain_search(path: Path, topic: Topic, asked: Search) -> Explained:
    """The search's parts, counted offline over the records of the database where it has any; nothing is written.

    The store keeps neither substance names nor which MeSH headings lie below others: what rests on these alone is not
    counted.
    """
    shelf = _shelf(path, topic)
    if shelf is None:
        return Explained(asked, tuple(_parts(asked, None)))
    return Explained(asked, tuple(_parts(asked, shelf)), len(shelf.index), shelf.hits(shelf.places(asked.text())))


class _Shelf:
    """The stored records, made searchable, with the places of those that are eligible."""

    def __init__(self, index: Index, eligible: Collection[int]) -> None:
        self.index = index
        self._eligible = frozenset(eligible)

    def places(self, query: str) -> set[int]:
        tree = read(query).tree
        return set() if tree is None else self.index.places(tree)

    def hits(self, places: Collection[int]) -> Hits:
        return Hits(len(places), len(self._eligible.intersection(places)))


def _shelf(path: Path, topic: Topic) -> _Shelf | None:
    if not path.exists():
        return None
    index, eligible = Index(), set()
    with store.open_database(path, topic=topic, readonly=True) as db:
        rows = db.execute("SELECT record_id, eligible FROM records ORDER BY rowid").fetchall()
        for place, (record_id, verdict) in enumerate(rows):
            index.add(from_record(store.load_record(db, record_id)))
            eligible |= {place} if verdict == "yes" else set()
    return _Shelf(index, eligible) if rows else None


def _parts(asked: Search, shelf: _Shelf | None) -> Iterator[Part]:
    if not asked.blocks:
        tree = read(asked.text()).tree
        for name, node in _stated(tree) if tree is not None else ():
            yield Part(name, alone=shelf.hits(shelf.index.places(node)) if shelf else None)
    for block, clauses in asked.blocks.items():
        for clause in clauses:
            alone = shelf.hits(shelf.places(" OR ".join(clause.terms))) if shelf else None
            only = shelf.hits(_only(asked, clause, shelf)) if shelf else None
            yield Part(clause.name, block, clause.why, clause.terms, clause.on, alone, only)


def _only(asked: Search, clause: Clause, shelf: _Shelf) -> set[int]:
    """What the search finds with the clause and not without it."""
    return shelf.places(_with(asked, clause, on=True)) - shelf.places(_with(asked, clause, on=False))


def _with(asked: Search, clause: Clause, *, on: bool) -> str:
    """The query with one clause on or off; without the last one that is on in its block it finds nothing."""
    blocks = []
    for clauses in asked.blocks.values():
        others = [one for one in clauses if one.on and one is not clause]
        here = any(one is clause for one in clauses)
        terms = [term for one in (*others, *((clause,) if here and on else ())) for term in one.terms]
        if terms:
            blocks.append("(" + " OR ".join(terms) + ")")
        elif here and clause.on:
            return ""
    return " AND ".join(blocks)


def _stated(node: Node, before: str = "") -> Iterator[tuple[str, Node]]:
    """The parts of a stated query, down to its single terms; `NOT` stands before what is taken away."""
    if not isinstance(node, Combined):
        yield f"{before}{node}", node
        return
    for n, part in enumerate(node.parts):
        yield from _stated(part, "NOT " if n and node.operator == "NOT" else before)
