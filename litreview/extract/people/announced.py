"""How many patients a document announces: in its title, in "we report ...", in its headings."""

import re

from litreview.extract.people.counts import counted
from litreview.extract.people.lines import Line
from litreview.model.document import Document
from litreview.model.heading import bare
from litreview.model.topic import Topic

_ONE_CASE = re.compile(
    r"\bcase\s+(?:report|study|presentation)\b(?!\s+(?:and|of)\s+(?:two|three|four|\d))", re.IGNORECASE
)
_CASES_OF = r"\b(?P<count><counts>|\d{1,2})\s+(?:[\w-]+\s+){0,3}cases\s+of\b"
_ONE_HEADED = re.compile(
    r"(?:(?:the|our|clinical|index|present)\s+)*(?:case|patient)(?:\s+(?:report|presentation|description|history|information))?"
    r"|(?:presentation|description|history|report)\s+of\s+(?:the|a)\s+case",
    re.IGNORECASE,
)


def cases_counted(line: Line, document: Document, topic: Topic) -> int:
    """How many cases a title or "we report three cases of ITP" counts, 0 where it counts none."""
    if line.sentence.section != "title" and "ours" not in line.cues:
        return 0
    match = topic.regex(_CASES_OF).search(document.text, line.span.start, line.span.end)
    return counted(match["count"].lower(), topic) or 0 if match else 0


def tells_of_several(lines: tuple[Line, ...]) -> bool:
    """Whether title or "we report two patients" says that there is more than one."""
    for line in lines:
        for ref in line.refs:
            counted = ref.kind == "many" and "ours" in line.cues and ref.count in range(2, 100)
            if counted or (ref.kind == "many" and line.sentence.section == "title"):
                return True
    return False


def tells_of_one(document: Document, lines: tuple[Line, ...]) -> bool:
    """Whether title ("in a boy", "case report"), heading ("Case report") or "we report a girl" promise one patient."""
    if any(_ONE_HEADED.fullmatch(bare(title)) for section in document.sections for title in section.path):
        return True
    for line in lines:
        titled = line.sentence.section == "title"
        if titled and _ONE_CASE.search(document.text, line.span.start, line.span.end):
            return True
        single = any(ref.kind == "noun" and (ref.article == "a" or ref.count == 1) for ref in line.refs)
        if single and (titled or "ours" in line.cues):
            return True
    return False
