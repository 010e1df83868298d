"""The definitions of a legend, in whichever of the usual ways they are written."""

import re
from collections.abc import Iterator

from litreview.model.document import Span
from litreview.model.values import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """An abbreviation and its meaning; `context` is what the legend says on where it holds ("R (therapy)")."""

    short: str
    meaning: str
    span: Span
    context: str = ""


_LEAD = re.compile(
    r"\s*(?:(?:list\s+of\s+)?abbreviations?(?:\s+(?:used|list))?(?:\s+(?:in\s+\w+\s+)?(?:table|are)[^:]{0,20})?"
    r"|key|legend|notes?|symbols?)\s*[:.\-–—]\s*|\s*Abbreviations\s+",
    re.IGNORECASE,
)
_SHORT = r"[^\s,;:=()]{1,15}(?:\s(?!(?:and|or|of|in|to|is|are|was|were|the|a|an|for|with|from)\b)[^\s,;:=()]{1,8}){0,2}"
_PAIR = re.compile(
    rf"\s*(?P<short>{_SHORT})(?:\s*\((?P<context>[^()]{{2,40}})\))?"
    r"(?P<sign>\s*[,=:]\s*|\s+[-–—]\s+|\s+(?:is|means|denotes|indicates|stands\s+for|refers\s+to)\s+)(?P<meaning>\S.*)",
    re.DOTALL,
)


def items_in(text: str, start: int) -> Iterator[Item]:
    """The definitions of a stretch of legend, in whichever of the usual ways they are written."""
    if lead := _LEAD.match(text):
        text, start = text[lead.end() :], start + lead.end()
    for begin, end in stretches(text, _ENDS):
        words = text[begin:end]
        if "=" in words:
            yield from _by_sign(words, start + begin, "=")
        elif words.count(":") > 1:
            yield from _by_sign(words, start + begin, ":")
        else:
            yield from _segment(text, begin, end, start)


# A full stop ends a definition where another, or a sentence, begins after it, or nothing; not in "n.a. Not available".
_ENDS = r";|(?<!\.[A-Za-z])\.(?=\s+[^\s,;]{1,12}\s?[,:(=]|\s+[A-Z][a-z][\w-]*\s+[a-z]|\s*$)|\n"
_SIGNED = (
    r"(?:^|[,;.]\s*|\s\s|\n)\s*(?:and\s+)?(?P<short>[^\s,;=:]{{1,15}}(?:\s[^\s,;=:]{{1,8}}){{0,2}}?)"
    r"(?:\s*\((?P<context>[^()]{{2,40}})\))?\s*{sign}\s*"
)


def _by_sign(text: str, start: int, sign: str) -> Iterator[Item]:
    """ "CR = complete response, PR = partial response": each meaning goes on to the next abbreviation."""
    heads = list(re.finditer(_SIGNED.format(sign=sign), text))
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        whole = (head.start("short"), end)
        yield from _item(text, whole, head["short"], (head.end(), end), start, head["context"] or "")


def stretches(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """Stretches between separators that stand outside brackets."""
    begin = depth = 0
    for match in re.finditer(rf"(?P<opened>[(\[])|(?P<closed>[)\]])|{separators}", text):
        if match["opened"]:
            depth += 1
        elif match["closed"]:
            depth = max(0, depth - 1)
        elif not depth:
            yield begin, match.start()
            begin = match.end()
    yield begin, len(text)


def _segment(text: str, begin: int, end: int, start: int) -> Iterator[Item]:
    """One stretch between semicolons: "Bu, busulfan", "NR: no response", or a list of "AIC Immune cytopenia, d Day"."""
    words = text[begin:end]
    pieces = [(begin + left, begin + right) for left, right in stretches(words, r",")]
    listed = _alternating(text, pieces, start) or (_spaced(text, pieces, start) if len(pieces) > 1 else [])
    if len(listed) > 1:
        yield from listed
    elif match := _PAIR.fullmatch(words):
        whole, bounds = (begin + match.start("short"), end), (begin + match.start("meaning"), end)
        yield from _item(text, whole, match["short"], bounds, start, match["context"] or "")
    else:
        yield from _spaced(text, [(begin, end)], start)


def _alternating(text: str, pieces: list[tuple[int, int]], start: int) -> list[Item]:
    """ "CR, complete response, PR, partial response": every other piece is an abbreviation."""
    shorts, meanings = pieces[::2], pieces[1::2]
    if len(pieces) % 2 or len(pieces) < 4 or not all(_is_short(text[left:right]) for left, right in shorts):
        return []
    if any(_is_short(text[left:right]) for left, right in meanings):
        return []
    found: list[Item] = []
    for short, meaning in zip(shorts, meanings, strict=True):
        found += _item(text, (short[0], meaning[1]), text[short[0] : short[1]], meaning, start)
    return found


def _spaced(text: str, pieces: list[tuple[int, int]], start: int) -> list[Item]:
    """ "AIC Immune cytopenia, d Day": a piece begins with its abbreviation; one that does not goes on with the last."""
    starts: list[tuple[int, int, str]] = []
    for left, right in pieces:
        first = re.match(r"\s*(?:and\s+)?(\S+)\s+(?=\S)", text[left:right])
        if first and _is_short(first.group(1)):
            starts.append((left + first.start(1), left + first.end(), first.group(1)))
        elif not starts:
            return []
    if len(starts) * 2 < len(pieces):
        return []
    ends = [begin for begin, _, _ in starts[1:]] + [pieces[-1][1]]
    found: list[Item] = []
    for (begin, middle, short), end in zip(starts, ends, strict=True):
        found += _item(text, (begin, end), short, (middle, end), start)
    return found


_NO_SHORT = re.compile(
    r"(?:an?|the|and|or|of|in|on|to|for|with|from|at|by|is|are|was|were|be|as|not|no|all|any|one|two|this|that|these|those"
    r"|it|if|only|also|see|her|his|our|has|had|but|per|due|who)",
    re.IGNORECASE,
)


def _is_short(words: str) -> bool:
    """Whether words look like an abbreviation: one token with a capital, a point, a figure, or up to three letters."""
    words = words.strip()
    if not words or len(words) > 15 or " " in words or _NO_SHORT.fullmatch(words) or words.isdigit():
        return False
    return len(words) <= 3 or any(character.isupper() for character in words[1:]) or "." in words[:-1] or "/" in words


def _item(
    text: str, whole: tuple[int, int], short: str, bounds: tuple[int, int], start: int, context: str = ""
) -> Iterator[Item]:
    left, right = bounds
    while right > left and text[right - 1] in " \t\n,;.":
        right -= 1
    while left < right and text[left].isspace():
        left += 1
    begin = whole[0] + len(text[whole[0] :]) - len(text[whole[0] :].lstrip())
    if right > left and short.strip():
        yield Item(short.strip(), one_line(text[left:right]), Span(start + begin, start + right), context)


def one_line(words: str) -> str:
    """The words with single blanks."""
    return " ".join(words.split())
