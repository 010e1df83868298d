"""What a rule finds: a value, its words, and the words that made the rule fire."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from litreview.extract.concepts import concepts
from litreview.extract.parsed import Mention
from litreview.extract.passages import Passage
from litreview.extract.sieves import Needing, headers, needs
from litreview.extract.story import Story
from litreview.extract.tables.cell_text import Cell
from litreview.extract.tables.grid import Person
from litreview.model.case import Qualifier
from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.model.pattern import Pattern
from litreview.model.rule import RuleBase
from litreview.model.topic import Attribute
from litreview.model.values import dataclass


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


@dataclass(frozen=True)
class View:
    """What rules may look at: a patient's story and the patient's rows of tables."""

    story: Story
    people: tuple[Person, ...] = ()

    def cells_under(self, header: str) -> Iterable[tuple[Person, Cell]]:
        """The cells of the patient's rows that may stand under a rule's header, a pattern; all others do not."""
        return self._under.get(self.story.topic.regex(header), ())

    def mentions(self, vocabulary: str, tag: str = "") -> Sequence[tuple[Passage, Mention, Span]]:
        """Concepts of a vocabulary, or those with a tag, that the story mentions, each with the words that show it."""
        if vocabulary not in self._mentions:
            self._mentions[vocabulary] = self._mentioned(vocabulary)
        return self._mentions[vocabulary].get(tag, ())

    def _mentioned(self, vocabulary: str) -> dict[str, list[tuple[Passage, Mention, Span]]]:
        """The vocabulary's concepts that are mentioned by their tags; all of them by an empty one."""
        found: dict[str, list[tuple[Passage, Mention, Span]]] = {}
        for passage, mention in self.story.mentions(vocabulary):
            extent = mention.span if _speaks_alone(mention, self.story) else passage.span
            for tag in ("", *dict.fromkeys(mention.tags)):
                found.setdefault(tag, []).append((passage, mention, extent))
        return found

    @cached_property
    def _mentions(self) -> dict[str, dict[str, list[tuple[Passage, Mention, Span]]]]:
        return {}

    def cell_telling(self, pattern: str, person: Person) -> Span | None:
        """The first cell of a person that, behind its header, holds a pattern."""
        key = (pattern, id(person))
        if key not in self._cells:
            regex = self.story.topic.regex(pattern)
            cells = (entry.span for entry in person.entries if regex.search(f"{entry.header}: {entry.words}"))
            self._cells[key] = next(cells, None)
        return self._cells[key]

    @cached_property
    def _cells(self) -> dict[tuple[str, int], Span | None]:
        return {}

    def asked(self) -> Iterator[Needing]:
        """The rules that may find something here; no other does."""
        asking = needs(self.story.topic)
        return (need for needed in (None, *self._there) for need in asking.get(needed, ()))

    @cached_property
    def _there(self) -> set[Pattern | str]:
        """What there is of all that rules need: patterns that may match, headers, vocabularies that are mentioned."""
        return self.story.held.union(self._under)

    @cached_property
    def _under(self) -> dict[Pattern, list[tuple[Person, Cell]]]:
        asked = headers(self.story.topic)
        found: dict[Pattern, list[tuple[Person, Cell]]] = {}
        for person in self.people:
            for cell in map(Cell, person.entries):
                for pattern in cell.asked(asked):
                    found.setdefault(pattern, []).append((person, cell))
        return found


def _speaks_alone(mention: Mention, story: Story) -> bool:
    """Whether the words are the concept by themselves: some are only beside others in a list."""
    found = concepts(story.parsed.document[mention.span], story.topic.vocabulary(mention.vocabulary))
    return any(value == mention.value for value, _, _ in found)


Finder = Callable[[RuleBase, Attribute, View], Iterator[Match]]
