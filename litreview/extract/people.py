"""People as a sentence names them: noun phrases with age and sex, labels, groups, turns and pronouns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from litreview.extract.labels import labels
from litreview.extract.words import Hit
from litreview.model.document import Span
from litreview.model.topic import Topic

RefKind = Literal["label", "noun", "many", "pronoun", "turn"]
Article = Literal["", "a", "the", "this", "our", "his", "each"]


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention of one or several people.

    `head` is the noun (or pronoun) that the phrase turns on. `sex` is `female`, `male` or empty, `age` in years,
    `adult` whether the noun says so. `count` is a stated number ("two patients"), `group` the group word's value,
    `turn` an ordinal's. `keys` are a label's. `bare` marks labels that no noun explains.
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

    @property
    def introduces(self) -> bool:
        """Whether the phrase can bring a person up for the first time: "a boy", "this 31-year-old man"."""
        if self.kind != "noun":
            return False
        told = self.age is not None or bool(self.sex) or self.adult is not None
        return (self.article in ("a", "") and told) or (self.article == "this" and self.age is not None)


_PHRASE_WORDS = 8
_AGE_WORDS = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:[.,]\d{1,2})?|(?:[a-z]+-)?[a-z]{3,9})(?P<half>[\s-]+and[\s-]+a[\s-]+half)?[\s–-]{0,2}"
    r"(?P<unit>year|yr|y|month|mo|week|wk|day)s?[\s./–-]{0,2}(?:old|o)\b\.?",
    re.IGNORECASE,
)
_AGE_BEHIND = re.compile(
    r"(?:,?\s+(?:now\s+)?(?:aged?|(?:at\s+(?:the\s+)?)?age(?:d)?\s+(?:of\s+)?|who\s+was)\s+|\s*\((?:aged?\s+|[MF],?\s*)?|,\s+|\s+of\s+)"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)(?:[\s-]*(?P<unit>year|yr|y|month|mo|week|wk|day)s?)?(?P<old>[\s-]*(?:old|of\s+age))?",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s*,?\s*(?:(?P<sex>[MF])|(?P<word>fe?male|male))\b")
_SLASH = re.compile(
    r"\s*[(,:]\s*(?:(?P<number>\d{1,2}(?:\.\d)?)\s?(?:y(?:ears?|rs?)?\s?)?[/,]?\s?(?P<sex>[MF])"
    r"|(?P<sex2>[MF])\s?[/,]\s?(?P<number2>\d{1,2}(?:\.\d)?)(?:\s?y(?:ears?|rs?)?)?|(?P<sex3>[MF])(?P<number3>\d{1,2}))(?![\w/])"
)
_SEX_CODE = {"m": "male", "f": "female", "male": "male", "female": "female"}
_PER_YEAR = {"y": 1, "m": 12, "w": 52.18, "d": 365.25}
_NEXT_WORD = re.compile(r"\s+([A-Za-z]{3,})")
_SEX_NOUNS = frozenset({"male", "female", "males", "females"})
_LEFT_WORD = re.compile(r"\S+")


def refs(text: str, span: Span, hits: Iterable[Hit], topic: Topic) -> tuple[Ref, ...]:
    """The people a sentence names, in order; of phrases that overlap the one that says more is kept."""
    hits = tuple(hits)
    found = [*_labelled(text, span, topic), *_phrases(text, span, hits, topic), *_pronouns(hits)]
    return _without_nested(sorted(found, key=lambda ref: (ref.span.start, -ref.span.end)))


def years(number: str, unit: str, topic: Topic) -> float | None:
    """An age in years from its printed number and unit; `None` where the number cannot be read."""
    value = _number(number, topic)
    return None if value is None else value / _PER_YEAR[(unit or "y")[0].lower()]


def _labelled(text: str, span: Span, topic: Topic) -> Iterator[Ref]:
    for label in labels(text, topic, span.start, span.end):
        yield Ref(label.span, "label", head="label", keys=label.keys, bare=label.bare)
        if code := _SLASH.match(text, label.span.end, span.end):
            age = code["number"] or code["number2"] or code["number3"]
            sex = _SEX_CODE[(code["sex"] or code["sex2"] or code["sex3"]).lower()]
            yield Ref(
                Span(
                    min(
                        start for start in (code.start("number"), code.start("sex2"), code.start("sex3")) if start >= 0
                    ),
                    code.end(),
                ),
                "noun",
                "coded",
                "a",
                sex=sex,
                age=float(age),
            )


def _phrases(text: str, span: Span, hits: tuple[Hit, ...], topic: Topic) -> Iterator[Ref]:
    nouns = [hit for hit in hits if hit.vocabulary == "people" and not _other_sense(hit, hits)]
    for hit in nouns:
        if hit.value not in _SEX_NOUNS or not _qualifies(text, span, hit, topic):
            yield _phrase(text, span, hit, topic)
    for age in _ages(text, span):
        if not any(_modifies(text, age, hit) for hit in nouns):
            ref = _aged_phrase(text, span, age, topic)
            if ref.article in ("a", "the", "this", "our") or ref.sex:
                yield ref


def _other_sense(hit: Hit, hits: tuple[Hit, ...]) -> bool:
    """Whether the noun is part of a word for something else ("patient population")."""
    return "not" in hit.tags or any("not" in other.tags and hit.span in other.span for other in hits)


def _qualifies(text: str, span: Span, hit: Hit, topic: Topic) -> bool:
    """Whether "male" or "female" stands before another noun ("female mice", "a male infant")."""
    behind = _NEXT_WORD.match(text, hit.span.end, span.end)
    return behind is not None and "stop" not in _small_words(topic).get(behind[1].lower(), frozenset())


def _ages(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Ages such as "31-year-old"; looked for only where the text between has their last letters."""
    if "old" in (part := text[span.start : span.end]) or "y/o" in part or "yo" in part or "y.o" in part:
        yield from _AGE_WORDS.finditer(text, span.start, span.end)


