"""What the columns of a table are where its rows may be patients."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from litreview.extract.tables.squares import Layout
from litreview.extract.tables.table_words import TableWords


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns name the person, the reference, the number of patients (-1: none), and a person's traits."""

    person: int
    reference: int
    count: int
    traits: tuple[int, ...]


def roles(laid: Layout, words: TableWords, caption: str = "", labels: frozenset[str] = frozenset()) -> Roles | None:
    """What the columns are; `None` where the rows are not single patients. `labels` are other tables' patients."""
    if not 0 < laid.heads < len(laid.rows) or laid.width < 2:
        return None
    view = _View(laid, words, caption, labels)
    traits = tuple(column for column in range(laid.width) if view.headed("trait", column))
    count = next((column for column in range(laid.width) if view.counts(column)), -1)
    reference, person = view.reference(), view.person()
    person = -1 if person in (reference, count) else person
    traits = tuple(trait for trait in traits if trait != person)
    if person >= 0 and reference < 0 and traits and view.are_individual(traits):
        count = -1  # beside single patients "n" counts their doses
    found = Roles(person, reference, count, traits)
    return found if view.is_about_single(found) else None


def is_one(text: str) -> bool:
    """Whether a number of patients is one."""
    return bool(re.fullmatch(r"(?:n\s*=\s*)?(?:1|one)\b.*", text, re.IGNORECASE))


_PEOPLE = re.compile(r"\b(?:patients?|cases?|recipients?|children|subjects?|individuals?|donors?)\b", re.IGNORECASE)


class _View:
    """A layout's headers and body, column by column."""

    def __init__(self, laid: Layout, words: TableWords, caption: str, labels: frozenset[str]) -> None:
        self._laid, self._words, self._caption, self._labels = laid, words, caption, labels
        self._heads = [[square.words for square in laid.head(column)] for column in range(laid.width)]
        self._body = [row for row in range(laid.heads, len(laid.rows)) if not laid.is_group(row)]

    def headed(self, kind: str, column: int) -> bool:
        """Whether the innermost header of a column, or all of it, is of a kind."""
        heads = self._heads[column]
        return bool(heads) and any(self._words.heads(kind, words) for words in (heads[-1], " ".join(heads)))

    def counts(self, column: int) -> bool:
        """Whether a column counts patients: "n" below "Doses" counts these."""
        outer = " ".join(self._heads[column][:-1])
        return self.headed("count", column) and (not outer or bool(_PEOPLE.search(outer)))

    def cells(self, column: int) -> list[str]:
        """The words of a column's cells that hold any."""
        return [words for row in self._body if (words := self._laid.rows[row][column].words)]

    def person(self) -> int:
        """The column of labels: one whose header says so, or one of the first two that looks so."""
        for column in range(min(self._laid.width, 4)):
            cells = self.cells(column)
            numbered = self.headed("number", column) and (self._is_about_people() or set(cells) <= self._labels)
            headed = self.headed("person", column) or numbered
            if cells and headed and self._may_be_labels(cells):
                return column
            if cells and column < 2 and self._share(cells, "person") >= 0.6:
                return column
        return -1

    def reference(self) -> int:
        """The column of papers: one whose header says so, or one of the first two that looks so."""
        for column in range(self._laid.width):
            cells = self.cells(column)
            if not cells:
                continue
            referring = self._share(cells, "reference", "own")
            if self.headed("reference", column) and (column < 3 or referring >= 0.5):
                return column
            if column < 2 and referring > 0.5 and self._share(cells, "reference") > 0:
                return column
        return -1

    def is_about_single(self, found: Roles) -> bool:
        """Rows are single patients where they have labels, traits of one person, or a count of one."""
        individual = self.are_individual(found.traits)
        if found.person < 0 and found.reference < 0:
            return len(found.traits) > 0 and self._laid.width > 3 and individual
        if found.count >= 0:
            return any(is_one(words) for words in self.cells(found.count))
        if found.person >= 0:
            return individual or not found.traits
        return bool(found.traits) and individual

    def _may_be_labels(self, cells: list[str]) -> bool:
        """Under a header for patients anything short is a label where age or sex follow, else what looks like one."""
        if any(self._words.heads("trait", cell) for cell in cells) or self._share(cells, "aggregate") > 0.5:
            return False
        if not self._has_traits():
            numbered = sum(any(character.isdigit() for character in cell) for cell in cells) / len(cells)
            return max(numbered, self._share(cells, "person", "bare label", "own", "reference")) >= 0.5
        odd = sum(self._words.heads("parameter", cell) or len(cell) > 40 for cell in cells)
        return 2 * odd < len(cells)

    def _has_traits(self) -> bool:
        return any(self.headed("trait", column) for column in range(self._laid.width))

    def _is_about_people(self) -> bool:
        """Numbered rows are people where age or sex follow, or the caption or another header speaks of people."""
        heads = (words for column in self._heads for words in column)
        return self._has_traits() or bool(_PEOPLE.search(" ".join((self._caption, *heads))))

    def are_individual(self, traits: tuple[int, ...]) -> bool:
        """Whether the columns of traits hold those of single people, and no sums or medians."""
        cells = [cell for column in traits for cell in self.cells(column)]
        return bool(cells) and self._share(cells, "aggregate") <= 1 / 3

    def _share(self, cells: list[str], *kinds: str) -> float:
        says: Callable[[str, str], bool] = self._words.says
        return sum(any(says(kind, cell) for kind in kinds) for cell in cells) / len(cells)
