"""Siblings who are patients: "a girl and her brother, both treated", "patient 2, his twin", not the healthy donor."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from litreview.extract.parsed import Aside, Sentence
from litreview.extract.people.words import Hit
from litreview.model.document import Document
from litreview.model.topic import Topic

_OF = r"(?:(?:the|his|her|a|an)\s+)"
_KIND = (
    r"(?:(?:younger|older|elder|eldest|youngest|twin|affected|full|half|little|male|female"
    r"|[\w.]+-(?:year|month)s?-old)[\s,]+){0,3}"
)
_KIN = r"(?P<kin><relatives#sibling>)\b(?!\s+(?:donors?|donated|had\s+(?:already\s+)?died))"
_ANY_KIN = _KIN.replace("<relatives#sibling>", "<relatives>")
_LABEL = (
    r"(?:<labels#one>\s*(?:no\.?\s*|\#\s?)?\w{1,4}|(?-i:P)\s?\d{1,2}|\#\s?\d{1,2}"
    r"|(?:the|our)\s+(?:<turns>)\s+(?:<people#one>))"
)
_BROUGHT_IN = (
    rf"{_LABEL}(?:\s*\([^()]{{1,12}}\))?\s*(?:[,(:]|\b(?:was|is)\b)\s*{_OF}?{_KIND}{_ANY_KIN}",
    rf"{_OF}{_KIND}{_ANY_KIN}\s*\({_LABEL}\)",
)
_PAIR = (
    rf"<people#one>(?:\s*\([^()]*\))?\s+and\s+(?:his|her)\s+{_KIND}{_KIN}"
    r"(?!\s+(?:as|who|served|was|were\s+(?:\w+\s+)?(?:typed|matched|identical)))"
)
_SEVERAL = rf"\b(?:two|three|both|four|<people#one>)?\s*{_KIND}(?P<kin><relatives#sibling>)\b"
_TREATED = (
    rf"(?:\b(?:his|her|the|whose)\s+{_KIND}{_KIN}(?:(?!\b(?:he|she|donor|donated|patient|died|who)\b)[^.;]){{0,120}}?\s"
    r"(?:received|was\s+(?:(?:also|likewise|later)\s+)?(?:given|treated|started|switched))\b[^.;]{0,80}?<DRUG>"
    r"|\b(?:elder|older|younger|eldest|youngest)\b(?!\s+(?:patients?|than))[^.;]{0,100}?<DRUG>)"
)
_TOGETHER = r"\b(?:both|each|all|two|three|siblings|brothers|sisters|twins)\b"
_ONE_OF_THEM = r"(?![^.;]{0,40}\b(?:in|for|of|to)\s+(?:only\s+)?(?:one\b(?!\s+and\b)|the\s+affected\b))"
_BOTH_TREATED = rf"(?:{_TOGETHER}[^.;]{{0,120}}?<DRUG>|<DRUG>[^.;]{{0,120}}?{_TOGETHER}){_ONE_OF_THEM}"
_TREATED_TOO = r"\b(?:she|he)\s+(?:too|also|likewise|was\s+(?:also|likewise))\b[^.;]{0,60}?<DRUG>"
_OTHERS = re.compile(
    r"\b(?:healthy|unaffected|asymptomatic|discordant|one\s+of\s+(?:the\s+)?two|(?:are|is|were|was)\s+well|HLA|donors?|carriers?|typed|died"
    r"|no\s+(?:affected\s+)?siblings?)\b"
)
_FROM_DONOR = re.compile(r"\bfrom\s+(?:(?!his|her|their|whose)[\w/\-–]+\s+){1,6}?donors?\b", re.IGNORECASE)
_TELLING = ("title", "abstract", "case", "results", "other")


def sibling_patients(
    document: Document, sentences: Iterable[Sentence], hits: tuple[Hit, ...], topic: Topic
) -> frozenset[str]:
    """The relations, as the vocabulary writes them, that stand for patients of the report; empty in most reports."""
    kin = [hit.span.start for hit in hits if hit.vocabulary == "relatives"]
    if not kin:
        return frozenset()
    told = [one.span for one in sentences if one.section in _TELLING]
    of_kin = [document[span] for span in told if bisect_left(kin, span.start) < bisect_left(kin, span.end)]
    found = {word for text in of_kin for word in _named(text, topic)}
    joined = {word for text in of_kin for word in _joined(text, topic)}
    if joined and _any_treated([document[span] for span in told], topic):
        found |= joined
    values = {hit.value for hit in hits if hit.vocabulary == "relatives" and document[hit.span].lower() in found}
    several = any("many" in hit.tags and hit.value in values for hit in hits)
    return frozenset(hit.value for hit in hits if "sibling" in hit.tags) if several else frozenset(values)


def _named(text: str, topic: Topic) -> Iterator[str]:
    """Siblings with a patient's label, or who were given the drug."""
    for pattern in (*_BROUGHT_IN, _TREATED.replace("<DRUG>", _drug(topic))):
        for match in topic.regex(pattern).finditer(text):
            if match["kin"]:
                yield match["kin"].lower()


def _joined(text: str, topic: Topic) -> Iterator[str]:
    """Siblings told of beside another patient, or by number, where no healthy ones or donors are meant."""
    for match in topic.regex(_PAIR).finditer(text):
        yield match["kin"].lower()
    for match in topic.regex(_SEVERAL).finditer(text):
        if match["kin"].lower().endswith("s") and not _OTHERS.search(_FROM_DONOR.sub(" ", text)):
            yield match["kin"].lower()


def _any_treated(told: list[str], topic: Topic) -> bool:
    patterns = [topic.regex(each.replace("<DRUG>", _drug(topic))) for each in (_BOTH_TREATED, _TREATED, _TREATED_TOO)]
    return any(pattern.search(text) for text in told for pattern in patterns)


def _drug(topic: Topic) -> str:
    agents = topic.event(topic.clock.start).agents
    return f"<{agents}>"


def as_patients(hits: tuple[Hit, ...], asides: tuple[Aside, ...], siblings: frozenset[str]) -> tuple[Hit, ...]:
    """The hits, with siblings who are patients as people, where they are not told of as donors."""
    return tuple(
        replace(hit, vocabulary="people", tags=hit.tags | {"sibling"} | (set() if "many" in hit.tags else {"one"}))
        if hit.vocabulary == "relatives"
        and hit.value in siblings
        and not any(hit.span in aside.span for aside in asides)
        else hit
        for hit in hits
    )
