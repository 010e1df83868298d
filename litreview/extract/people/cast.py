"""Casts: several patients introduced in one breath, "two boys and a girl aged 11, 4 and 8 years, respectively"."""

import re
from dataclasses import dataclass

from litreview.extract.people.counts import counted
from litreview.model.document import Span
from litreview.model.topic import Topic
from litreview.model.vocabulary import Entry

_COUNT = r"(?:<counts>|\d{1,2}|an?|one)"
_PHRASE = rf"(?:{_COUNT})\s+(?:[\w-]+\s+){{0,2}}?(?:<people>)(?![\w-])"
_LISTED = (
    rf"(?P<people>{_PHRASE}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_PHRASE})*)\s*[,(]?\s*(?:aged|ages?|of)\s*"
    r"(?P<ages>\d{1,2}(?:\.\d)?(?:\s*(?:,\s*(?:and\s+)?|\band\s+)\d{1,2}(?:\.\d)?)+)\s*(?:years?(?:\s+old|\s+of\s+age)?)?"
)

_AGES = re.compile(r"\b(?:aged|ages?|of)\s*\d{1,2}(?:\.\d)?\s*(?:,|and)\s*(?:and\s*)?\d")


@dataclass(frozen=True, slots=True)
class Player:
    """One person of a cast, with the phrase that stands for it (and maybe for others), its sex and age in years."""

    phrase: Span
    sex: str
    adult: bool | None
    age: float


def cast(text: str, span: Span, topic: Topic) -> tuple[Player, ...]:
    """The people of a sentence that lists them with their ages; empty where phrases and ages do not match in number."""
    if not _AGES.search(text, span.start, span.end):
        return ()
    listed = topic.regex(_LISTED).search(text, span.start, span.end)
    if not listed:
        return ()
    people: list[tuple[Span, str, bool | None]] = []
    for phrase in topic.regex(_PHRASE).finditer(text, listed.start("people"), listed.end("people")):
        people += [_described(phrase, topic)] * (counted(phrase[0].split()[0].lower(), topic) or 1)
    ages = [float(age) for age in re.findall(r"\d{1,2}(?:\.\d)?", listed["ages"])]
    if len(people) != len(ages) or len(people) < 2:
        return ()
    return tuple(Player(*person, age) for person, age in zip(people, ages, strict=True))


def _described(phrase: re.Match[str], topic: Topic) -> tuple[Span, str, bool | None]:
    tags = {tag for entry in topic.vocabularies["people"].entries if _ends_with(phrase[0], entry) for tag in entry.tags}
    sex = "female" if "female" in tags else "male" if "male" in tags else ""
    return Span(*phrase.span()), sex, True if "adult" in tags else False if "child" in tags else None


def _ends_with(phrase: str, entry: Entry) -> bool:
    return phrase.lower().split()[-1] in entry.terms
