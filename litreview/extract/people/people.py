"""People as a sentence names them: noun phrases with age and sex, labels, groups, turns and pronouns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from litreview.extract.people.ages import (
    AGES,
    OPENING_CODE,
    age_and_sex,
    age_behind,
    age_in,
    opening_code,
    sex_behind,
    years,
)
from litreview.extract.people.counts import counted, meaning
from litreview.extract.people.labels import LABELS, labels
from litreview.extract.people.phrases import Article, phrase_start, small_words
from litreview.extract.people.words import Hit
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic
from litreview.model.values import dataclass

RefKind = Literal["label", "noun", "many", "pronoun", "turn"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of one or several people.

    `head` is the noun (or pronoun) that the phrase turns on. `sex` is `female`, `male` or empty, `age` in years,
    `adult` whether the noun says so. `count` is a stated number ("two patients"), `group` the group word's value,
    `turn` an ordinal's. `keys` are a label's. `bare` marks labels that no noun explains, `related` siblings who are
    patients.
    """

    span: Span
    kind: RefKind
    head: str = ""
    article: Article = ""
    sex: str = ""
    age: float | None = None
    adult: bool | None = None
    keys: tuple[str, ...] = ()
    bare: bool = False
    count: int | None = None
    group: str = ""
    turn: str = ""
    related: bool = False

    @property
    def introduces(self) -> bool:
        """Whether the phrase can bring a person up for the first time: "a boy", "this 31-year-old man"."""
        if self.kind != "noun":
            return False
        told = self.age is not None or bool(self.sex) or self.adult is not None
        numbered = self.article in ("the", "our") and self.turn.isdigit()
        return (self.article in ("a", "") and told) or ((self.article == "this" or numbered) and self.age is not None)


_NEXT_WORD = re.compile(r"\s+([A-Za-z]{3,})")
_GROUP_OF = re.compile(r"\b([A-Za-z]+)\s+of\s+\Z")
_PARTING = re.compile(r"[,;:.()]|\b(?:with|who|and)\b")
_WHOLE_GROUPS = ("all", "none", "both")
_SEX_NOUNS = frozenset({"male", "female", "males", "females"})


def refs(
    text: str, span: Span, hits: Sequence[Hit], topic: Topic, silent: frozenset[Pattern] = frozenset()
) -> tuple[Ref, ...]:
    """The people a sentence names, in order; of phrases that overlap the one that says more is kept.

    `silent` are patterns that are known to match nowhere in the sentence.
    """
    found: list[Ref] = []
    nouns: list[Hit] = []
    if topic.regex(LABELS) not in silent:
        found += _labelled(text, span, topic)
    if hits:
        others = [hit for hit in hits if "not" in hit.tags]
        nouns += (hit for hit in hits if hit.vocabulary == "people" and not _in_another_sense(hit, others))
        found += _phrases(text, span, nouns, topic)
    if AGES not in silent:
        found += _aged(text, span, nouns, topic)
    if OPENING_CODE not in silent:
        found += _coded(text, span)
    found += _pronouns(hits)
    if topic.regex(LEFT_OVER) not in silent:
        found += _left_over(text, span, topic)
    return _without_nested(sorted(found, key=_place)) if len(found) > 1 else tuple(found)


def _place(ref: Ref) -> tuple[int, int]:
    return ref.span.start, -ref.span.end


def _labelled(text: str, span: Span, topic: Topic) -> Iterator[Ref]:
    for label in labels(text, topic, span.start, span.end):
        yield Ref(label.span, "label", head="label", keys=label.keys, bare=label.bare)
        if code := age_and_sex(text, label.span.end, span.end):
            yield Ref(code[0], "noun", "coded", "a", age=code[1], sex=code[2])


# "The drug was switched because another child's vial could be shared": nobody who is told of. Where a sentence begins
# so, it is not on those told of before, and brings up nobody.
_ANOTHERS = re.compile(r"another\s[^.;,]*['’]s$", re.IGNORECASE)


def _phrases(text: str, span: Span, nouns: list[Hit], topic: Topic) -> Iterator[Ref]:
    for hit in nouns:
        if hit.value not in _SEX_NOUNS or not _qualifies(text, span, hit, topic):
            ref = _phrase(text, span, hit, topic)
            if not _ANOTHERS.match(text, ref.span.start, ref.span.end):
                yield ref
            elif ref.span.start == span.start:
                yield replace(ref, sex="", adult=None)


def _aged(text: str, span: Span, nouns: list[Hit], topic: Topic) -> Iterator[Ref]:
    """Those whom an age alone stands for: "the 31-year-old"."""
    for age in AGES.finditer(text, span.start, span.end):
        if not any(_modifies(text, age, hit) for hit in nouns):
            ref = _aged_phrase(text, span, age, topic)
            if ref.article in ("a", "the", "this", "our") or ref.sex:
                yield ref


def _coded(text: str, span: Span) -> Iterator[Ref]:
    """Whom a sentence opens with: "45/M, known to have ITP"."""
    if code := opening_code(text, span):
        yield Ref(code[0], "noun", "coded", "a", age=code[1], sex=code[2])


LEFT_OVER = (
    r"\b(?:the\s+(?:remaining|other)\s+(?P<count>\d{1,2}|<counts>)|(?:all\s+(?:the\s+)?|the\s+)(?:others|rest))"
    r"(?=\s+(?:<clauses#verb>|<clauses#personal>|had|have|did|do|all|each|never|not)\b|\s*(?:[.,;:)]|$))"
)