def _modifies(text: str, age: re.Match[str], noun: Hit) -> bool:
    """Whether the age belongs to a noun that follows with at most four words between."""
    between = text[age.end() : noun.span.start]
    return (
        noun.span.start >= age.end()
        and len(between.split()) <= 4
        and not re.search(r"[,;:.()]|\b(?:with|who|and)\b", between)
    )


def _phrase(text: str, span: Span, hit: Hit, topic: Topic) -> Ref:
    start, article, words = phrase_start(text, span.start, hit.span.start, topic)
    end = _past_possessive(text, hit.span.end)
    phrase = text[start : hit.span.end]
    age = _age_in(text, start, hit.span.start, topic)
    if age is None and "many" not in hit.tags:
        age, end = _age_behind(text, hit.span.end, end, topic)
    ref = Ref(
        Span(start, end),
        "many" if "many" in hit.tags else "noun",
        hit.value,
        article,
        sex=_sex(hit, phrase),
        age=age,
        adult=_adult(hit, age),
    )
    return _with_words(ref, words, topic)


def _aged_phrase(text: str, span: Span, age: re.Match[str], topic: Topic) -> Ref:
    """A phrase whose age stands for the person: "the 31-year-old", "4-yo M"."""
    start, article, words = phrase_start(text, span.start, age.start(), topic)
    code = _CODE.match(text, age.end(), span.end)
    sex = _SEX_CODE[(code["sex"] or code["word"]).lower()] if code else ""
    value = years(age["number"], age["unit"], topic)
    ref = Ref(Span(start, code.end() if code else age.end()), "noun", "aged", article, sex=sex, age=value)
    return _with_words(ref, words, topic)


