"""Strays: sentences that go on about the donor, relative or other person of the sentence before ("She was group A")."""

from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.parsed import Aside
from litreview.extract.people.figures import Figure, Roster
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.model.rule import Role

_EARLY = 25


def with_strays(lines: tuple[Line, ...], roster: Roster) -> tuple[Line, ...]:
    """The lines; one that opens with a pronoun of the other sex after a relative's sentence is theirs whole."""
    return tuple(_marked(lines, roster))


def _marked(lines: tuple[Line, ...], roster: Roster) -> Iterator[Line]:
    before: Line | None = None
    for line in lines:
        if role := _of_another(before, line, roster):
            line = replace(line, asides=(*line.asides, Aside(line.span, role)), refs=())
        yield line
        before = line


def _of_another(before: Line | None, line: Line, roster: Roster) -> Role | None:
    """The role of the person of the sentence before, where this one goes on with a pronoun of the other sex."""
    if before is None or before.sentence.paragraph != line.sentence.paragraph or not _other_sex(line, roster):
        return None
    return _about(before, roster)


def _about(line: Line, roster: Roster) -> Role | None:
    """The role of the donor or relative whom a sentence ends on, or of somebody else whom it is about."""
    for aside in line.asides:
        clause = aside.span.end >= line.span.end - 1 and (aside.span.start == line.span.start or len(aside.span) > 60)
        if clause and aside.role in ("donor", "relative"):
            return aside.role
    return "relative" if _is_on_another(line, roster) else None


def _is_on_another(line: Line, roster: Roster) -> bool:
    """Whether a sentence on nobody but a person of the other sex begins with that one: "The newborn boy was well"."""
    if len(roster.own) != 1 or not line.refs or any(ref.sex == roster.figures[0].sex for ref in line.refs):
        return False
    first = line.refs[0]
    return first.kind == "noun" and first.span.start - line.span.start < _EARLY and _differs(first, roster.figures[0])


def _differs(ref: Ref, figure: Figure) -> bool:
    return {ref.sex, figure.sex} == {"female", "male"}


def _other_sex(line: Line, roster: Roster) -> bool:
    index = roster.homes.get(line.sentence.paragraph, 0 if len(roster.own) == 1 else -1)
    if index < 0 or not line.refs or not roster.figures[index].sex:
        return False
    first = line.refs[0]
    early = first.kind == "pronoun" and first.span.start - line.span.start < _EARLY
    return early and _differs(first, roster.figures[index])
