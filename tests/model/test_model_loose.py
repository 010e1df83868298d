"""A looser expression matches, in a text's plain form, wherever the pattern does in the text."""

import re
import sys

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.model.loose import ANYTHING, loose, plain
from litreview.model.pattern import Pattern

PLAIN = "abkst019 "
OTHERS = "-_?.\n\té–µ\u00a0\u2028²ıſ\u212a\u0130ß"
CLASSES = [
    r"\w",
    r"\W",
    r"\d",
    r"\D",
    r"\s",
    r"\S",
    ".",
    "[a-k]",
    "[^a-k]",
    "[^_]",
    "[^ ]",
    "[^?–]",
    r"[^\W]",
    r"[^\s,]",
    "[à-ÿ]",
]
PLACES = [r"\b", r"\B", "^", "$", r"\Z", "(?<![A-Za-z0-9])", "(?![A-Za-z0-9])", r"(?<!\w)", r"(?!\w)"]

letters = st.sampled_from([*map(re.escape, PLAIN + OTHERS), *CLASSES])


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,60}?", "{5,9}", "*+"])
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"(?:{'|'.join(ways)})"),
        st.tuples(inner, repeats).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.tuples(st.sampled_from(["(?=", "(?!", "(?-i:", "(?i:", "(?>", "("]), inner).map(
            lambda pair: f"{pair[0]}{pair[1]})"
        ),
        letters.map(lambda letter: f"(?<={letter})"),
    )


expressions = st.recursive(st.one_of(letters, st.sampled_from(PLACES)), _around, max_leaves=14)
texts = st.text(st.sampled_from(PLAIN + OTHERS), max_size=14)


@given(expressions, texts)
@settings(max_examples=400)
def test_what_matches_is_never_passed_by(expression: str, text: str) -> None:
    matches = re.compile(expression, re.IGNORECASE).search(text)

    assert not matches or Pattern(expression).may_match(text)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("transplant", "transplant"),
        (r"\bday\b", r"\bday\b"),
        (r"(?<![A-Za-z0-9])CR(?![A-Za-z0-9])", r"\bCR\b"),
        (r"\d{2,60}", r"(?:[\x30-\x39\x3f-\x3f]){2,}"),
        ("response(?= rate)", r"response(?:[\x20-\x20]rate)"),
        ("(?!never)given", "given"),
        (r"(a)b\1", r"(?:a)b[\x00-\x7f]*"),
        ("(?m)^dose", ANYTHING),
        ("(?s:dose.)", ANYTHING),
        ("(a)?(?(1)b|c)", ANYTHING),
        ("\u017f", ANYTHING),
    ],
)
def test_look_around_and_counts_are_let_go(expression: str, expected: str) -> None:
    assert loose(expression) == expected


def test_a_letter_that_stands_for_others_is_spelled_out() -> None:
    letter = chr(0xF0000)

    assert loose(f"with (?:{letter}|x) or {letter}", lambda _: "(?:a|b)").count("(?:a|b)") == 2


@given(texts)
def test_the_plain_form_keeps_the_length_and_is_ascii(text: str) -> None:
    form = plain(text)

    assert form is None or len(form) == len(text)


def test_the_plain_form_has_blanks_for_blanks_and_marks_for_what_else_is_not_ascii() -> None:
    assert plain("Anti–CD38_µg\u00a0ok") == b"Anti?CD38??g ok"


def test_letters_that_ignore_case_across_ascii_have_no_plain_form() -> None:
    assert plain("w\u0131th") is None


def test_an_expression_that_is_too_much_for_re2_passes_everything() -> None:
    nested = "(?:" * 5 + "ab" + "){4}" * 5

    with pytest.raises(re2.error):
        re2.compile(loose(nested))
    assert Pattern(nested).may_match("")


def test_every_blank_beyond_ascii_is_a_plain_blank() -> None:
    blanks = [letter for letter in map(chr, range(0x80, sys.maxunicode + 1)) if re.fullmatch(r"\s", letter)]

    assert {plain(letter) for letter in blanks} == {b" "}
