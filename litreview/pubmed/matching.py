"""Evaluates a query over an index of records, and says what each of its parts finds."""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, reduce
from typing import NamedTuple

from litreview.pubmed.entry import Entry
from litreview.pubmed.fields import Field
from litreview.pubmed.periods import period
from litreview.pubmed.phrases import BREAK, near, phrase
from litreview.pubmed.query import parse
from litreview.pubmed.tree import Between, Combined, Has, Node, Term
from litreview.pubmed.words import fold, query_words, words

_REMEMBERED = 16


class ClauseHits(NamedTuple):
    """One part of a query, and how many records it finds by itself."""

    clause: str
    hits: int


class Index:
    """Records made searchable: words, whole values and dates, by the parts of a record.

    `narrower` maps a MeSH heading or publication type, in small letters, to those below it: without it `[mh]` and
    `[pt]` find the heading itself only. A record that is added again replaces the earlier one.
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        narrower: Mapping[str, Iterable[str]] | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.pmids: list[str] = []
        self._narrower = {_value(key): tuple(map(_value, below)) for key, below in (narrower or {}).items()}
        self._today = today
        self._place: dict[str, int] = {}
        self._replaced: set[int] = set()
        self._words = _Postings()
        self._values = _Postings()
        self._dates: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._passages: list[dict[str, str]] = []
        self._places = lru_cache(maxsize=_REMEMBERED)(self._looked_up)
        self._found = lru_cache(maxsize=1_000)(lambda term: bool(self._matching(term) - self._replaced))
        for entry in entries:
            self.add(entry)

    def __len__(self) -> int:
        return len(self.pmids) - len(self._replaced)

    def add(self, entry: Entry) -> None:
        """Make one more record searchable."""
        self._places.cache_clear()
        self._found.cache_clear()
        place = len(self.pmids)
        if entry.pmid and entry.pmid in self._place:
            self._replaced.add(self._place[entry.pmid])
        self._place[entry.pmid] = place
        self.pmids.append(entry.pmid)
        self._passages.append(self._add_words(place, entry))
        for part, values in entry.values.items():
            for value in {key for text in values if (key := _key(part, text))}:
                self._values.add(part, value, place)
        for part, days in entry.dates.items():
            self._dates[part].extend((day, place) for day in set(days))

    def find(self, tree: Node) -> tuple[str, ...]:
        """The PMIDs that answer a query, newest id first."""
        return tuple(sorted((self.pmids[place] for place in self.places(tree)), key=_newest))

    def places(self, tree: Node) -> set[int]:
        """The records that answer a query, by their place in `pmids`."""
        return set(self._places(tree, self._today())) if isinstance(tree, Combined) else self._looked_up(tree)

    def finds(self, term: Term) -> bool:
        """Whether a term, which is no date, finds anything."""
        return self._found(term)

    def _looked_up(self, tree: Node, _: date | None = None) -> set[int]:
        """What is combined is remembered for the day: a search that is split asks for the same again and again."""
        if isinstance(tree, Combined):
            return reduce(_OPERATORS[tree.operator], (self.places(part) for part in tree.parts))
        if isinstance(tree, Has):
            found = self._having(tree.part)
        elif isinstance(tree, Between):
            found = self._between(tree)
        else:
            found = self._matching(tree)
        return found - self._replaced

    def _add_words(self, place: int, entry: Entry) -> dict[str, str]:
        passages = {}
        for part, texts in entry.texts.items():
            tokens = [words(text) for text in texts]
            passages[part] = f" {BREAK.join(' '.join(text) for text in tokens)} " if any(tokens) else ""
            for word in {word for text in tokens for word in text}:
                self._words.add(part, word, place)
        return {part: passage for part, passage in passages.items() if passage}

    def _having(self, part: str) -> set[int]:
        return {place for place, passages in enumerate(self._passages) if not part or part in passages}

    def _between(self, node: Between) -> set[int]:
        if node.field.kind == "ids":
            return self._ids_between(node)
        low, high = period(node.low, self._today()), period(node.high, self._today())
        return set() if low is None or high is None else self._dated(node.field, low[0], high[1])

    def _ids_between(self, node: Between) -> set[int]:
        if not (node.low.isdigit() and node.high.isdigit()):
            return set()
        low, high = int(node.low), int(node.high)
        return {n for n, pmid in enumerate(self.pmids) if pmid.isdigit() and low <= int(pmid) <= high}

    def _dated(self, field: Field, low: int, high: int) -> set[int]:
        return {place for part in field.parts for day, place in self._dates[part] if low <= day <= high}

    def _matching(self, term: Term) -> set[int]:
        if term.field.kind == "words":
            return self._with_words(term)
        if term.field.kind == "dates":
            days = period(term.text, self._today())
            return set() if days is None else self._dated(term.field, *days)
        if term.field.kind == "authors":
            return self._with_author(term)
        if term.field.kind == "ids":
            return self._with_id(term)
        return self._with_value(term)

    def _with_words(self, term: Term) -> set[int]:
        sought = query_words(term.text)
        found: set[int] = set()
        for part in term.field.parts:
            places = reduce(set.intersection, (self._words.starting(part, word) for word in sought))
            if len(sought) > 1 and places:
                fits = near(sought, term.near) if term.near is not None else phrase(sought)
                places = {place for place in places if fits(self._passages[place].get(part, ""))}
            found |= places
        return found

    def _with_value(self, term: Term) -> set[int]:
        (part,) = term.field.parts
        value = _value(term.text)
        if term.text.rstrip().endswith("*"):
            return self._values.starting(part, f"{value}*")
        wanted = {value} if "noexp" in term.field.name else self._exploded(value)
        return {place for heading in wanted for place in self._values.places(part, heading)}

    def _exploded(self, value: str) -> set[str]:
        """A heading with all below it; a subheading is carried down."""
        heading, slash, subheading = value.partition("/")
        seen = {heading}
        waiting = [heading]
        while waiting:
            below = set(self._narrower.get(waiting.pop(), ())) - seen
            seen |= below
            waiting.extend(below)
        return {f"{name}{slash}{subheading}" for name in seen}

    def _with_author(self, term: Term) -> set[int]:
        """A quoted author matches whole; otherwise initials may go on, and given names may follow."""
        (part,) = term.field.parts
        sought = " ".join(query_words(term.text))
        if term.quoted and not sought.endswith("*"):
            return self._values.places(part, sought)
        stem = sought.rstrip("*")
        goes_on = sought.endswith("*") or (" " in stem and len(stem.rsplit(" ", 1)[1]) <= 2)
        if goes_on:
            return self._values.starting(part, f"{stem}*")
        return self._values.places(part, stem) | self._values.starting(part, f"{stem} *")

    def _with_id(self, term: Term) -> set[int]:
        (part,) = term.field.parts
        wanted = [text for text in re.split(r"[\s,]+", term.text.strip()) if text]
        if part == "pmid":
            return {self._place[pmid] for pmid in wanted if pmid in self._place}
        return {place for text in wanted for place in self._values.places(part, _key(part, text))}


class _Postings:
    """For every key of a part, the records that hold it, in the order they came."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, array[int]]] = defaultdict(dict)
        self._sorted: dict[str, list[str]] = {}

    def add(self, part: str, key: str, place: int) -> None:
        self._parts[part].setdefault(key, array("I")).append(place)
        self._sorted.pop(part, None)

    def places(self, part: str, key: str) -> set[int]:
        return set(self._parts.get(part, {}).get(key, ()))

    def starting(self, part: str, key: str) -> set[int]:
        """Records with the key, or with any key that starts so where it ends in `*`."""
        if not key.endswith("*"):
            return self.places(part, key)
        return {place for found in self._beginning(part, key[:-1]) for place in self._parts[part][found]}

    def _beginning(self, part: str, stem: str) -> Iterator[str]:
        if part not in self._sorted:
            self._sorted[part] = sorted(self._parts.get(part, {}))
        keys = self._sorted[part]
        at = bisect_left(keys, stem)
        while at < len(keys) and keys[at].startswith(stem):
            yield keys[at]
            at += 1


