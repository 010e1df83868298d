"""Responders: whom "the two responders" and "the non-responder" mean, by what was told of each before."""

from collections.abc import Iterator
from dataclasses import field

from litreview.extract.kept import per_topic
from litreview.extract.people.counts import counted
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.extract.people.phrases import Article
from litreview.extract.people.share import Named, Share
from litreview.extract.people.whom import Whom
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.topic import Topic
from litreview.model.values import dataclass

_ALL = frozenset({"both", "all", "each", "every", "none", "neither", "no"})
RESPONDERS = (
    r"(?<!is\s)(?<!was\s)(?<!are\s)(?<!were\s)(?<!be\s)(?<!been\s)(?<!as\s)(?<!an\s)(?<!a\s)"
    r"\b(?:(?P<group>both|all|each|every|none|neither|no|one|some|most)\s+(?:of\s+)?)?(?:(?P<the>the|these|our|those)\s+)?"
    r"(?:(?P<count><counts>|\d{1,2})\s+)?(?:(?:complete|partial|clinical|sole|only|single)\s+)?"
    r"(?P<non>non-?)?responder(?P<many>s?)\b"
)
_OF_IT = r"(?!\s+(?:to|of|with|on|from|under)\b(?!\s+(?:the\s+|this\s+)?(?:<{agents}>|antibody|treatment)))"
_FAILED = (
    r"\b(?:(?:did|does|had|has)\s+not\s+(?:\w+\s+)?respond(?:ed)?"
    + _OF_IT
    + r"|(?:no|without|lack\s+of)\s+(?:\w+\s+)?(?:response|effect|benefit|improvement)\b"
    + _OF_IT
    + r"|(?:an?|as)\s+non-?respon\w+|(?-i:\bNR\b))"
)
_RESPONDED = (
    r"(?:(?<!in\s)(?<!first\s)(?<!second\s)\b(?:complete|partial)\s+(?:\w+\s+)?(?:response|remission|responder)\b"
    + _OF_IT
    + r"|(?<!not\s)\bresponded\b"
    + _OF_IT
    + r"|(?<!in\s)(?-i:\b(?:CR|PR)\b)(?!\d))"
)


@dataclass(frozen=True, slots=True)
class Effects:
    """The patients of whom a success, and those of whom a failure has been told so far."""

    responded: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)

    def note(self, text: str, line: Line, shares: tuple[Share, ...], topic: Topic) -> None:
        """Take in what the shares of a sentence say."""
        success, failure = told_effects(topic)
        for share in shares:
            if _told(text, line, share, success):
                self.responded.update(share.whom)
            elif _told(text, line, share, failure):
                self.failed.update(share.whom)

    def group(self, own: Whom, count: int | None, *, failed: bool) -> Whom:
        """Those who responded, or did not; empty where what was told leaves open who they are."""
        without = tuple(index for index in own if (index in self.failed - self.responded) == failed)
        told = tuple(index for index in own if index in (self.failed - self.responded if failed else self.responded))
        fitting = {group for group in (without, told) if group and count in (None, len(group))}
        return fitting.pop() if len(fitting) == 1 and (count is not None or without == told) else ()


@per_topic
def told_effects(topic: Topic) -> tuple[Pattern, Pattern]:
    """The words for a success of the intervention, and for a failure."""
    agents = topic.event(topic.clock.start).agents
    success, failure = (topic.regex(words.replace("{agents}", agents)) for words in (_RESPONDED, _FAILED))
    return success, failure


def _told(text: str, line: Line, share: Share, effect: Pattern) -> bool:
    found = line.finditer(text, effect, share.span)
    return any(not any(Span(*match.span()).overlaps(mask) for mask in share.masks) for match in found)


def responders(text: str, line: Line, own: Whom, effects: Effects, topic: Topic) -> Iterator[Named]:
    """The mentions of responders as a group in a sentence, each with whom it means; with nobody where that is open."""
    for match in line.finditer(text, topic.regex(RESPONDERS)):
        group, count = (match["group"] or "").lower(), counted((match["count"] or "").lower(), topic)
        if not (match["many"] or match["the"] or group in _ALL):
            continue
        count = 2 if group in ("both", "neither") and count is None else count
        if not match["many"] and match["the"]:
            count = 1
        open_ended = group in ("one", "some", "most")
        whom = () if open_ended else effects.group(own, count, failed=bool(match["non"]))
        article: Article = "the" if match["the"] else ""
        yield Named(Ref(Span(*match.span()), "many", "responders", article, count=count, group=group), whom)
