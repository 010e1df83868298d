"""Elsewhere: sentences that go on with another paper's patients, until one comes back to those of this report."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from litreview.extract.parsed import Aside
from litreview.extract.people.bare_turns import turns_in
from litreview.extract.people.compared import is_compared
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.model.topic import Topic

# Whom the telling has left ours for: nobody, somebody by their turn alone, several, or one.
Others = Literal["", "turns", "many", "one"]
_DISCUSSING = ("introduction", "discussion", "methods")
_TELLING = ("case", "results")
_OWN = ("abstract", "case", "results", "other")


def with_others(text: str, lines: tuple[Line, ...], topic: Topic) -> tuple[Line, ...]:
    """The lines; one that tells more of another paper's patients is theirs whole."""
    return tuple(_marked(text, lines, topic))


def _marked(text: str, lines: tuple[Line, ...], topic: Topic) -> Iterator[Line]:
    others: Others = ""
    paragraph = -1
    begun = False  # whether somebody of this report has been introduced
    for line in lines:
        if line.sentence.paragraph != paragraph:
            others, paragraph = "", line.sentence.paragraph
        if _cited(line):
            others = _cited_for(line)
        elif _comes_home(text, line, topic):
            others = ""
        elif _goes_on(text, line, others, topic, begun=begun):
            others = "one" if any(_brought_up(ref) for ref in line.refs) else others
            line = replace(line, refs=(), asides=(*line.asides, Aside(line.span, "literature")))
        elif _strange(line):
            others = "one"
        begun = begun or (line.sentence.section in _OWN and any(ref.introduces for ref in line.refs))
        yield line


def _cited(line: Line) -> bool:
    whole = line.whole()
    return whole is not None and whole.role == "literature"


def _comes_home(text: str, line: Line, topic: Topic) -> bool:
    """Whether a sentence surely speaks of this report's patients, and not only compares others with them."""
    ours = [ref for ref in line.refs if ref.kind == "label" or ref.article == "our"]
    if ours:
        return any(not is_compared(text, line.span, ref.span.start, topic) for ref in ours)
    return "surely" in line.cues


def _goes_on(text: str, line: Line, others: Others, topic: Topic, *, begun: bool) -> bool:
    """Whether a sentence tells more of those others: "The first died", "Another patient, a man, ...", "He relapsed".

    Where nobody has been introduced, somebody brought up behind other papers in a letter may be the letter's own.
    """
    if not others:
        return False
    if any(turns_in(text, line, topic)):
        return True
    if others == "turns" or line.sentence.section in _TELLING:
        return False
    if any(ref.turn and ref.kind == "noun" for ref in line.refs):
        return True
    if any(_brought_up(ref) for ref in line.refs):  # "a girl in this series" is theirs, too
        return line.sentence.section in _DISCUSSING or "ours" in line.cues or begun
    return others == "one" and any(ref.kind == "noun" or (ref.kind == "pronoun" and ref.sex) for ref in line.refs)


def _cited_for(line: Line) -> Others:
    """Whom a sentence on another paper turns to."""
    if line.sentence.section in _TELLING or not line.others:
        return "turns"
    return "many" if any(ref.kind == "many" for ref in line.others) else "one"


def _strange(line: Line) -> bool:
    """Whether a sentence of a discussion brings up somebody who is not called ours."""
    discussing = line.sentence.section in _DISCUSSING and "ours" not in line.cues
    return discussing and any(_brought_up(ref) for ref in line.refs)


def _brought_up(ref: Ref) -> bool:
    """Whether a phrase brings up somebody new: "a patient with PRCA", "another patient", "one woman"."""
    return ref.kind == "noun" and (ref.article == "a" or ref.count == 1)
