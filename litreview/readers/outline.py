"""Sections of formats that have headings but do not nest what stands below them."""

from contextlib import ExitStack

from litreview.model.document import SectionKind
from litreview.readers.builder import Builder
from litreview.readers.sections import vocabulary

# Deeper than any heading, so that the first one closes it.
_LOOSE = 99


class Outline:
    """Sections opened by headings of any level and closed by the next heading of that level or above."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._levels: list[tuple[int, SectionKind, str, ExitStack]] = []

    @property
    def is_open(self) -> bool:
        """Whether some section is open."""
        return bool(self._levels)

    def level_of(self, kind: SectionKind) -> int | None:
        """The level of the outermost open section of a kind, `None` where there is none."""
        return next((level for level, found, _, _ in self._levels if found == kind), None)

    def heading_at(self, level: int) -> str | None:
        """The heading of the open section of that level, `None` where there is none."""
        return next((words for found, _, words, _ in self._levels if found == level), None)

    def kind_at(self, level: int) -> SectionKind | None:
        """The kind of the open section of that level, `None` where there is none."""
        return next((kind for found, kind, _, _ in self._levels if found == level), None)

    def heading(self, level: int, words: str) -> None:
        """Open the section that a heading starts."""
        self.close_to(level)
        self.open(level, vocabulary().kind(words, parent=self._builder.kind), words)

    def open_loose(self) -> None:
        """Open a section of kind `other` for words before the first heading."""
        self.open(_LOOSE, "other", "")

    def open(self, level: int, kind: SectionKind, words: str, *, printed: bool = True) -> None:
        """Open a section of a kind."""
        stack = ExitStack()
        stack.enter_context(self._builder.section(kind, words, printed=printed))
        self._levels.append((level, kind, words, stack))

    def close_to(self, level: int) -> None:
        """Close every section that a heading of this level ends."""
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()[3].close()

    def __enter__(self) -> "Outline":
        return self

    def __exit__(self, *details: object) -> None:
        self.close_to(0)
