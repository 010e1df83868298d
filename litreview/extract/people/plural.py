"""Statements about several at once: groups, exceptions, counts over patients, and what holds in general."""

import re
from collections.abc import Iterator

from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.counts import counted
from litreview.extract.people.cut import cut
from litreview.extract.people.figures import Roster
from litreview.extract.people.lines import Line
from litreview.extract.people.share import Named, Share
from litreview.extract.people.whom import Whom
from litreview.model.document import Document, Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic

_EXCEPT = (
    r"(?:<groups#except>)\s+(?:in\s+|for\s+|of\s+)?(?:only\s+)?"
    r"(?:(?:the\s+)?(?:(?:<counts>|\d{1,2}|<turns>|other|single)\s+)?(?:(?:<people>)\s*)?[(,:]\s*|the\s+)?$"
)
EXCEPT_SOME = r"\b(?:<groups#all>|<groups#none>)[^.;]{0,30}\b(?:<groups#except>)\s+(?:in\s+|for\s+)?(?:<counts>|\d+)\b"
# What is said of the one who is excepted: "apart from patient 3, who died, all are alive".
_WHO = re.compile(r"\)?\s*,?\s*who\b(?:\([^()]*\)|[^,;()])*(?:,|$)", re.IGNORECASE)
_GROUP_BEFORE = r"\b(?:<groups#all>|<groups#none>)(?:\s+\w+){0,3}\s+$"
GROUP_FIRST = (
    r"(?P<group>all|both|each|neither|none)\s+(?:of\s+them\s+)?(?:(?P<count><counts>|\d+)\s+)?(?:<clauses#personal>)"
)
GROUP_LAST = (
    r"\b(?:in|of|to|for|by)\s+(?P<group>all|both|each)(?:\s+of\s+them)?"
    r"(?:\s+(?P<count><counts>|\d+)(?=\s+(?:at|once|weekly|on|for|from|with)\b|\s*[.,;:()]|$)|(?=\s*(?:[.,;:()]|$)))"
)
_ADDED = re.compile(r"[:;,]\s+(?:and\s+)?(?:he|she|who|whose|(?:for|in|to|of)\s+(?:whom|him|her))\b", re.IGNORECASE)
_DENIAL = r"\b(?:<groups#none>|not|never|without)\b"
_TOTAL = re.compile(
    r"(?:\d+|[a-z]+)\s+(?:[\w-]+\s+){0,2}(?:doses|infusions|injections|cycles|courses|units|times|transfusions|weeks|months)\s+(?:(?:was|were|had\s+been|have\s+been)\s+(?:given|administered|infused|received)\s+)?$"
)
# Figures of a whole series, and counts that are one only where patients are counted.
SERIES = Pattern(
    r"\(\s*n\s*=|\bn\s*=\s*\d|\bmedian\b|\bmean\b|\brange[,:;]|\bIQR\b|\brates?\b|\d\s?/\s?\d+\s*\(\d+\s?%"
    r"|(?:[\d%)]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|some|most|several|many|few|half|majority|either|any))"
    r"\s+(?:out\s+)?of\s+(?:the|these|our)\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"\s+(?:patients|cases|children)\b"
    r"|\bincluding\s+one\b|(?<!both\s)(?<!all\s)(?<!none\s)(?<!neither\s)(?<!each\s)\bof\s+whom\b"
    r"|\bone\s+of\s+(?:them|(?:the|these|those|our)\s+(?:[\w-]+\s+){0,2}(?:patients|cases|children|adults|recipients|(?:non-?)?responders))\b"
    r"|\b(?:one|the\s+other)\s+(?:of\s+(?:the|these|our)\s+(?:\w+\s+){1,3})?(?:responded|died|relapsed|had|has|achieved|attained|reached|showed"
    r"|did|is|was|became|remained|recovered|developed|received|needed|required|failed|lost|suffered|experienced)\b"
    r"|\bin\s+one(?:,|\s+and|\s+but)[^.;]{1,80}\bin\s+(?:the\s+other|another|one|none)\b",
)
EPISODES = (
    r"\b(?:\d+|<counts>)\s+(?:out\s+)?of\s+(?:the\s+|all\s+|these\s+)?(?:\d+|<counts>)\s+(?:\w+\s+)?"
    r"(?:courses|episodes|cycles|treatments|lines)\b"
)
_COUNT_OF = Pattern(r"\b\d+\s+of\s+(?:the\s+)?\d+\b")
_PAST = re.compile(r"\b(?:was|were|had|did|\w{3,}ed)\b", re.IGNORECASE)
POOLED = (
    r"\b(?:\d+|<counts>)\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?(?P<total>\d+|<counts>)\s+(?:\w+\s+)?(?:<people#many>)"
)


def is_aggregate(text: str, line: Line) -> bool:
    """Whether a sentence counts or averages over patients, so that its values are nobody's own."""
    if line.search(text, SERIES):
        return True
    counting = any(ref.kind == "many" for ref in line.refs)
    return counting and _COUNT_OF.search(text, line.span.start, line.span.end) is not None


