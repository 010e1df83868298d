"""Columns: what a table says of the patient under a header."""

from collections.abc import Iterator

from litreview.extract.match import Match, View
from litreview.extract.tables.column import read_cell
from litreview.model.rule import ColumnRule, RuleBase
from litreview.model.topic import Attribute


def find(rule: RuleBase, attribute: Attribute, view: View) -> Iterator[Match]:
    """Every value of the patient's entries whose header fits the rule."""
    assert isinstance(rule, ColumnRule)
    for person, entry in view.entries_under(rule.header):
        for cell in read_cell(entry, rule, attribute, view.story.topic):
            others = tuple(view.story.evidence(span, role) for span, role in cell.evidence if role != "value")
            row = (view.story.evidence(person.label_span, "row"),)
            yield Match(cell.value, cell.span, entry.span, None, rule, cell.qualifier, (*row, *others))
