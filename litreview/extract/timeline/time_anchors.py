"""What a time is counted from: the words behind "after", "since", "into", up to where the phrase ends."""

import re

AFTER = r"(?:after|following|since|from|into|past|beyond|upon|post|p\.)"
BEFORE = r"(?:before|prior\s+to|preceding|ahead\s+of|pre)"
_JOINT = re.compile(r"[\s-]*(?:the\s+time\s+of\s+)?(?=\w)")
# A phrase ends with punctuation, with the next amount of time, or where a new statement begins.
_END = re.compile(
    r"[,;:()\[\]]|\.(?:\s|$)|\s(?:and|or)\s+(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|a\s)"
    r"|\s(?:was|were|is|are|had|has|with|when|which|while|who|but|showed|because|due|she|he|it|they|we|his|her|their|there)\b"
)
# "A second, fully matched graft": the comma stands between adjectives.
_OPEN = re.compile(r"(?:an?|the|his|her)\s+(?:first|second|third|previous|prior)", re.IGNORECASE)
_REACH = 80


def words_behind(text: str, position: int) -> tuple[int, int] | None:
    """The phrase that begins at a position, behind its preposition; `None` where nothing stands there."""
    joint = _JOINT.match(text, position)
    if joint is None:
        return None
    start = joint.end()
    limit = min(len(text), start + _REACH)
    stop = _END.search(text, start, limit)
    if stop and stop.group() == "," and _OPEN.fullmatch(text, start, stop.start()):
        stop = _END.search(text, stop.end(), limit)
    end = stop.start() if stop else min(len(text), start + _REACH)
    return (start, end) if end > start else None
