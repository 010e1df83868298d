"""A topic's vocabularies as matchers: spaCy phrases for literal terms, regular expressions for patterns."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from operator import itemgetter

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

from litreview.extract.parsed import Mention
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.rule import DeriveRule, TermsRule
from litreview.model.topic import Topic
from litreview.model.vocabulary import Entry, Vocabulary

# A vocabulary and where its entry begins and ends; the end with a minus, so that in order the longest come first.
_Found = tuple[str, int, int, Entry]
_Kept = tuple[int, int, str, str, tuple[str, ...]]
_longest_first = itemgetter(0, 1, 2)
_place = itemgetter(0, 1, 2, 3)


class Lexicon:
    """Finds every concept of some of a topic's vocabularies in a text."""

    def __init__(self, topic: Topic, names: Collection[str]) -> None:
        self.tokens = tokenizer()
        self._any_case = PhraseMatcher(self.tokens.vocab, attr="LOWER")
        self._as_printed = PhraseMatcher(self.tokens.vocab, attr="ORTH")
        self._entries: dict[int, list[tuple[str, Entry]]] = {}
        self._patterns: list[tuple[str, Entry, Pattern]] = []
        for vocabulary in (vocabulary for name, vocabulary in topic.vocabularies.items() if name in names):
            for entry in vocabulary.entries:
                self._learn(vocabulary, entry, topic)
        self._sieve = Sieve([pattern for _, _, pattern in self._patterns])

    def mentions(self, doc: Doc, text: str) -> tuple[Mention, ...]:
        """Every concept mentioned in a text (`doc` are its tokens), in order; in a vocabulary the longest words win."""
        found = [*self._literal(doc), *self._patterned(text)]
        found.sort(key=_longest_first)
        kept: dict[_Kept, None] = {}
        last, begun, ended = "", 0, 0
        for vocabulary, start, minus_end, entry in found:
            end = -minus_end
            if vocabulary == last and start < ended and (start, end) != (begun, ended):
                continue
            kept[start, end, vocabulary, entry.named(text[start:end]), entry.tags] = None
            last, begun, ended = vocabulary, start, end
        in_order = sorted(kept, key=_place)
        return tuple(Mention(Span(start, end), name, value, tags) for start, end, name, value, tags in in_order)

    def _learn(self, vocabulary: Vocabulary, entry: Entry, topic: Topic) -> None:
        for term in entry.terms:
            strict = len(term) <= 4 and term.isupper()
            matcher = self._as_printed if strict else self._any_case
            key = f"{'=' if strict else ''}{term if strict else term.lower()}"
            number = self.tokens.vocab.strings.add(key)
            if number not in self._entries:
                matcher.add(key, [self.tokens(form) for form in _forms(term)])
            self._entries.setdefault(number, []).append((vocabulary.name, entry))
        for pattern in entry.patterns:
            self._patterns.append((vocabulary.name, entry, topic.regex(pattern)))

    def _literal(self, doc: Doc) -> Iterator[_Found]:
        for matcher in (self._any_case, self._as_printed):
            for number, first, behind in matcher(doc):
                last = doc[behind - 1]
                start, end = doc[first].idx, last.idx + len(last)
                for vocabulary, entry in self._entries[number]:
                    yield vocabulary, start, -end, entry

    def _patterned(self, text: str) -> Iterator[_Found]:
        """Concepts by their patterns, in each stretch between empty lines those that it may hold."""
        stretches = list(_STRETCH.finditer(text))
        passing = self._sieve.passing_each([stretch.group() for stretch in stretches])
        for stretch, numbers in zip(stretches, passing, strict=True):
            words, base = stretch.group(), stretch.start()
            for number in numbers:
                vocabulary, entry, pattern = self._patterns[number]
                for match in pattern.finditer(words):
                    if match.end() > match.start():
                        yield vocabulary, base + match.start(), -(base + match.end()), entry


_STRETCH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def lexicon(topic: Topic) -> Lexicon:
    """The lexicon of what a topic asks for where it is mentioned, made once for each version of its rules."""
    return _lexicon(_Key(topic), read=True)


def other_words(topic: Topic) -> Lexicon:
    """The lexicon of the topic's other vocabularies: those by which rules read values out of words found otherwise."""
    return _lexicon(_Key(topic), read=False)


def _read(topic: Topic) -> set[str]:
    """The vocabularies of which rules of terms, what must stand near, and events ask where they are mentioned."""
    rules = [rule for attribute in topic.attributes for rule in attribute.rules]
    conditions = [condition for rule in rules for condition in (*rule.near, *rule.unless)]
    cues = (cue for kind in topic.events for cue in (*kind.cues, *kind.shown_by, *kind.again))
    return {
        *(rule.vocabulary for rule in rules if isinstance(rule, TermsRule)),
        *(rule.vocabulary for rule in rules if isinstance(rule, DeriveRule) and rule.how == "of_report"),
        *(condition.vocabulary for condition in conditions),
        *(kind.agents for kind in topic.events),
        *(condition.nearer_than for condition in conditions),
        *(cue.nearer_than for cue in cues),
    }


def _named(topic: Topic) -> set[str]:
    """Every vocabulary that a rule names."""
    return {getattr(rule, "vocabulary", "") for attribute in topic.attributes for rule in attribute.rules}


class _Key:
    """A topic compared by the hash of its rules; a topic without one only by itself."""

    def __init__(self, topic: Topic) -> None:
        self.topic = topic

    def __hash__(self) -> int:
        return hash(self.topic.rules_hash or id(self.topic))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Key):
            return NotImplemented
        if self.topic.rules_hash:
            return self.topic.rules_hash == other.topic.rules_hash
        return self.topic is other.topic


@lru_cache(maxsize=8)
def _lexicon(key: _Key, *, read: bool) -> Lexicon:
    known = _read(key.topic)
    return Lexicon(key.topic, known if read else _named(key.topic) - known)


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """English tokens; hyphens, slashes and plus signs always part them.

    It knows none of spaCy's exceptions ("cannot" as two tokens, "d." as one): no concept rests on them, and to look
    for them in a text takes ten times as long as all the rest.
    """
    parting = [r"[-–—/+×~:;,.\[\]()]", r"(?<=[0-9])(?=[A-Za-z%µμ])", r"(?<=[a-z])(?=[0-9])"]
    ends = [r"[-–—/+×~:.]"]
    known = English.Defaults
    return Tokenizer(
        create_vocab("en", known),
        prefix_search=compile_prefix_regex([*(known.prefixes or []), *ends]).search,
        suffix_search=compile_suffix_regex([*(known.suffixes or []), *ends]).search,
        infix_finditer=compile_infix_regex([*(known.infixes or []), *parting]).finditer,
        token_match=known.token_match,
        url_match=known.url_match,
    )


def _forms(term: str) -> tuple[str, ...]:
    """A term as it may be printed: with blanks for hyphens, hyphens for blanks."""
    forms = {
        term,
        re.sub(r"[-–]", " ", term),
        re.sub(r"(?<=\w) (?=\w)", "-", term),
        re.sub(r"(?<=\w)-(?=\w)", "–", term),
    }
    return tuple(sorted(forms))
