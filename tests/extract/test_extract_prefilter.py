"""What spares searches changes nothing that is found: the topic's own patterns on the corpus's own sentences."""

import csv
import random
import re

import pytest

from litreview import readers, resources, rules
from litreview.extract.amounts.habits import Habit
from litreview.extract.amounts.numbers import numbers
from litreview.extract.people.words import VOCABULARIES, lexicon
from litreview.extract.sentences import sentences
from litreview.extract.sieves import prose
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic
from litreview.model.vocabulary import term_pattern
from litreview.rules.load import patterns

SENTENCES = 150
MANY = 600  # for a share, which a few sentences more or less would move


@pytest.fixture(scope="module")
def topic() -> Topic:
    return rules.load("anti_cd38_cytopenia")


@pytest.fixture(scope="module")
def texts(many: list[str]) -> list[str]:
    """A few of them."""
    return many[:SENTENCES]


@pytest.fixture(scope="module")
def many(topic: Topic) -> list[str]:
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
    return random.Random(7).sample(found, MANY)


def test_a_quick_look_never_hides_a_match(topic: Topic, texts: list[str]) -> None:
    words = [Pattern(one) for book in topic.vocabularies.values() for entry in book.entries for one in entry.patterns]
    known = [*(topic.regex(pattern) for pattern in dict.fromkeys(pattern for _, pattern in patterns(topic))), *words]
    sieve = Sieve(known)
    for text in texts:
        passing = set(sieve.passing(text))
        assert not [one.template for n, one in enumerate(known) if n not in passing and one.compiled.search(text)]


def test_a_quick_look_lets_little_pass_that_does_not_match(topic: Topic, many: list[str]) -> None:
    sieve = prose(topic)
    passing = [(sieve.patterns[number], text) for text in many for number in sieve.passing(text)]
    matching = [pattern for pattern, text in passing if pattern.compiled.search(text)]

    assert len(matching) > 0.9 * len(passing)


def test_vocabularies_find_what_plain_lists_of_their_words_find(topic: Topic, texts: list[str]) -> None:
    for book in topic.vocabularies.values():
        terms = sorted({term for entry in book.entries for term in entry.terms}, key=lambda word: (-len(word), word))
        parts = [*map(term_pattern, terms), *(one for entry in book.entries for one in entry.patterns)]
        listed = re.compile("|".join(parts), re.IGNORECASE)
        together = topic.regex(f"<{book.name}>").compiled
        for text in texts[:40]:
            assert [one.span() for one in together.finditer(text)] == [one.span() for one in listed.finditer(text)]


def test_words_about_people_are_found_where_each_form_is_tried_at_every_place(topic: Topic, texts: list[str]) -> None:
    entries = [(name, entry) for name in VOCABULARIES for entry in topic.vocabularies[name].entries]
    forms = [
        (name, frozenset(entry.tags), re.compile(expression, re.IGNORECASE))
        for name, entry in entries
        for expression in (*map(term_pattern, entry.terms), *(rf"\b(?:{one})" for one in entry.patterns))
    ]
    for text in texts[:12]:
        places = [edge.start() for edge in re.finditer(r"\b", text)]
        tried = [(*form[:2], form[2].match(text, place)) for place in places for form in forms]
        longest = {(name, tags, match.start()): 0 for name, tags, match in tried if match}
        for name, tags, match in tried:
            if match:
                longest[name, tags, match.start()] = max(longest[name, tags, match.start()], match.end())

        found = {(hit.vocabulary, hit.tags, hit.span.start): hit.span.end for hit in lexicon(topic).scan(text)}
        assert found == longest


def test_numbers_are_read_alike_the_first_and_the_second_time(texts: list[str]) -> None:
    first = [numbers(text, Habit()) for text in texts]
    numbers.cache_clear()

    assert [numbers(text, Habit()) for text in texts] == first