def everyone_in(text: str, line: Line, roster: Roster, topic: Topic) -> Whom | None:
    """All patients where a bare group word means them ("All 3 are alive", "given weekly in all").

    Empty where there is no such word, `None` where it counts others than the report's patients.
    """
    span, first = line.span, topic.regex(GROUP_FIRST)
    match = None if first in line.silent else first.match(text, span.start, span.end)
    last = None if match or line.sentence.paragraph in roster.homes else line.search(text, topic.regex(GROUP_LAST))
    if last and _TOTAL.search(text, span.start, last.start()):
        return ()
    if not match and not last:
        return ()
    group = (match or last)["group"].lower()  # type: ignore[index]
    number = counted(((match or last)["count"] or "").lower(), topic)  # type: ignore[index]
    meant = roster.meant(line.sentence.paragraph)
    if (number and number != len(meant)) or (group in ("both", "neither") and len(meant) != 2):
        return None
    return meant


_OTHERS = frozenset({"others", "general", "definition", "excluded"})


def is_given_to_all(text: str, line: Line, roster: Roster, topic: Topic) -> bool:
    """Whether a sentence that names nobody tells how the intervention was given in a series ("It was infused")."""
    if (
        not topic.clock.given_to_all
        or len(roster.keys) < 2
        or len(roster.own) < 2
        or line.refs
        or line.cited
        or line.cues & _OTHERS
    ):
        return False
    if (
        line.sentence.section in ("introduction", "discussion", "back", "title")
        or line.sentence.paragraph in roster.homes
    ):
        return False
    return topic.regex(topic.clock.given_to_all).search(text, line.span.start, line.span.end) is not None


def excepted(text: str, line: Line, named: tuple[Named, ...], roster: Roster, topic: Topic) -> tuple[Share, ...] | None:
    """The shares of "all but patient 4" and "in none except patients 1 and 4": those who are left."""
    for one in named:
        if one.ref.kind != "label":
            continue
        phrase = topic.regex(_EXCEPT).search(text, max(line.span.start, one.ref.span.start - 40), one.ref.span.start)
        if phrase and _excludes(text, line, phrase, topic):
            groups = [other.whom for other in named if len(other.whom) > 1 and other.ref.span.end <= phrase.start()]
            left = tuple(index for index in (groups[-1] if groups else roster.own) if index not in one.whom)
            return tuple(_taken_apart(text, line, phrase, one, left, named, topic))
    unknown = line.search(text, topic.regex(EXCEPT_SOME))
    return () if unknown and not any(one.ref.kind == "label" for one in named) else None


def _taken_apart(
    text: str, line: Line, phrase: re.Match[str], one: Named, left: Whom, named: tuple[Named, ...], topic: Topic
) -> Iterator[Share]:
    """The shares of those who are left, of those taken out of a group, and of whom later clauses name.

    What is denied of the group is so for those taken out ("nobody had a reaction except patient 2"), and theirs is what
    is added in passing ("apart from patient 3, who died, ...") or by a pronoun ("...: he wheezed").
    """
    clause = clause_at(clauses(text, line.span, topic), one.ref.span.end - 1)
    behind = tuple(other for other in named if other.ref.span.start >= clause.end)
    end = clause.end if behind else line.span.end
    passing = _WHO.match(text, one.ref.span.end, end)
    exception = Span(phrase.start(), passing.end() if passing else one.ref.span.end)
    more = _ADDED.search(text, exception.end, end) if len(one.whom) == 1 and not passing else None
    common = Span(line.span.start, more.start() if more else end)
    if left:
        yield Share(common, left, (exception,))
    if passing:
        yield Share(exception, one.whom)
    found = topic.regex(_DENIAL).finditer(text, common.start, common.end)
    denials = [denial for denial in found if Span(*denial.span()) not in exception]
    if len(denials) == 1:
        masks = sorted((Span(*denials[0].span()), Span(phrase.start(), one.ref.span.start)))
        yield Share(common, one.whom, tuple(masks))
    if more:
        yield Share(Span(more.start(), end), one.whom)
    if behind:
        yield from cut(text, Span(end, line.span.end), behind, topic)


def is_pooled(document: Document, line: Line, roster: Roster, topic: Topic) -> bool:
    """Whether a sentence counts over more patients than the report's own, or over their episodes.

    "Four of twelve patients", "4 of 6 courses led to a response", unless one patient's courses are meant.
    """
    if len(roster.own) > 1 and line.search(document.text, topic.regex(EPISODES)):
        alone = any(ref.kind in ("pronoun", "noun") or len(ref.keys) == 1 for ref in line.refs)
        if not alone:
            return True
    match = line.search(document.text, topic.regex(POOLED))
    if not match or not any(ref.kind == "many" for ref in line.refs):
        return False
    return counted(match["total"].lower(), topic) != len(roster.own)


def is_impersonal(document: Document, line: Line) -> bool:
    """Whether a sentence that names nobody tells what holds in general: "X is a rare disorder", "it is used [4]"."""
    if line.cues & {"generic", "definition"}:
        return True
    if not line.cited:
        return False
    return "general" in line.cues or not _PAST.search(document.text, line.span.start, line.span.end)


def _excludes(text: str, line: Line, phrase: re.Match[str], topic: Topic) -> bool:
    """Whether the word takes somebody out of a group; "but" alone does so only right after one ("all patients but")."""
    if not phrase[0].lower().startswith("but"):
        return True
    return topic.regex(_GROUP_BEFORE).search(text, line.span.start, phrase.start()) is not None
