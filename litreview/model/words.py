"""Words of free text, so that two ways of writing one thing can be told equal."""

import re
from collections.abc import Iterable, Iterator

from litreview.model.topic import Attribute, Topic
from litreview.model.vocabulary import Entry, Vocabulary
from litreview.model.written import concept

# Words that say that something is a disease, or how bad, but not which one.
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        "a an the of with and or due to in after from by on for disease disorder syndrome deficiency deficient "
        "condition associated related type primary secondary severe high low risk refractory relapsed patient",
    )
)
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """A text without regard to case, hyphens, white space, British spelling."""
    return " ".join(_spelling(word) for word in _WORD.findall(text))


def name(words: str, known: tuple[Vocabulary, ...]) -> str:
    """The concept that the words as a whole stand for, else the words without regard to spelling."""
    meant = next((found for vocabulary in known if (found := concept(words.strip(), vocabulary))), None)
    return fold(meant.value if meant else words)


def vocabularies(attribute: Attribute, topic: Topic) -> tuple[Vocabulary, ...]:
    """The vocabularies that an attribute's values are read by."""
    rules = (getattr(rule, "vocabulary", "") for rule in attribute.rules)
    names = dict.fromkeys(found for found in (attribute.normalise, *rules) if found in topic.vocabularies)
    return tuple(topic.vocabularies[found] for found in names)


def alike(left: str, right: str, vocabularies: Iterable[Vocabulary]) -> bool:
    """Whether at least half of the words of the shorter agree, abbreviations spelled out and generic words dropped."""
    known = tuple(vocabularies)
    first, second = telling(left, right, known), telling(right, left, known)
    shorter = min(len(first), len(second))
    return shorter > 0 and 2 * len(first & second) >= shorter


def telling(text: str, other: str, known: tuple[Vocabulary, ...]) -> frozenset[str]:
    """The words that say which thing is meant, abbreviations spelled out by the vocabularies or by the other text."""
    words = [_spelling(word) for part in _spelled_out(text, other, known) for word in _WORD.findall(part)]
    return frozenset(word for word in words if word not in _GENERIC) or frozenset(words)


def _spelled_out(text: str, other: str, known: tuple[Vocabulary, ...]) -> Iterator[str]:
    for word in _WORD.findall(text):
        yield (_in_vocabulary(word, known) or _in_words(word, other) or word) if _is_abbreviation(word) else word


def _is_abbreviation(word: str) -> bool:
    return len(word) >= 2 and sum(letter.isupper() for letter in word) >= 2


def _in_vocabulary(word: str, known: tuple[Vocabulary, ...]) -> str:
    """The long form of the concept that is written so."""
    entry = next((found for vocabulary in known if (found := concept(word, vocabulary))), None)
    return _long_form(word, entry) if entry else ""


def _long_form(word: str, entry: Entry) -> str:
    """Of an entry that groups several, the form with these initials; else the first that is longer."""
    longer = [form for form in (entry.value, *entry.terms) if len(_WORD.findall(form)) > 1 or len(form) > 2 * len(word)]
    same_initials = [form for form in longer if _initials(_WORD.findall(form)) == word.lower()]
    return next(iter(same_initials or longer), "")


def _in_words(word: str, other: str) -> str:
    """The run of words of the other text that these letters abbreviate."""
    words, size = _WORD.findall(other), len(word)
    for start in range(len(words) - size + 1):
        if _initials(words[start : start + size]) == word.lower():
            return " ".join(words[start : start + size])
    return ""


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words).lower()


def _spelling(word: str) -> str:
    plain = word.casefold().replace("ae", "e").replace("oe", "e")
    return plain[:-1] if len(plain) > 4 and plain.endswith("s") and not plain.endswith(("ss", "is", "us")) else plain
