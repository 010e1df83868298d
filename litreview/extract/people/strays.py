"""Strays: sentences that go on about the donor or relative of the sentence before ("She was group A")."""

from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.parsed import Aside
from litreview.extract.people.figures import Roster
from litreview.extract.people.lines import Line

_EARLY = 25


def with_strays(lines: tuple[Line, ...], roster: Roster) -> tuple[Line, ...]:
    """The lines; one that opens with a pronoun of the other sex after a relative's sentence is theirs whole."""
    return tuple(_marked(lines, roster))


def _marked(lines: tuple[Line, ...], roster: Roster) -> Iterator[Line]:
    before: Line | None = None
    for line in lines:
        role = _about(before) if before and before.sentence.paragraph == line.sentence.paragraph else None
        if role and _other_sex(line, roster):
            line = replace(line, asides=(*line.asides, Aside(line.span, role.role)), refs=())
        yield line
        before = line


def _about(line: Line) -> Aside | None:
    """The aside about a donor or relative that a sentence ends in, if it is a clause and not a mere phrase."""
    for aside in line.asides:
        clause = aside.span.end >= line.span.end - 1 and (aside.span.start == line.span.start or len(aside.span) > 60)
        if clause and aside.role in ("donor", "relative"):
            return aside
    return None


def _other_sex(line: Line, roster: Roster) -> bool:
    index = roster.homes.get(line.sentence.paragraph, 0 if len(roster.own) == 1 else -1)
    if index < 0 or not line.refs or not roster.figures[index].sex:
        return False
    first = line.refs[0]
    early = first.kind == "pronoun" and first.span.start - line.span.start < _EARLY
    return early and first.sex not in ("", roster.figures[index].sex)
