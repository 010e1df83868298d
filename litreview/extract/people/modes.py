"""Modes: where sentences tell of the patients without naming them, and where they must name them."""

import re
from typing import Literal

from litreview.extract.people.figures import Roster
from litreview.extract.people.lines import Line, outside_abstract
from litreview.model.document import Document

Mode = Literal["running", "explicit", "named", "off"]

_GENERAL_HEADING = re.compile(
    r"background|introduction|aims?\b|objectives?|purpose|conclu|discussion|methods?\b|summary|importance|context|design|setting"
    r"|recommendation|interpretation|comment|review|literature",
    re.IGNORECASE,
)
_INLINE_HEADING = re.compile(
    r"(?P<general>background|introduction|aims?|objectives?|purpose|conclusions?|discussion|methods?|importance|context)\s*[:.–—-]\s"
    r"|(?P<telling>(?:case|patient|clinical)?\s*(?:presentations?|reports?|descriptions?|history)|cases?|results?|findings|patients?)\s*[:.–—-]\s",
    re.IGNORECASE,
)
_EARLY = 25


def modes(document: Document, lines: tuple[Line, ...], roster: Roster) -> list[Mode]:
    """A mode per line.

    `running`: the sentence is about the patient spoken of last even if it names nobody. `explicit`: it must point at a
    patient of ours. `named`: it must give a label or "our patient" (captions). `off`: it is read for nobody.
    """
    letter = not any(line.sentence.section in ("case", "results") for line in outside_abstract(document, lines))
    found: list[Mode] = []
    state = _State(letter=letter, away=_away(lines, roster))
    for line in lines:
        found.append(state.next(document, line, roster))
    return found


class _State:
    """What has been seen so far: whether the abstract, or a letter, has come to its patients, or is past them.

    `told` says that a case section came before: parts with other headings behind it may go on with the only patient.
    `away` are the paragraphs that speak of other papers, or in general, before they point at a patient.
    """

    def __init__(self, *, letter: bool, away: frozenset[int]) -> None:
        self.letter, self.away = letter, away
        self.paragraph = -1
        self.section = ""
        self.started = False
        self.closed = False
        self.heading: Mode | None = None
        self.told = False

    def next(self, document: Document, line: Line, roster: Roster) -> Mode:
        section = line.sentence.section
        if section != self.section:
            self.started = self.closed = False
            self.section, self.heading = section, None
        if section in ("table", "back"):
            return "off"
        if section == "caption":
            return "named"
        if section == "title":
            return "running" if len(roster.own) == 1 else "explicit"
        if section == "abstract":
            return self._abstract(document, line, roster)
        if section in ("case", "results"):
            self.told = True
            return "running"
        if section == "other" and line.sentence.paragraph in roster.homes:
            return "running"
        if section == "other" and self.told and len(roster.own) == 1:
            return self._letter(document, line, roster)
        if self.letter and section in ("other", "introduction", "methods", "discussion"):
            return self._letter(document, line, roster)
        return "explicit"

    def _abstract(self, document: Document, line: Line, roster: Roster) -> Mode:
        inner = document.section_at(line.span.start)
        titled = inner.title if inner and len(inner.path) > 1 else ""
        if titled:
            return "explicit" if _GENERAL_HEADING.search(titled) else "running"
        if heading := _INLINE_HEADING.match(document.text, line.span.start, line.span.end):
            self.heading = "explicit" if heading["general"] else "running"
        if self.heading:
            return self.heading
        return self._course(line, roster)

    def _letter(self, document: Document, line: Line, roster: Roster) -> Mode:
        """A text without headed parts: from the patient's introduction to the first paragraph that is not theirs."""
        inner = document.section_at(line.span.start)
        if inner and _GENERAL_HEADING.search(inner.title) and not self.started:
            return "running" if self._course(line, roster) == "running" else "explicit"
        if line.sentence.paragraph != self.paragraph:
            self.paragraph = line.sentence.paragraph
            if self.closed:
                self.closed = not _goes_on(line)
            elif self.started and not _points(line, roster):
                self.closed = self.paragraph in self.away
        return self._course(line, roster)

    def _course(self, line: Line, roster: Roster) -> Mode:
        if not self.started and _points(line, roster):
            self.started = True
        if self.started and line.cues & {"general"} and not _points(line, roster):
            self.closed = True
        return "running" if self.started and not self.closed else "explicit"


def _away(lines: tuple[Line, ...], roster: Roster) -> frozenset[int]:
    """The paragraphs that speak of other papers, or in general, before they point at one of our patients.

    In a report on several the first sentence decides: what follows may be told of all.
    """
    found: dict[int, bool] = {}
    for line in lines:
        away = _leads_away(line)
        if line.sentence.paragraph not in found and (away or len(roster.own) > 1 or _points(line, roster)):
            found[line.sentence.paragraph] = away
    return frozenset(paragraph for paragraph, away in found.items() if away)


def _leads_away(line: Line) -> bool:
    """Whether a sentence is on other papers or on what holds in general."""
    whole = line.whole()
    theirs = whole is not None and whole.role == "literature"
    return line.cited or theirs or bool(line.cues & {"others", "general", "generic"})


def _goes_on(line: Line) -> bool:
    """Whether a paragraph comes back to the patient's course: it opens with "He", "On day 30 she", "Mr L."."""
    early = [ref for ref in line.refs if ref.span.start - line.span.start < _EARLY]
    called = any((ref.kind == "pronoun" and ref.sex) or ref.head.endswith("by name") for ref in early)
    return called and not line.cued_away()


def _points(line: Line, roster: Roster) -> bool:
    """Whether a sentence surely points at one of our patients."""
    if line.sentence.index in roster.casts:
        return True
    for ref in line.refs:
        if ref.span.start in roster.introduced or (ref.kind == "label" and set(ref.keys) & set(roster.keys)):
            return True
        if ref.article == "our" or (ref.kind == "pronoun" and ref.sex) or (ref.kind == "noun" and ref.article == "the"):
            return True
    return False
