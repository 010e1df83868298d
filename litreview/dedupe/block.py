"""Which pairs are worth comparing: those that share a trait; where many share it, those next to each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from litreview.dedupe.entry import Entry

_FEW = 30  # as many entries of one trait are compared with each other, of more each with its neighbours
_NEIGHBOURS = 8
_RARE = 4  # words of a title that are paired


def candidates(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `entries`, each once and in order; the smaller place comes first."""
    size = len(entries)
    seen: set[int] = set()
    for block in _blocks(entries):
        seen.update(min(pair) * size + max(pair) for pair in _pairs(block, entries))
    for code in sorted(seen):
        yield divmod(code, size)


def _pairs(block: list[int], entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """All pairs of a small block; in a large one, put in the order of titles and places, pairs that are close by."""
    if len(block) <= _FEW:
        yield from combinations(block, 2)
        return
    ordered = sorted(block, key=lambda place: entries[place].content)
    for start, place in enumerate(ordered):
        yield from ((place, other) for other in ordered[start + 1 : start + 1 + _NEIGHBOURS])


def _blocks(entries: Sequence[Entry]) -> Iterator[list[int]]:
    """Places of the entries that share a trait."""
    common = Counter(word for each in entries for word in set(each.title.words.split()))
    blocks: dict[int, int | list[int]] = {}
    for place, each in enumerate(entries):
        for trait in {hash(trait) for trait in _traits(each, common)}:
            held = blocks.setdefault(trait, place)
            if isinstance(held, list):
                held.append(place)
            elif held != place:
                blocks[trait] = [held, place]
    yield from (block for block in blocks.values() if isinstance(block, list))


def _traits(each: Entry, common: Counter[str]) -> Iterator[tuple[object, ...]]:
    """What two entries of one report are likely to share at least one of."""
    yield from ((scheme, name) for scheme in ("pmid", "pmcid", "doi") if (name := getattr(each, scheme)))
    if each.title.key:
        yield ("title", each.title.key)
    if each.title.main:
        yield ("title", each.title.main)
    if each.title.telling:
        yield ("begins", each.title.key[:20])
        yield ("ends", each.title.key[-20:])
        yield from (("words", *pair) for pair in combinations(_rare(each, common), 2))
    if each.volume:
        yield from (("author and volume", name, each.volume, each.year) for name in each.authors.first)
    if each.pages.first:
        for name in each.authors.first:
            yield ("author and page", name, each.pages.first, each.year)
            yield ("author and page", name, each.pages.first, each.volume)
        yield ("page", each.volume, each.pages.first, each.year)
        yield ("page", each.volume, each.pages.first, each.pages.end)
        yield ("last page", each.volume, each.pages.end, each.year)


def _rare(each: Entry, common: Counter[str]) -> list[str]:
    """The rarest words of a title that some other title has too."""
    words = (word for word in set(each.title.words.split()) if common[word] > 1)
    return sorted(sorted(words, key=lambda word: (common[word], word))[:_RARE])
