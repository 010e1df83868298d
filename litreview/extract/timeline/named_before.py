"""What a time is counted from, where that is no event of the topic but was dated before: "three weeks after DLI"."""

import re
from collections.abc import Sequence

from litreview.extract.timeline.anchors import Node
from litreview.extract.timeline.pairing import Placed
from litreview.extract.timeline.statements import statement_at

_NAME = re.compile(
    r"(?:(?:the|this|that|his|her|its)\s+)?(?P<name>[A-Za-z][\w-]{2,}(?:\s+[a-z][\w-]{2,})?)\s*", re.IGNORECASE
)
# Which of several is meant, or something that every course has, cannot be told by the name.
_VAGUE = re.compile(
    r"(?:first|second|third|fourth|fifth|last|another|each|onset|diagnosis|treatment|therapy|admission|discharge|birth"
    r"|symptoms?|presentation|start|stop\w*|end|that|which|discontinu\w*)\b",
    re.IGNORECASE,
)
_NEAR = 40


def told_before(words: str, placed: Sequence[Placed]) -> Node | None:
    """The only place that was told right beside the same name; `None` where there is none or more than one."""
    name = _NAME.fullmatch(words.strip())
    if name is None or _VAGUE.match(name["name"]):
        return None
    pattern = re.compile(rf"\b{re.escape(name['name'])}\b", re.IGNORECASE)
    found = {one.place for one in placed if not one.moment.lasting and _beside(pattern, one)}
    return found.pop() if len(found) == 1 else None


def _beside(name: re.Pattern[str], one: Placed) -> bool:
    text, moment = one.passage.text, one.moment
    statement = statement_at(text, moment.start)
    return any(
        0 <= moment.start - match.end() <= _NEAR or 0 <= match.start() - moment.end <= _NEAR
        for match in name.finditer(text, statement.start, statement.end)
    )