def phrase_start(text: str, floor: int, noun: int, topic: Topic) -> tuple[int, Article, list[str]]:
    """Where the phrase of a noun begins, its article, and the words between: goes back to an article or a small word."""
    classes = _small_words(topic)
    left = text[max(floor, noun - 110) : noun]
    base = noun - len(left)
    start, words, comma_at = noun, [], None
    for match in reversed(list(_LEFT_WORD.finditer(left))):
        word = match[0].strip("(),;:[]“\"'").lower()
        tags = classes.get(word, frozenset())
        ending = match[0][-1]
        if ending in ";:" or (ending == "." and len(match[0]) > 3) or len(words) > _PHRASE_WORDS:
            break
        if ending == "," and "person" in tags:
            break
        if ending == "," and comma_at is None:
            comma_at = start
        if article := _article(tags):
            return base + match.start() + _opening(match[0]), article, [word, *words]
        if tags & {"stop"}:
            break
        start = base + match.start() + _opening(match[0])
        words.insert(0, word)
    if comma_at is not None:
        start = comma_at
        words = [word.strip("(),").lower() for word in text[start:noun].split()]
    return start, "", words


def _opening(word: str) -> int:
    return len(word) - len(word.lstrip("(["))


def _article(tags: frozenset[str]) -> Article:
    for tag, article in _ARTICLES.items():
        if tag in tags:
            return article
    return ""


_ARTICLES: dict[str, Article] = {
    "this": "this",
    "indefinite": "a",
    "definite": "the",
    "own": "our",
    "possessive": "his",
    "counting": "each",
}
_small: dict[int, tuple[Topic, dict[str, frozenset[str]]]] = {}


def _small_words(topic: Topic) -> dict[str, frozenset[str]]:
    if id(topic) not in _small:
        found: dict[str, frozenset[str]] = {}
        for entry in topic.vocabularies["clauses"].entries:
            for term in entry.terms:
                found[term.lower()] = found.get(term.lower(), frozenset()) | frozenset(entry.tags)
        for name in ("people", "relatives"):
            for term in (term for entry in topic.vocabularies[name].entries for term in entry.terms):
                found[term] = found.get(term, frozenset()) | {"person"}
        _small[id(topic)] = (topic, found)
    return _small[id(topic)][1]


def _past_possessive(text: str, end: int) -> int:
    return end + 2 if text[end : end + 2] in ("'s", "’s") else end


def _age_in(text: str, start: int, end: int, topic: Topic) -> float | None:
    for age in _AGE_WORDS.finditer(text, start, end + 1):
        value = years(age["number"], age["unit"], topic)
        if value is not None:
            return value + 0.5 / _PER_YEAR[age["unit"][0].lower()] if age["half"] else value
    return None


def _age_behind(text: str, noun_end: int, end: int, topic: Topic) -> tuple[float | None, int]:
    """An age after the noun: "a woman aged 52", "a boy (4 years)", "a man of 61 years"."""
    match = _AGE_BEHIND.match(text, noun_end)
    if not match or not (match["unit"] or "age" in match[0].lower()):
        return None, end
    if match[0].lstrip().startswith(("of", ",")) and not (match["unit"] or match["old"]):
        return None, end
    return years(match["number"], match["unit"] or "", topic), max(end, match.end())


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


def _with_words(ref: Ref, words: list[str], topic: Topic) -> Ref:
    """Numbers, group words and ordinals inside the phrase."""
    for word in words:
        ref = replace(
            ref,
            count=ref.count or _count(word, topic),
            group=ref.group or _value(word, "groups", topic),
            turn=ref.turn or _value(word, "turns", topic),
        )
    return ref


def _count(word: str, topic: Topic) -> int | None:
    if word.isdigit():
        return int(word)
    counted = _value(word, "counts", topic)
    return int(counted) if counted else None


def _value(word: str, vocabulary: str, topic: Topic) -> str:
    entries = topic.vocabularies[vocabulary].entries
    return next((entry.value for entry in entries if word in entry.terms), "")


def _number(printed: str, topic: Topic) -> float | None:
    cleaned = printed.replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", cleaned):
        return float(cleaned)
    parts = [_value(part, "counts", topic) for part in printed.lower().split("-")]
    return float(sum(int(part) for part in parts)) if all(parts) else None


def _pronouns(hits: tuple[Hit, ...]) -> Iterator[Ref]:
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
