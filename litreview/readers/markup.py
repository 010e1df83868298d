"""Inline XML to running text: JATS and PubMed share their inline tags."""

from lxml import etree

from litreview.readers.builder import fold
from litreview.readers.inline import Inline
from litreview.readers.xml_stream import character, flat

# Alternatives to what is read already, or pictures; their words would stand in the text twice.
_SILENT = {
    "tex-math", "annotation", "annotation-xml", "graphic", "inline-graphic", "media", "object-id", "index-term",
    "alt-text", "long-desc", "processing-meta",
}  # fmt: skip
# Each of these starts and ends a line in print.
_BLOCKS = {
    "p", "break", "list", "list-item", "title", "label", "def-list", "def-item", "def", "term", "disp-formula",
    "disp-quote", "td", "th", "tr", "table", "sec", "AbstractText", "mtr", "mtd", "speech", "verse-line",
}  # fmt: skip


def inline(element: etree._Element, silent: frozenset[str] = frozenset()) -> str:
    """Text of an element with white space folded; tags in `silent` are left out with all below them."""
    if not len(element):
        return fold(element.text or "")
    into = Inline()
    walk(element, into, silent)
    return into.folded()


def walk(element: etree._Element, into: Inline, silent: frozenset[str] = frozenset()) -> None:
    """Add an element's text to `into`, piece by piece."""
    into.text(element.text)
    for child in element:
        add(child, into, silent)
        into.text(child.tail)


def spaced(element: etree._Element) -> str:
    """Text of an element with a blank between all its parts, for citations that have no punctuation of their own."""
    return fold(" ".join(flat(element)))


def add(child: etree._Element, into: Inline, silent: frozenset[str] = frozenset()) -> None:
    """Add one inline child without what follows it."""
    if not isinstance(child.tag, str):
        into.text(character(child))
    elif child.tag in _SILENT or child.tag in silent:
        return
    elif child.tag == "xref" and child.get("ref-type") == "bibr":
        into.reference("".join(flat(child)))
    elif child.tag == "sup" and child.find("xref") is None:
        into.superscript("".join(flat(child)))
    elif child.tag in _BLOCKS:
        into.blank()
        walk(child, into, silent)
        into.blank()
    elif child.tag == "alternatives":
        _one_of(child, into, silent)
    else:
        walk(child, into, silent)


def _one_of(alternatives: etree._Element, into: Inline, silent: frozenset[str]) -> None:
    for child in alternatives.iterchildren(etree.Element):
        if child.tag not in _SILENT:
            add(child, into, silent)
            return
