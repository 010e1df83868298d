"""Ages of people as printed, in years."""

import re

from litreview.extract.people.counts import counted
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic

AGES = Pattern(
    r"(?<![\w.])(?P<number>\d{1,3}(?:[.,]\d{1,2})?|(?:[a-z]+-)?[a-z]{3,9})(?P<half>[\s-]+and[\s-]+a[\s-]+half)?[\s–-]{0,2}"
    r"(?P<unit>year|yr|y|month|mo|week|wk|day)s?[\s./–-]{0,2}(?:old|o)\b\.?"
)
_AGE_BEHIND = re.compile(
    r"(?:,?\s+(?:now\s+)?(?:aged?|(?:at\s+(?:the\s+)?)?age(?:d)?\s+(?:of\s+)?|who\s+was)\s+|\s*\((?:aged?\s+|[MF],?\s*)?|,\s+|\s+of\s+)"
    r"(?P<number>\d{1,3}(?:[.,]\d{1,2})?)(?:[\s-]*(?P<unit>year|yr|y|month|mo|week|wk|day)s?)?(?P<old>[\s-]*(?:old|of\s+age))?",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s*,?\s*(?:(?P<sex>[MF])|(?P<word>fe?male|male))\b")
_SLASH = re.compile(
    r"\s*[(,:]\s*(?P<code>(?P<number>\d{1,2}(?:\.\d)?)\s?(?:y(?:ears?|rs?)?\s?)?[/,]?\s?(?P<sex>[MF])"
    r"|(?P<sex2>[MF])\s?[/,]\s?(?P<number2>\d{1,2}(?:\.\d)?)(?:\s?y(?:ears?|rs?)?)?|(?P<sex3>[MF])(?P<number3>\d{1,2}))(?![\w/])"
)
OPENING_CODE = Pattern(
    r"(?:(?:an?|one|case\s*:|patient\s*:)\s+)?(?-i:(?P<number>\d{1,2})\s?(?:y(?:ears?|rs?)?\.?)?\s?/\s?(?P<sex>[MF])"
    r"|(?P<sex2>[MF])\s?/\s?(?P<number2>\d{1,2})(?:\s?y(?:ears?|rs?)?)?)(?![\w/])"
)
_SEX_CODE = {"m": "male", "f": "female", "male": "male", "female": "female"}
_PER_YEAR = {"y": 1, "m": 12, "w": 52.18, "d": 365.25}


def years(number: str, unit: str, topic: Topic) -> float | None:
    """An age in years from its printed number and unit; `None` where the number cannot be read."""
    value = _number(number, topic)
    return None if value is None else value / _PER_YEAR[(unit or "y")[0].lower()]


def age_in(text: str, start: int, end: int, topic: Topic) -> float | None:
    """The first age such as "31-year-old" in a stretch, in years; `None` where it has none."""
    for age in AGES.compiled.finditer(text, start, end + 1):
        value = years(age["number"], age["unit"], topic)
        if value is not None:
            return value + 0.5 / _PER_YEAR[age["unit"][0].lower()] if age["half"] else value
    return None


def age_behind(text: str, noun_end: int, end: int, topic: Topic) -> tuple[float | None, int]:
    """An age after the noun: "a woman aged 52", "a boy (4 years)", "a man of 61 years"."""
    match = _AGE_BEHIND.match(text, noun_end)
    if not match or not (match["unit"] or "age" in match[0].lower()):
        return None, end
    if match[0].lstrip().startswith(("of", ",")) and not (match["unit"] or match["old"]):
        return None, end
    return years(match["number"], match["unit"] or "", topic), max(end, match.end())


def _number(printed: str, topic: Topic) -> float | None:
    cleaned = printed.replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", cleaned):
        return float(cleaned)
    parts = [counted(part, topic) for part in printed.lower().split("-")]
    return float(sum(part for part in parts if part)) if all(parts) else None


def sex_behind(text: str, position: int, end: int) -> tuple[str, int]:
    """A sex right after an age ("4-yo M"), with where it ends; empty where there is none."""
    code = _CODE.match(text, position, end)
    return (_SEX_CODE[(code["sex"] or code["word"]).lower()], code.end()) if code else ("", position)


def age_and_sex(text: str, position: int, end: int) -> tuple[Span, float, str] | None:
    """A code of age and sex right after a label, with its span: "Patient 1 (47/F)", "Case 2: M, 60 years"."""
    code = _SLASH.match(text, position, end)
    if not code:
        return None
    age = code["number"] or code["number2"] or code["number3"]
    sex = code["sex"] or code["sex2"] or code["sex3"]
    return Span(*code.span("code")), float(age), _SEX_CODE[sex.lower()]


def opening_code(text: str, span: Span) -> tuple[Span, float, str] | None:
    """Age and sex with which a sentence opens, in place of a noun: "45/M, known to have ITP, came with ..."."""
    code = OPENING_CODE.match(text, span.start, span.end)
    if not code:
        return None
    return (
        Span(*code.span()),
        float(code["number"] or code["number2"]),
        _SEX_CODE[(code["sex"] or code["sex2"]).lower()],
    )