def explain(query: str | Node, index: Index) -> tuple[ClauseHits, ...]:
    """The hits of the query and of each of its parts, the whole first, every part before its own parts.

    Over an index of one known record, a part with no hit is what loses it.

    Raises `UsageError` where the query is not well-formed.
    """
    tree = parse(query) if isinstance(query, str) else query
    return tuple(ClauseHits(str(node), len(index.places(node))) for node in _nodes(tree))


def losing(query: str | Node, entry: Entry, *, narrower: Mapping[str, Iterable[str]] | None = None) -> tuple[str, ...]:
    """The smallest parts of a query that lose a record, `()` where it is found.

    Of parts joined by OR the whole is told, since any of them would have done. Raises as `explain`.
    """
    tree = parse(query) if isinstance(query, str) else query
    return tuple(_losing(tree, Index([entry], narrower=narrower)))


def _losing(node: Node, index: Index) -> Iterator[str]:
    if index.places(node):
        return
    if not isinstance(node, Combined) or node.operator == "OR":
        yield str(node)
        return
    needed = node.parts if node.operator == "AND" else node.parts[:1]
    for part in needed:
        yield from _losing(part, index)
    if node.operator == "NOT":
        yield from (f"NOT {part}" for part in node.parts[1:] if index.places(part))


def _nodes(tree: Node) -> Iterator[Node]:
    yield tree
    if isinstance(tree, Combined):
        for part in tree.parts:
            yield from _nodes(part)


_OPERATORS: dict[str, Callable[[set[int], set[int]], set[int]]] = {
    "AND": set.intersection,
    "OR": set.union,
    "NOT": set.difference,
}


def _newest(pmid: str) -> tuple[int, str]:
    return (-int(pmid) if pmid.isdigit() else 0, pmid)


def _value(text: str) -> str:
    """A heading or name as it is compared; the slash before a subheading is kept."""
    return "/".join(" ".join(words(piece)) for piece in text.split("/"))


def _key(part: str, text: str) -> str:
    if part == "pmcid":
        return "pmc" + fold(text).strip().removeprefix("pmc") if text.strip() else ""
    if part in ("doi", "article_ids", "pmid"):
        return fold(text).strip()
    if part in ("author", "first_author", "last_author"):
        return " ".join(words(text))
    return _value(text)
