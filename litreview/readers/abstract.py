"""Abstracts in labelled parts, and the document that a title and an abstract make."""

from dataclasses import dataclass
from functools import lru_cache

from litreview.model.document import Document, SectionKind
from litreview.readers.builder import Builder
from litreview.readers.sections import vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of an abstract, with its label where it has one."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Abstract:
    """An abstract, and further ones in other languages or of other types, each with its name."""

    parts: tuple[Part, ...] = ()
    others: tuple[tuple[str, tuple[Part, ...]], ...] = ()

    def as_text(self) -> str:
        """The abstract in one string, a line per part."""
        return "\n".join(f"{part.label.rstrip(':')}: {part.text}" if part.label else part.text for part in self.parts)


def abstract_document(title: str, abstract: Abstract, *, format: str, source: str) -> Document:
    """A document of kind `abstract`: the title, and what there is of an abstract."""
    builder = Builder()
    add_title(builder, title)
    with builder.section("abstract", "Abstract", printed=False):
        add_parts(builder, abstract.parts)
    add_others(builder, abstract)
    return builder.build(kind="abstract", format=format, source=source)


def add_title(builder: Builder, title: str) -> None:
    """Add the title as a section of its own."""
    with builder.section("title"):
        builder.paragraph(title)


def add_parts(builder: Builder, parts: tuple[Part, ...]) -> None:
    """Add an abstract's parts, the labelled ones as nested sections of the kind that the label says."""
    for part in parts:
        _add(builder, part, _kind(part.label))


@lru_cache(maxsize=1_000)
def _kind(label: str) -> SectionKind:
    """The kind that a label says; thousands of abstracts share a few dozen labels."""
    return vocabulary().kind(label, parent="abstract")


def add_others(builder: Builder, abstract: Abstract) -> None:
    """Add the abstracts in other languages or of other types, all of kind `other`."""
    for name, parts in abstract.others:
        with builder.section("other", f"Abstract ({name})" if name else "Abstract", printed=False):
            for part in parts:
                _add(builder, part, "other")


def _add(builder: Builder, part: Part, kind: SectionKind) -> None:
    if not part.label:
        builder.paragraph(part.text)
        return
    with builder.section(kind, part.label):
        builder.paragraph(part.text)
