"""Asking many patterns at once, or of a whole sentence, hides nothing that one finds by itself, or in a part."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litreview import rules
from litreview.extract.sieves import words
from litreview.model import quick_look
from litreview.model.pattern import Pattern, Sieve
from litreview.model.quick_look import Asked
from litreview.model.topic import Topic


@pytest.fixture(scope="module")
def topic() -> Topic:
    return rules.load("anti_cd38_cytopenia")


def test_a_look_at_a_whole_text_hides_no_match_in_a_part_of_it(topic: Topic) -> None:
    conditions = {
        topic.regex(condition.pattern or words(condition.terms))
        for attribute in topic.attributes
        for rule in attribute.rules
        for condition in (*rule.near, *rule.unless)
        if not condition.vocabulary
    }
    chance = random.Random(11)
    texts = chance.sample([one.text for each in topic.attributes for one in each.examples if one.text], 60)
    for text in texts:
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        hidden = [one for one in conditions if not one.may_match_within(text) and one.compiled.search(text[start:end])]
        assert not hidden, (text, start, end)


@pytest.mark.parametrize("expression", [r"\bnot\b", r"^given", r"given$", r"(?<!re)started", r"(?=\d)\d+\s*mg\b"])
@given(around=st.text("re nxd1", max_size=4), behind=st.text("ly s", max_size=3))
def test_words_are_found_within_a_text_whatever_stands_around_them(expression: str, around: str, behind: str) -> None:
    for said in ("not", "given", "started", "16 mg"):
        if re.search(expression, said):
            assert Pattern(expression).may_match_within(f"{around}{said}{behind}")


@pytest.mark.parametrize("many", [24, 6])
@pytest.mark.parametrize("together", [0, 60, 100_000])
def test_patterns_are_asked_at_once_as_they_are_by_themselves(
    many: int, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of many, expressions of single letters are asked in another way than such with words.
    monkeypatch.setattr(quick_look, "_ALL", together)
    patterns = [Pattern(rf"\d\s?{letter}\b") for letter in "abcdefghijklmnopqrst"]
    patterns += [Pattern(rf"{word}\w*") for word in ("day", "platelet", "antibody", "year|y")]
    patterns = patterns[-many:]
    sieve = Sieve(patterns)
    for text in ("on day 5 m after the antibodies", "3 y and 2 d", "", "PLATELETS 7p", "µ 1a – 2b"):
        alone = [number for number, pattern in enumerate(patterns) if pattern.may_match(text)]
        assert list(sieve.passing(text)) == alone


@pytest.mark.parametrize("memory", [1 << 10, 1 << 14, 1 << 16, 1 << 20])
def test_with_too_little_memory_for_an_automaton_nothing_is_hidden(
    memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_look, "_MEMORY", memory)
    ask = Asked([rf"{letter}[^.]*[0-9]{{3}}[a-z]" for letter in "abcdefgh"]).matching

    assert {0, 3} <= set(ask(b"a d 123x."))


@given(text=st.text("ab1 \u2013\u017f\xe9", max_size=12))
def test_whatever_matches_begins_in_a_stretch(text: str) -> None:
    for expressions in ([r"\ba\w*", r"(?<=a)1"], ["b*"], [r"1\sb", r"a(?=.b)"]):
        patterns = [Pattern(expression) for expression in expressions]
        stretches = list(Sieve(patterns).stretches(text))
        for match in (match for pattern in patterns for match in pattern.compiled.finditer(text)):
            assert not match[0] or any(start <= match.start() < max(end, start + 1) for start, end in stretches)


def test_where_re2_cannot_look_for_so_much_the_whole_text_is_a_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_look, "_MEMORY", 1 << 10)
    sieve = Sieve([Pattern(rf"{letter}\w{{1,3}}[0-9]{{3}}[a-z]") for letter in "abcdefgh"])

    assert list(sieve.stretches("on day 5")) == [(0, 8)]
