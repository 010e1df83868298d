"""HTML to running text and table grids, for pages and for the tables that CORD-19 carries."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from litreview.readers.inline import Inline
from litreview.readers.table_grid import Placed, RawCell, place, whole_number

SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "form", "iframe", "annotation", "input", "select"}
)
_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "td",
    "th",
    "tr",
    "dd",
    "dt",
    "figcaption",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}


def soup(html: str) -> BeautifulSoup:
    """The page as a tree."""
    return BeautifulSoup(html, "lxml")


def inline(tag: Tag) -> str:
    """Text of a tag with white space folded."""
    into = Inline()
    add(tag, into)
    return into.folded()


def add(tag: Tag, into: Inline) -> None:
    """Add a tag's text to `into`; marks that link to the references are kept apart from the words before."""
    for child in tag.children:
        if isinstance(child, Tag):
            _tagged(child, into)
        elif type(child) is NavigableString:
            into.text(str(child))


def _tagged(child: Tag, into: Inline) -> None:
    if child.name in SILENT:
        return
    if child.name == "sup":
        (into.reference if is_reference(child) else into.superscript)(child.get_text())
    elif child.name == "a" and is_reference(child):
        into.reference(child.get_text())
    elif child.name in _BLOCKS:
        into.blank()
        add(child, into)
        into.blank()
    else:
        add(child, into)


def is_reference(tag: Tag) -> bool:
    """Whether a tag is, or holds, a link to an entry of the reference list."""
    links = [tag] if tag.name == "a" else tag.find_all("a")
    return any(_to_reference(link) for link in links)


def _to_reference(link: Tag) -> bool:
    words = " ".join([str(link.get("href") or ""), *map(str, link.get_attribute_list("class"))]).lower()
    return any(
        sign in words for sign in ("#bib", "#ref", "#cr", "#b-", "#cit", "bibr", "biblink", "xref-bibr", "ref-link")
    )


def grids(html: str) -> list[tuple[Placed, ...]]:
    """The grids of all tables in a piece of HTML."""
    return [grid(table) for table in soup(html).find_all("table")]


def grid(table: Tag) -> tuple[Placed, ...]:
    """A table's cells on their places."""
    return place([list(_cells(row)) for row in table.find_all("tr") if row.find_parent("table") is table])


def _cells(row: Tag) -> Iterator[RawCell]:
    in_head = row.find_parent("thead") is not None
    for cell in row.find_all(["td", "th"], recursive=False):
        rows, columns = (whole_number(str(cell.get(key) or "1")) for key in ("rowspan", "colspan"))
        yield RawCell(inline(cell), rows, columns, in_head or cell.name == "th")
