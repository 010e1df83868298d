"""What a rule finds: a value, its words, and the words that made the rule fire."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from litreview.extract.story import Passage, Story
from litreview.extract.tables.grid import Entry, Person
from litreview.model.case import Qualifier
from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.model.rule import RuleBase
from litreview.model.topic import Attribute


@dataclass(frozen=True, slots=True)
class Match:
    """A value where a rule found it.

    `span` are the value's own words, `extent` all words the rule matched. `passage` is `None` in a table. `others` is
    further evidence: anchors, headers, row labels, legends.
    """

    value: str | int | float
    span: Span
    extent: Span
    passage: Passage | None
    rule: RuleBase
    qualifier: Qualifier = "="
    others: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What rules may look at: a patient's story and the patient's rows of tables."""

    story: Story
    people: tuple[Person, ...] = ()

    def entries(self) -> Iterator[tuple[Person, Entry]]:
        """Every entry of the patient in every table."""
        return ((person, entry) for person in self.people for entry in person.entries)


Finder = Callable[[RuleBase, Attribute, View], Iterator[Match]]
