"""The body of an HTML article as a document."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from litreview.model.document import Document
from litreview.readers.abstract import add_title
from litreview.readers.builder import Builder
from litreview.readers.html_floats import Piece, pieces
from litreview.readers.html_tables import SILENT, grid, inline
from litreview.readers.outline import Outline

_SITE = {"nav", "aside", "footer", "header", "dialog", "menu", *SILENT}
# Whole words of a class or id that mark what is not the article; "ref" alone would also mark reference links.
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|banner|breadcrumbs?|nav|navbar|sidebar|menu|related|recommend(?:ed|ations)?|advert\w*|share|"
    r"social|footer|references|reference-list|ref-list|reflist|bibliography|metrics|loa|authors?-list|author-info|"
    r"affiliations?|citation-tools|hidden|sr-only|visually-hidden|screen-reader-text|toolbar|modal|popup|login|comments)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEXT = ("p", "li", "dd", "dt", "blockquote", "pre")
_ENOUGH = 200  # characters of running text; an error page has less, the shortest letter more


def document(page: BeautifulSoup, title: str, *, source: str) -> Document | None:
    """The article's title, sections, figures and tables, `None` where the page has no article's worth of text."""
    main = _main(page)
    if main is None:
        return None
    builder = Builder()
    add_title(builder, title)
    with Outline(builder) as outline:
        for piece in pieces(list(_blocks(main))):
            _add(outline, builder, piece, title)
    built = builder.build(kind="fulltext", format="html", source=source)
    running = sum(len(span) for span in built.paragraphs[1 if title else 0 :])
    if running < _ENOUGH:
        return None
    kinds = {section.kind for section in built.sections}
    only_abstract = kinds <= {"title", "abstract", "back"} and "abstract" in kinds
    return builder.build(kind="abstract", format="html", source=source) if only_abstract else built


def _main(page: BeautifulSoup) -> Tag | None:
    """The part of the page with the article, or the body where no tag says so."""
    for found in (page.find("article"), page.find("main"), page.find(role="main"), page.body):
        if isinstance(found, Tag) and len(found.get_text(strip=True)) >= _ENOUGH:
            return found
    return None


def _blocks(tag: Tag) -> Iterator[Tag]:
    """Headings, paragraphs, figures and tables in order, without the site's own furniture."""
    waiting = [iter(tag.find_all(True, recursive=False))]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif _is_noise(child):
            continue
        elif child.name in (*_HEADINGS, *_TEXT, "figure", "table") or (child.name == "div" and _is_paragraph(child)):
            yield child
        else:
            waiting.append(iter(child.find_all(True, recursive=False)))


def _is_paragraph(tag: Tag) -> bool:
    """A div that holds words itself rather than blocks of them."""
    return tag.find([*_HEADINGS, *_TEXT, "figure", "table", "div", "section"]) is None and bool(
        tag.get_text(strip=True)
    )


def _is_noise(tag: Tag) -> bool:
    if tag.name in _SITE or tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    if re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", str(tag.get("style") or ""), re.IGNORECASE):
        return True
    names = [*(tag.get_attribute_list("class") or []), str(tag.get("id") or "")]
    return any(_NOISE.search(str(name)) for name in names if name)


def _add(outline: Outline, builder: Builder, piece: Piece, title: str) -> None:
    block = piece.block
    words = "" if block.name in ("figure", "table") else inline(block)
    if block.name in _HEADINGS:
        if words and words.casefold() != title.casefold():
            outline.heading(int(block.name[1]), words)
        return
    if words and not outline.is_open:
        if len(words) < _ENOUGH and not re.search(r"[.!?][)\]”\"]*$", words):
            return  # dates, counts and addresses stand above the first heading without a sentence
        outline.open_loose()
    if block.name == "table":
        _table(builder, block, piece)
    elif block.name == "figure":
        _figure(builder, piece)
    elif isinstance(table := block.find("table"), Tag):
        _table(builder, table, piece)
    else:
        builder.paragraph(words)


def _figure(builder: Builder, piece: Piece) -> None:
    figure = piece.block
    table = figure.find("table")
    if isinstance(table, Tag):
        _table(builder, table, piece)
        return
    legend = figure.find("figcaption")
    label, words = _labelled(inline(legend) if isinstance(legend, Tag) else "")
    builder.caption(label, words)


def _table(builder: Builder, table: Tag, piece: Piece) -> None:
    around = piece.block
    caption = table.find("caption") or around.find("figcaption")
    label, words = _labelled(inline(caption) if isinstance(caption, Tag) else piece.caption)
    notes = [inline(note) for note in around.find_all(["p", "li", "dd"]) if note.find_parent("table") is None]
    foot = [note for note in notes if note and note != words]
    builder.table(label, words, [grid(table)], [*foot, *piece.notes])


def _labelled(caption: str) -> tuple[str, str]:
    """ "FIGURE 1 Course of ..." in its label and the rest."""
    match = re.match(
        r"((?:fig(?:ure)?|table|scheme|box|tab)\.?\s*[A-Z]?\d{0,3}[A-Za-z]?)\s*[.:|–-]?\s+(.*)", caption, re.I | re.S
    )
    return (match.group(1), match.group(2)) if match and re.search(r"\d", match.group(1)) else ("", caption)
