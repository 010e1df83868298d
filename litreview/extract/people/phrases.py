"""Phrases: how far back a noun's phrase reaches, and its article."""

import re
from typing import Literal

from litreview.model.topic import Topic

Article = Literal["", "a", "the", "this", "our", "his", "each"]

_PHRASE_WORDS = 8
_REACH = 110
_CLOSING = re.compile(r"[)\]]")
_ARTICLES: dict[str, Article] = {
    "this": "this",
    "indefinite": "a",
    "definite": "the",
    "own": "our",
    "possessive": "his",
    "counting": "each",
}
_small: dict[int, tuple[Topic, dict[str, frozenset[str]]]] = {}


def phrase_start(text: str, floor: int, noun: int, topic: Topic) -> tuple[int, Article, list[str]]:
    """Where the phrase of a noun begins, its article, and the words between.

    Goes back from the noun to an article, a small word that no noun phrase holds, a bracket that opens, or a break in
    punctuation.
    """
    classes = small_words(topic)
    left = text[max(floor, noun - _REACH) : noun]
    base = noun - len(left)
    words: list[str] = []
    start, comma_at = noun, None
    place = len(left)
    for printed in reversed(left.split()):
        place = left.rindex(printed, 0, place)
        word = printed.strip("(),;:[]“\"'").lower()
        tags = classes.get(word, frozenset())
        ending = printed[-1]
        if ending in ";:" or (ending == "." and len(printed) > 3) or len(words) > _PHRASE_WORDS:
            break
        if ending == "," and "person" in tags:
            break
        if ending == "," and comma_at is None:
            comma_at = start
        if not word and _opens(left, place):
            break
        if article := _article(tags):
            return base + place + _opening(printed), article, [word, *words]
        if tags & {"stop"}:
            break
        start = base + place + _opening(printed)
        words.insert(0, word)
        if _opens(left, place):
            break
    if comma_at is not None:
        start = comma_at
        words = [word.strip("(),").lower() for word in text[start:noun].split()]
    return start, "", words


def _opening(word: str) -> int:
    return len(word) - len(word.lstrip("(["))


def _opens(left: str, place: int) -> bool:
    """Whether a bracket opens at a place and the noun stands inside it: "for leukemia (donor: his sister)"."""
    return left[place] in "([" and not _CLOSING.search(left, place)


def _article(tags: frozenset[str]) -> Article:
    for tag, article in _ARTICLES.items():
        if tag in tags:
            return article
    return ""


def small_words(topic: Topic) -> dict[str, frozenset[str]]:
    """The tags of each small word, and `person` for each noun that stands for somebody."""
    if id(topic) not in _small:
        found: dict[str, frozenset[str]] = {}
        for entry in topic.vocabularies["clauses"].entries:
            for term in entry.terms:
                found[term.lower()] = found.get(term.lower(), frozenset()) | frozenset(entry.tags)
        for name in ("people", "relatives"):
            people = (entry for entry in topic.vocabularies[name].entries if entry.value not in ("male", "female"))
            for term in (term for entry in people for term in entry.terms):
                found[term] = found.get(term, frozenset()) | {"person"}
        _small[id(topic)] = (topic, found)
    return _small[id(topic)][1]
