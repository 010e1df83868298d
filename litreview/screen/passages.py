"""The parts of a report that screening reads: title, abstract, full text, and what is said of the intervention."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from litreview.model.bibliography import Record
from litreview.model.document import Document, SectionKind
from litreview.model.eligibility import Thread
from litreview.model.topic import Topic

_ELSEWHERE: frozenset[SectionKind] = frozenset({"introduction", "discussion", "back"})
_STOP = re.compile(r"(?<=[^\W\d_]|[\d%)\]\"”’])([.!?])\s+(?=[A-Z(\[\"“])")
_CITED = re.compile(r"\bet\s+al\b|\[\s?\d{1,3}[\s,\d–-]*\]")
_SENTENCE_ENDS = re.compile(r"[.;]\s|;|\n|$")


class Passages:
    """The words of a report by place, with a line for each sentence; none is made before it is asked for.

    Where the record has no abstract, those printed in its documents stand in for it; a letter has none at all.
    """

    def __init__(self, record: Record, documents: tuple[Document, ...], topic: Topic) -> None:
        self._documents, self._topic = documents, topic
        self.title = " ".join(record.title.split()).strip()
        self._printed = record.abstract or "\n".join(_section(document, "abstract") for document in documents)
        self._found: dict[tuple[str, str], re.Match[str] | None] = {}

    def search(self, pattern: str, where: str) -> re.Match[str] | None:
        """The first match of a topic's pattern in a passage; several exclusions ask for the same ones."""
        if (pattern, where) not in self._found:
            self._found[pattern, where] = self._topic.regex(pattern).search(getattr(self, where))
        return self._found[pattern, where]

    @cached_property
    def abstract(self) -> str:
        """Title and abstract."""
        return _once([self.title, self._printed])

    @cached_property
    def abstract_or_text(self) -> str:
        """Title and abstract, with the full text only where there is no abstract."""
        return self.abstract if self._printed.strip() else self.anywhere

    @cached_property
    def anywhere(self) -> str:
        """Title, abstract and full text."""
        return _once([self.title, self._printed, *(document.text for document in self._documents)])

    @cached_property
    def own_story(self) -> str:
        """All of it but introduction, discussion, back matter and sentences that cite."""
        return _once([self.title, *map(_without_cited, (self._printed, *map(_own, self._documents)))])

    @cached_property
    def thread(self) -> str:
        """The title, and what the own story says of the intervention: see `Thread`."""
        thread = self._topic.eligibility.thread
        title, *lines = self.own_story.split("\n")
        names, other = (self._asking(pattern) for pattern in (thread.names, thread.until))
        return "\n".join([title, *_followed(lines, thread, names, other)])

    def _asking(self, pattern: str) -> Callable[[str], object]:
        return self._topic.regex(pattern).search


def _followed(
    lines: Sequence[str], thread: Thread, names: Callable[[str], object], other: Callable[[str], object]
) -> list[str]:
    """The lines that name the intervention, each with those behind it that name no other."""
    kept, left = [], 0
    for line in lines:
        left = thread.lines + 1 if names(line) else 0 if left and other(line) else left
        if left:
            kept.append(line)
            left -= 1
    return kept


def _once(texts: Sequence[str]) -> str:
    """The first text on one line, then a line for each sentence; what stands in several texts once."""
    sentences = (line.strip() for text in texts[1:] for line in _STOP.sub(r"\1\n", text).split("\n"))
    lines = {line.rstrip("."): line for line in (*filter(None, sentences), texts[0])}
    return "\n".join([texts[0], *(line for line in lines.values() if line != texts[0])]).strip()


def _without_cited(text: str) -> str:
    """A text without the sentences that cite."""
    kept, at = [], 0
    for cited in _CITED.finditer(text):
        if cited.start() >= at:
            start = max(at, *(text.rfind(end, at, cited.start()) + 1 for end in ".;\n"))
            kept.append(text[at:start])
            stop = _SENTENCE_ENDS.search(text, cited.end())
            at = stop.end() if stop else len(text)
    return " ".join([*kept, text[at:]])


def _section(document: Document, kind: SectionKind) -> str:
    return "\n".join(document[section.span] for section in document.sections if section.kind == kind)


def _own(document: Document) -> str:
    """The paragraphs of a document that may tell of its own patients."""
    kinds = ((document.section_at(span.start), span) for span in document.paragraphs)
    return "\n".join(document[span] for section, span in kinds if not section or section.kind not in _ELSEWHERE)
