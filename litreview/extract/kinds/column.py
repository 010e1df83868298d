"""Columns: what a table says of the patient under a header."""

from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.extract.tables.column import read_cell
from litreview.extract.tables.grid import Person
from litreview.model.evidence import Evidence
from litreview.model.rule import ColumnRule, RuleBase
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every value of the patient's entries whose header fits the rule."""
    assert isinstance(rule, ColumnRule)
    for person, cell in view.cells_under(rule.header):
        values = read_cell(cell, rule, attribute, view.story.topic)
        told = _told_in_row(rule.row, person, view) if values and rule.row else ()
        if not values or told is None:
            continue
        row = view.story.evidence(person.label_span, "row")
        for found in values:
            others = [view.story.evidence(span, role) for span, role in found.evidence if role != "value"]
            yield Match(found.value, found.span, cell.entry.span, None, rule, found.qualifier, (row, *others, *told))


def _told_in_row(row: str, person: Person, view: View) -> tuple[Evidence, ...] | None:
    """The cell that a rule wants beside the value, `None` where it is not there."""
    cell = view.cell_telling(row, person)
    return (view.story.evidence(cell, "anchor"),) if cell else None
