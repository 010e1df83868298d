"""Casts: several patients introduced in one breath, "two boys and a girl aged 11, 4 and 8 years, respectively"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from litreview.extract.people.counts import counted
from litreview.model.document import Span
from litreview.model.topic import Topic
from litreview.model.vocabulary import Entry

_AND = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*/\s*|\s*&\s*)"
_COUNT = r"(?:<counts>|\d{1,2}|an?|one|another)"
PHRASE = rf"(?:{_COUNT})\s+(?:[\w-]+\s+){{0,2}}?(?:<people>)(?![\w-])"
PHRASES = rf"{PHRASE}(?:{_AND}{PHRASE})+"
_SEX = r"(?:<people#female>|<people#male>)"
_AGE = r"\d{1,2}(?:\.\d)?"
_UNIT = r"(?P<unit>years?|yrs?|y|months?|mo)\b\.?"
_LISTED = (
    rf"(?P<people>{PHRASE}(?:{_AND}{PHRASE})*|(?<=\(){_SEX}(?:{_AND}{_SEX})+)(?:\s+with\s+[^,;:.()]{{1,60}}?)?\s*[,;:()]{{0,2}}\s*"
    rf"(?:(?:both\s+|all\s+|who\s+were\s+)?(?P<aged>aged|ages?|of)\s+)?(?P<ages>{_AGE}(?:{_AND}{_AGE})+)"
    rf"(?:\s*{_UNIT}(?P<old>[\s-]*(?:old|of\s+age))?)?(?P<shared>,?\s*respectively)?"
)
_GLUED = (
    rf"(?P<ages>{_AGE}-(?:{_AND}(?:an?\s+)?{_AGE}-)*{_AND}(?:an?\s+)?{_AGE})-{_UNIT}-old\s+"
    r"(?P<people>(?:[\w-]+\s+){0,2}?(?:<people>))(?![\w-])"
)
_SEVERAL_AGES = re.compile(r"\d-?\s*(?:,|&|\band\b)\s*(?:and\s*)?(?:an?\s+)?\d")


@dataclass(frozen=True, slots=True)
class Player:
    """One person of a cast: the phrase that stands for it (and maybe for others), its age in years, and where that is.

    `common` is the stretch that the cast's people, or ages, share.
    """

    phrase: Span
    sex: str
    adult: bool | None
    age: float
    age_span: Span
    common: tuple[Span, ...] = ()


def cast(text: str, span: Span, topic: Topic) -> tuple[Player, ...]:
    """The people of a sentence that lists them with their ages; empty where phrases and ages do not match in number."""
    if not _SEVERAL_AGES.search(text, span.start, span.end):
        return ()
    return (*_listed(text, span, topic), *_glued(text, span, topic))


def _listed(text: str, span: Span, topic: Topic) -> Iterator[Player]:
    for listed in topic.regex(_LISTED).finditer(text, span.start, span.end):
        if not _of_ages(listed):
            continue
        people: list[tuple[Span, str, bool | None]] = []
        one = PHRASE if text[listed.start() - 1] != "(" or topic.regex(PHRASE).match(listed[0]) else _SEX
        for phrase in topic.regex(one).finditer(text, listed.start("people"), listed.end("people")):
            people += [_described(phrase, topic)] * (counted(phrase[0].split()[0].lower(), topic) or 1)
        yield from _players(people, listed)


def _of_ages(listed: re.Match[str]) -> bool:
    """Whether the numbers behind the people are surely ages."""
    if listed["aged"] in ("aged", "age", "ages"):
        return True
    return bool(listed["old"] or (listed["unit"] and (listed["aged"] or listed["shared"])))


def _glued(text: str, span: Span, topic: Topic) -> Iterator[Player]:
    """ "An 11- and a 4-year-old boy"."""
    for listed in topic.regex(_GLUED).finditer(text, span.start, span.end):
        phrase = _described(re.compile(re.escape(listed["people"])).match(text, listed.start("people")), topic)
        yield from _players([phrase] * len(re.findall(_AGE, listed["ages"])), listed)


def _players(people: list[tuple[Span, str, bool | None]], listed: re.Match[str]) -> Iterator[Player]:
    ages = list(re.compile(_AGE).finditer(listed.string, *listed.span("ages")))
    if len(people) != len(ages) or len(people) < 2:
        return
    per_year = 12 if (listed["unit"] or "").startswith("mo") else 1
    common = (Span(*listed.span("people")), Span(*listed.span("ages")))
    for person, age in zip(people, ages, strict=True):
        yield Player(*person, float(age[0]) / per_year, Span(*age.span()), common)


def _described(phrase: re.Match[str] | None, topic: Topic) -> tuple[Span, str, bool | None]:
    assert phrase is not None
    tags = {tag for entry in topic.vocabularies["people"].entries if _ends_with(phrase[0], entry) for tag in entry.tags}
    sex = "female" if "female" in tags else "male" if "male" in tags else ""
    return Span(*phrase.span()), sex, True if "adult" in tags else False if "child" in tags else None


def _ends_with(phrase: str, entry: Entry) -> bool:
    return phrase.lower().split()[-1] in entry.terms