def _left_over(text: str, span: Span, topic: Topic) -> Iterator[Ref]:
    """Counts without a noun of those who are left: "the remaining three had four doses", "all others are alive"."""
    for match in topic.regex(LEFT_OVER).finditer(text, span.start, span.end):
        count = counted((match["count"] or "").lower(), topic)
        yield Ref(
            Span(*match.span()),
            "many",
            "left over" if match["count"] else "others",
            "the",
            count=count,
            group="remaining",
        )


def _in_another_sense(hit: Hit, others: list[Hit]) -> bool:
    """Whether the noun is, or is part of, a word for something else ("patient population")."""
    return any(hit.span in other.span for other in others)


def _qualifies(text: str, span: Span, hit: Hit, topic: Topic) -> bool:
    """Whether "male" or "female" stands before another noun ("female mice", "a male infant")."""
    behind = _NEXT_WORD.match(text, hit.span.end, span.end)
    return behind is not None and "stop" not in small_words(topic).get(behind[1].lower(), frozenset())


def _modifies(text: str, age: re.Match[str], noun: Hit) -> bool:
    """Whether the age belongs to a noun that follows with at most four words between."""
    between = text[age.end() : noun.span.start]
    return noun.span.start >= age.end() and len(between.split()) <= 4 and not _PARTING.search(between)


def _phrase(text: str, span: Span, hit: Hit, topic: Topic) -> Ref:
    start, article, words = phrase_start(text, span.start, hit.span.start, topic)
    end = _past_possessive(text, hit.span.end)
    phrase = text[start : hit.span.end]
    age = age_in(text, start, hit.span.start, topic)
    if age is None and "many" not in hit.tags:
        age, end = age_behind(text, hit.span.end, end, topic)
    if "sibling" in hit.tags and "one" in hit.tags and not (article == "the" and _ordinal(words, topic)):
        article = "a"  # "her brother" brings him up, or again; "the elder brother" is told from the other
    if "named" in hit.tags:
        article = "our"  # papers call nobody by name but their own patients
    group = _group_before(text, span.start, start, topic) if "many" in hit.tags and article in ("the", "our") else ""
    count, group, turn = _numbers(words, group, "1" if "first" in hit.tags else "", topic)
    return Ref(
        Span(start, end),
        "many" if "many" in hit.tags else "noun",
        hit.value,
        article,
        sex=_sex(hit, phrase),
        age=age,
        adult=_adult(hit, age),
        count=count,
        group=group,
        turn=turn,
        related="sibling" in hit.tags,
    )


def _group_before(text: str, floor: int, start: int, topic: Topic) -> str:
    """The group word that a phrase hangs on: "none of the patients", "all of our children"."""
    word = _GROUP_OF.search(text, floor, start)
    group = meaning(word[1].lower(), "groups", topic) if word else ""
    return group if group in _WHOLE_GROUPS else ""


def _ordinal(words: list[str], topic: Topic) -> bool:
    return any(meaning(word, "turns", topic) for word in words)


def _aged_phrase(text: str, span: Span, age: re.Match[str], topic: Topic) -> Ref:
    """A phrase whose age stands for the person: "the 31-year-old", "4-yo M"."""
    start, article, words = phrase_start(text, span.start, age.start(), topic)
    sex, end = sex_behind(text, age.end(), span.end)
    value = years(age["number"], age["unit"], topic)
    count, group, turn = _numbers(words, "", "", topic)
    return Ref(Span(start, end), "noun", "aged", article, sex=sex, age=value, count=count, group=group, turn=turn)


def _past_possessive(text: str, end: int) -> int:
    return end + 2 if text[end : end + 2] in ("'s", "’s") else end


def _sex(hit: Hit, phrase: str) -> str:
    for sex in ("female", "male"):
        if sex in hit.tags:
            return sex
    words = phrase.lower().split()
    return next((word for word in words if word in ("female", "male")), "")


def _adult(hit: Hit, age: float | None) -> bool | None:
    if age is not None:
        return None
    return True if "adult" in hit.tags else False if "child" in hit.tags else None


def _numbers(words: list[str], group: str, turn: str, topic: Topic) -> tuple[int | None, str, str]:
    """The count, the group and the ordinal that the words of a phrase say, where these are not known already."""
    count: int | None = None
    for word in words:
        count = count or counted(word, topic)
        group = group or meaning(word, "groups", topic)
        turn = turn or meaning(word, "turns", topic)
    return count, group, turn


def _pronouns(hits: Sequence[Hit]) -> Iterator[Ref]:
    for hit in hits:
        if hit.vocabulary == "pronouns":
            sex = "male" if "male" in hit.tags else "female" if "female" in hit.tags else ""
            article: Article = "his" if "possessive" in hit.tags else ""
            yield Ref(hit.span, "pronoun", hit.value, article, sex=sex)


def _without_nested(found: list[Ref]) -> tuple[Ref, ...]:
    """A label wins over the noun it begins with; a phrase over the pronoun inside it."""
    kept: list[Ref] = []
    for ref in found:
        clash = next((other for other in reversed(kept) if other.span.overlaps(ref.span)), None)
        if clash is None:
            kept.append(ref)
        elif ref.kind == "label" and clash.kind in ("noun", "many"):
            kept[kept.index(clash)] = ref
    return tuple(kept)
