"""Telling: who is told of in a document, and where."""

from litreview.extract.parsed import Parsed, Told
from litreview.extract.people.asked import of_each_sentence
from litreview.extract.people.elsewhere import with_others
from litreview.extract.people.lines import read_lines
from litreview.extract.people.roster import enrol
from litreview.extract.people.segment import segments
from litreview.extract.people.strays import with_strays
from litreview.extract.tables.grid import Grid
from litreview.model.topic import Topic


def tell(parsed: Parsed, grids: tuple[Grid, ...], topic: Topic) -> Told:
    """The patients of a document with every stretch and table row about them, and the stretches about others.

    A document that tells of no individual has no subjects.
    """
    lines = with_others(parsed.document.text, read_lines(parsed, of_each_sentence(topic), topic), topic)
    roster = enrol(parsed.document, lines, grids, topic)
    lines = with_strays(lines, roster)
    asides = tuple(sorted((aside for line in lines for aside in line.asides), key=lambda aside: aside.span))
    return Told(roster.subjects, tuple(segments(parsed.document, lines, roster, topic)), asides, roster.rows)
