"""A topic's vocabularies as matchers: spaCy phrases for literal terms, regular expressions for patterns."""

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.attrs import IDX, LENGTH
from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

from litreview.extract.parsed import Mention
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic
from litreview.model.vocabulary import Entry, Vocabulary


class Lexicon:
    """Finds every concept in a text, of every vocabulary of which a topic asks where it is mentioned."""

    def __init__(self, topic: Topic) -> None:
        self.tokens = tokenizer()
        self._any_case = PhraseMatcher(self.tokens.vocab, attr="LOWER")
        self._as_printed = PhraseMatcher(self.tokens.vocab, attr="ORTH")
        self._entries: dict[str, list[tuple[Vocabulary, Entry]]] = {}
        self._patterns: list[tuple[Vocabulary, Entry, Pattern]] = []
        asked = _asked(topic)
        for vocabulary in (vocabulary for name, vocabulary in topic.vocabularies.items() if name in asked):
            for entry in vocabulary.entries:
                self._learn(vocabulary, entry, topic)
        self._sieve = Sieve([pattern for _, _, pattern in self._patterns])

    def mentions(self, doc: Doc, text: str) -> tuple[Mention, ...]:
        """Every concept mentioned in a text (`doc` are its tokens), in order; in a vocabulary the longest words win."""
        found = [*self._literal(doc, text), *self._patterned(text)]
        found.sort(key=lambda mention: (mention.vocabulary, mention.span.start, -mention.span.end))
        kept: list[Mention] = []
        for mention in found:
            last = kept[-1] if kept else None
            rival = last and last.vocabulary == mention.vocabulary and mention.span.start < last.span.end
            if rival and last and mention.span != last.span:
                continue
            kept.append(mention)
        return tuple(sorted(dict.fromkeys(kept), key=_place))

    def _learn(self, vocabulary: Vocabulary, entry: Entry, topic: Topic) -> None:
        for term in entry.terms:
            strict = len(term) <= 4 and term.isupper()
            matcher = self._as_printed if strict else self._any_case
            key = f"{'=' if strict else ''}{term if strict else term.lower()}"
            if key not in self._entries:
                matcher.add(key, [self.tokens(form) for form in _forms(term)])
            self._entries.setdefault(key, []).append((vocabulary, entry))
        for pattern in entry.patterns:
            self._patterns.append((vocabulary, entry, topic.regex(pattern)))

    def _literal(self, doc: Doc, text: str) -> Iterator[Mention]:
        strings = self.tokens.vocab.strings
        starts, lengths = doc.to_array([IDX, LENGTH]).T.tolist()
        for matcher in (self._any_case, self._as_printed):
            for key, start, end in matcher(doc):
                span = Span(starts[start], starts[end - 1] + lengths[end - 1])
                for vocabulary, entry in self._entries[strings[key]]:
                    yield Mention(span, vocabulary.name, entry.named(text[span.start : span.end]), entry.tags)

    def _patterned(self, text: str) -> Iterator[Mention]:
        """Concepts by their patterns, in each stretch between empty lines those that it may hold."""
        for stretch in _STRETCH.finditer(text):
            words, base = stretch.group(), stretch.start()
            for number in self._sieve.passing(words):
                vocabulary, entry, pattern = self._patterns[number]
                for match in pattern.matches(words):
                    if match.end() > match.start():
                        span = Span(base + match.start(), base + match.end())
                        yield Mention(span, vocabulary.name, entry.named(match.group()), entry.tags)


def _asked(topic: Topic) -> set[str]:
    """The vocabularies that rules, what must stand near, and events name."""
    rules = [rule for attribute in topic.attributes for rule in attribute.rules]
    conditions = [condition for rule in rules for condition in (*rule.near, *rule.unless)]
    named = (getattr(one, "vocabulary", "") for one in (*rules, *conditions))
    return {*named, *(kind.agents for kind in topic.events)}


def _place(mention: Mention) -> tuple[int, int, str, str]:
    return mention.span.start, mention.span.end, mention.vocabulary, mention.value


_STRETCH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def lexicon(topic: Topic) -> Lexicon:
    """The topic's lexicon, made once for each version of its rules."""
    return _lexicon(_Key(topic))


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


@lru_cache(maxsize=4)
def _lexicon(key: _Key) -> Lexicon:
    return Lexicon(key.topic)


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
