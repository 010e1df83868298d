"""A pattern finds what the plain expression finds, and passes texts by only where there is nothing to find."""

import pickle
import re
from itertools import pairwise

import pytest

from litreview.model.pattern import Alternatives, Pattern, Sieve
from litreview.model.vocabulary import any_of, term_pattern


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("transplant", "TRANSPLANTATION"),
        (r"\btransplant\b", "(transplant)"),
        (r"\bday\s+\+?58", "on day\n58"),
        (r"(?:grade|stage)\s+[IV]+", "Stage IV"),
        (r"an(?:a)?emia", "anaemia"),
        (r"tumou?r", "tumor"),
        (r"(?<![A-Za-z0-9])CR(?![A-Za-z0-9])", "a CR."),
        (r"\bCR\b", "é CR é"),
        (r"graft[\s\-–]+versus[\s\-–]+host", "graft–versus - host"),
        (r"anti[\s\-–]?CD38", "antiCD38"),
        (r"response(?=\s+rate)", "response rate"),
        (r"(?<=no )relapse", "no relapse"),
        (r"(?!never)given", "given"),
        (r"(?:ab|cd){2,3}", "ABCD"),
        (r"(a)bc\1de", "abcade"),
        (r"(?>abc|de)fgh", "defgh"),
        (r"(?:abc)?+def", "def"),
        (r"(?i:dose) of", "DOSE of"),
        (r"x*yes", "yes"),
        (r"[sz]witch", "Zwitch"),
        (r"switch", "\u017fwitch"),
        (r"kelvin", "\u212aelvin"),
        (r"wish", "w\u0130sh"),
        (r"wish", "w\u0131sh"),
        (r"naïve cell", "NAÏVE CELL"),
        (r"foo_\bbar|foo\b", "foo"),
        (r"\w+\b(?:| was)", "he was"),
        (r"(?<!\w)ten(?!\w)", "ten"),
        (r"^start|end$", "the end"),
        ("", ""),
    ],
)
def test_a_text_that_matches_is_never_passed_by(pattern: str, text: str) -> None:
    assert re.compile(pattern, re.IGNORECASE).search(text)

    assert Pattern(pattern).search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bdose\b(?! of)", "a dose of ten, the dose again, dose"),
        (r"(?<=first )dose|(?<!first )infusion", "first infusion, first dose, second infusion"),
        (r"\w+ cells?|cell", "red cells and white cell cell, cell"),
        (r"x*", "xx and another xxx at the end"),
        (r"(?=given)|ten days", "ten days, given for ten days, given"),
        (r"^day|day$", "day after day, and after the day"),
        (r"[^.;]{3,}?(?:was|were) given", "one was given; two were given. three were given"),
        (r"is\b", "this is i\u017f, his is this is"),
        (r"\d+ \u00b5g", "of 5 \u00b5g and 7 \u00b5g and 9 mg"),
    ],
)
@pytest.mark.parametrize(("start", "end"), [(0, None), (5, None), (3, 24)])
def test_every_match_of_the_plain_expression_is_found_and_no_other(
    pattern: str, text: str, start: int, end: int | None
) -> None:
    plain = re.compile(pattern, re.IGNORECASE)
    stop = len(text) if end is None else end
    expected = [match.span() for match in plain.finditer(text, start, stop)]
    first = plain.search(text, start, stop)

    found, only = Pattern(pattern).finditer(text, start, end), Pattern(pattern).search(text, start, end)

    assert [match.span() for match in found] == expected
    assert (only and only.span()) == (first and first.span())


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("transplant", "a graft"),
        (r"\bten\b", "tender"),
        ("(?:received|given) .* rituximab", "given danazol"),
        (r"(?:complete|CR|CRi)\b", "partial"),
        (r"\bday\s+\d+", "day after day"),
        ("steroid(?=,)", "steroids"),
    ],
)
def test_a_text_in_which_there_is_nothing_like_a_match_is_passed_by(pattern: str, text: str) -> None:
    assert not Pattern(pattern).may_match(text)


def test_a_part_of_a_text_may_end_where_the_text_has_no_word_edge() -> None:
    pattern = Pattern(r"\btransplant\b")

    assert pattern.search("transplantation") is None
    assert pattern.search("transplantation", 0, 10)
    assert list(pattern.finditer("transplantation", 0, 10))
    assert pattern.fullmatch("transplantation", 0, 10)


def test_what_vocabularies_stand_for_is_looked_for_too() -> None:
    letter = chr(0xF0000)
    drugs = Alternatives(("alpha", "beta"))
    pattern = Pattern(f"with {letter}", {letter: drugs})

    assert pattern.search("treated with Beta")
    assert not pattern.may_match("treated with gamma")


def test_of_alternatives_that_match_at_a_place_the_first_one_listed_wins() -> None:
    ways = (r"\balpha", r"\balphabet", "beta", r"\bbetablocker")

    found = [match.group() for match in re.finditer(Alternatives(ways).expression, "alphabet, betablocker, gigabeta")]

    assert found == ["alpha", "beta", "beta"]


def test_a_few_letters_are_searched_like_any_text() -> None:
    pattern = Pattern(r"\bdose\b")
    assert pattern.search("a dose")

    assert pattern.search("doses") is None
    assert [match.span() for match in pattern.finditer("dose, dose")] == [(0, 4), (6, 10)]


def test_a_pattern_goes_to_another_process_uncompiled() -> None:
    pattern = Pattern("dose")
    assert pattern.search("a dose")

    again = pickle.loads(pickle.dumps(pattern))

    assert "compiled" not in vars(again)
    assert again.search("a dose")


def test_a_sieve_names_in_order_all_patterns_that_match() -> None:
    sieve = Sieve([Pattern("gamma"), Pattern(r"\d"), Pattern("alpha|beta"), Pattern("alpha.*delta")])

    assert list(sieve.passing("alpha and gamma")) == [0, 2]
    assert list(sieve.passing("alpha 2")) == [1, 2]


def test_a_sieve_of_nothing_passes_nothing() -> None:
    assert not Sieve([]).passing("alpha")


TERMS = ("anti-CD38", "antibody", "anti", "CR", "CR1", "cr", "AB-O", "(+)", "+ve", "β-blocker", "total body", "IgA")
TEXTS = ("Anti CD38 antibody", "anticd38", "CR1 and cr", "(+) +ve", "a total-body β blocker", "iga IgA ab-o AB-O ABO")


@pytest.mark.parametrize("text", TEXTS)
def test_terms_together_find_what_a_list_of_their_patterns_finds(text: str) -> None:
    for terms in (TERMS, TERMS[::-1], *pairwise(TERMS)):
        listed = re.compile("|".join(map(term_pattern, terms)), re.IGNORECASE)
        together = re.compile(any_of(terms), re.IGNORECASE)

        assert [m.span() for m in together.finditer(text)] == [m.span() for m in listed.finditer(text)]
