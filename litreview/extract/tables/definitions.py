"""Abbreviations that running text defines where it first uses them."""

import re
from collections.abc import Iterator

from litreview.model.document import Span

Definitions = dict[str, tuple[str, Span]]


def definitions(text: str, used_in: str | None = None) -> Definitions:
    """What abbreviations mean by the text's own words, with the span of words and abbreviation together.

    Follows Schwartz and Hearst (2003, doi:10.1142/9789812776303_0042): the letters of the short form are looked for
    backwards in the words before the bracket, the first of them at the beginning of a word. Both orders are read,
    "pure red cell aplasia (PRCA)" and "PRCA (pure red cell aplasia)". The first definition of an abbreviation stands.
    Those that do not stand in the words of `used_in` may be left out.

    >>> definitions("He had pure red cell aplasia (PRCA).")["PRCA"][0]
    'pure red cell aplasia'
    """
    found: Definitions = {}
    for match in _BRACKETS.finditer(text):
        for short, meaning, span in _defined(text, match, used_in):
            found.setdefault(_singular(short), (meaning, span))
    return found


_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,150})[)\]]")
_SHORT = re.compile(r"(?=[^\W\d_]|\d+[-]?[^\W\d_])[^\s,;:=]{1,12}(?:[\s-][A-Z0-9][^\s,;:=]{0,6})?")
_SENTENCE_END = re.compile(r"[.;:!?]\s|\n\n|[()\[\]]")


_NEXT = re.compile(r"[;,=]|\bhereafter\b|\bor\b")


def _defined(text: str, match: re.Match[str], used_in: str | None) -> Iterator[tuple[str, str, Span]]:
    inside, before = _NEXT.split(match.group(1), 1)[0].strip(" \"'“”"), _word_before(text, match.start())
    shorts = [short for short in (inside, before[0]) if _is_short(short)]
    if not shorts or (used_in is not None and not any(_singular(short) in used_in for short in shorts)):
        return
    if inside in shorts and (span := _long_form_before(text, match.start(), inside)):
        yield inside, _one_line(text[span.start : span.end]), Span(span.start, match.end())
        return
    if before[0] in shorts and (length := _long_form_within(match.group(1), before[0])):
        meaning = match.group(1)[:length]
        yield before[0], _one_line(meaning), Span(before[1], match.start() + 1 + length)


def _is_short(words: str) -> bool:
    plausible = len(words) > 1 and _SHORT.fullmatch(words)
    return bool(plausible) and any(map(str.isupper, words)) and any(map(str.isalpha, words))


def _long_form_before(text: str, end: int, short: str) -> Span | None:
    """The shortest run of words before `end` that spells the short form."""
    begin = max(
        (stop.end() for stop in _SENTENCE_END.finditer(text, max(0, end - 200), end)), default=max(0, end - 200)
    )
    while end > begin and text[end - 1].isspace():
        end -= 1
    start = _align(text[begin:end], short)
    if start is None:
        return None
    words = text[begin + start : end].split()
    most = min(len(short) + 5, 2 * len(short))
    if len(words) > most or len(text[begin + start : end]) <= len(short) or short in words:
        return None
    if len(words) > 1 and words[0].isupper() and len(words[0]) > 1 and not short.startswith(words[0]):
        return None  # "AIT and hemolytic anemia (AIHA)": the words before begin with another abbreviation
    return Span(begin + start, end)


def _align(words: str, short: str) -> int | None:
    """Where the long form begins in `words`, which must end with it."""
    position = len(words)
    spelled = [character.lower() for character in _singular(short) if character.isalnum()]
    for number in range(len(spelled) - 1, -1, -1):
        position -= 1
        first = number == 0
        while position >= 0 and not _fits(words, position, spelled[number], first=first):
            position -= 1
        if position < 0:
            return None
    return position


def _fits(words: str, position: int, letter: str, *, first: bool) -> bool:
    if words[position].lower() != letter:
        return False
    return not first or position == 0 or not words[position - 1].isalnum()


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short.endswith("s") and short[-2].isupper() else short


_LAST_WORD = re.compile(r"([^\s()\[\],;:]+)\s*$")


def _word_before(text: str, end: int) -> tuple[str, int]:
    match = _LAST_WORD.search(text, max(0, end - 20), end)
    return (match.group(1), match.start(1)) if match else ("", end)


def _long_form_within(inside: str, short: str) -> int:
    """How many characters of the bracket spell the short form from its first letter on; 0 where they do not."""
    phrase = re.split(r"[;,=]", inside)[0]
    words = phrase.split()
    capitals = sum(character.isupper() for character in short)
    if capitals < 2 or not 2 <= len(words) <= 2 * len(short) or words[0][0].lower() != short[0].lower():
        return 0
    return len(phrase) if _align(phrase, short) == 0 else 0


def _one_line(words: str) -> str:
    return " ".join(words.split())
