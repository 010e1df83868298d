"""What spares searches changes nothing that is found: the topic's own patterns on the corpus's own sentences."""

import csv
import random
import re

import pytest

from litreview import readers, resources, rules
from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.numbers import numbers
from litreview.extract.sentences import sentences
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic
from litreview.model.vocabulary import term_pattern
from litreview.rules.load import patterns

SENTENCES = 150


@pytest.fixture(scope="module")
def topic() -> Topic:
    return rules.load("anti_cd38_cytopenia")


@pytest.fixture(scope="module")
def texts(topic: Topic) -> list[str]:
    """Sentences of the reports that rules are written for, at random but always the same, and the rules' examples."""
    folder = resources.corpus_dir()
    with (folder / "gold" / "reports.csv").open(encoding="utf-8", newline="") as file:
        names = [row["pmcid"] for row in csv.DictReader(file) if row["split"] == "rules" and row["pmcid"]]
    found = []
    for name in names:
        for item in readers.read_path(folder / "pmc" / f"{name}.xml"):
            if isinstance(item, tuple) and item[1] is not None:
                found += [item[1][sentence.span] for sentence in sentences(item[1])]
    found += [example.text for attribute in topic.attributes for example in attribute.examples if example.text]
    return random.Random(7).sample(found, SENTENCES)


def test_a_prefilter_never_hides_a_match(topic: Topic, texts: list[str]) -> None:
    known = list(dict.fromkeys(pattern for _, pattern in patterns(topic)))
    for pattern in (topic.regex(one) for one in known):
        for text in texts:
            if not pattern.may_match(text):
                assert pattern.compiled.search(text) is None, (pattern.template, text)


def test_a_sieve_never_hides_a_match(topic: Topic, texts: list[str]) -> None:
    words = [Pattern(one) for book in topic.vocabularies.values() for entry in book.entries for one in entry.patterns]
    sieve = Sieve(words)
    for text in texts:
        passing = set(sieve.passing(text))
        assert not [one.template for n, one in enumerate(words) if n not in passing and one.compiled.search(text)]


def test_vocabularies_find_what_plain_lists_of_their_words_find(topic: Topic, texts: list[str]) -> None:
    for book in topic.vocabularies.values():
        terms = sorted({term for entry in book.entries for term in entry.terms}, key=lambda word: (-len(word), word))
        parts = [*map(term_pattern, terms), *(one for entry in book.entries for one in entry.patterns)]
        listed = re.compile("|".join(parts), re.IGNORECASE)
        together = topic.regex(f"<{book.name}>").compiled
        for text in texts[:40]:
            assert [one.span() for one in together.finditer(text)] == [one.span() for one in listed.finditer(text)]


def test_the_patterns_of_the_topic_mostly_need_something(topic: Topic) -> None:
    needs = [bool(topic.regex(pattern).needs) for _, pattern in patterns(topic)]

    assert sum(needs) > 0.8 * len(needs)


def test_numbers_are_read_alike_the_first_and_the_second_time(texts: list[str]) -> None:
    first = [numbers(text, Habit()) for text in texts]
    numbers.cache_clear()

    assert [numbers(text, Habit()) for text in texts] == first
