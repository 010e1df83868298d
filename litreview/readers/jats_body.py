"""The body of a JATS article as a document."""

from collections.abc import Iterator

from lxml import etree

from litreview.model.bibliography import Record
from litreview.model.document import Document
from litreview.readers.abstract import add_others, add_parts, add_title
from litreview.readers.builder import Builder
from litreview.readers.inline import Inline
from litreview.readers.jats_front import abstract, licence, main_abstract
from litreview.readers.markup import add, inline, spaced
from litreview.readers.sections import run_in, vocabulary
from litreview.readers.table_grid import RawCell, place, whole_number

# Blocks that end the paragraph they stand in, and floats, which print elsewhere and wait until it is over.
_HEADING = 90  # characters that the longest heading has
_BREAKING = {"list", "def-list", "disp-quote", "boxed-text", "sec", "speech", "verse-group", "p", "preformat", "code"}
_FLOATS = {"table-wrap", "table-wrap-group", "fig", "fig-group", "fn", "fn-group", "supplementary-material"}
_IGNORED = {"title", "label", "object-id", "sec-meta", "graphic", "media", "permissions", "attrib", "processing-meta"}


def document(article: etree._Element, record: Record, *, source: str) -> Document | None:
    """The full text with its sections and tables, `None` where the article has no body with words in it."""
    builder = Builder()
    add_title(builder, record.title)
    meta = article.find("front/article-meta")
    if meta is not None:
        _abstracts(builder, meta)
    before = builder.paragraph_count
    for body in article.findall("body"):
        _sections(builder, body)
    if builder.paragraph_count == before and not article.findall("body//tr"):
        return None
    for floats in article.findall("floats-group"):
        _blocks(builder, floats)
    for back in article.findall("back"):
        _back(builder, back)
    return builder.build(
        kind="fulltext", format="jats", source=source, licence=licence(meta) if meta is not None else ""
    )


def _abstracts(builder: Builder, meta: etree._Element) -> None:
    found = abstract(meta)
    main = main_abstract(meta)
    title = main.find("title") if main is not None else None
    heading = inline(title) if title is not None else ""
    with builder.section("abstract", heading or "Abstract", printed=bool(heading)):
        add_parts(builder, found.parts)
    add_others(builder, found)


def _sections(builder: Builder, body: etree._Element) -> None:
    """The body's sections; words outside of any, as in letters, are a section of kind `other`."""
    loose: list[etree._Element] = []
    for child in body.iterchildren(etree.Element):
        if child.tag != "sec":
            loose.append(child)
            continue
        _loose(builder, loose)
        loose = []
        _section(builder, child)
    _loose(builder, loose)


def _loose(builder: Builder, elements: list[etree._Element]) -> None:
    with builder.section("other"):
        _led(builder, elements)


def _section(builder: Builder, section: etree._Element) -> None:
    heading = _heading(section)
    kind = vocabulary().kind(heading, section.get("sec-type", ""), builder.kind)
    with builder.section(kind, heading):
        _blocks(builder, section)


def _blocks(builder: Builder, parent: etree._Element) -> None:
    _led(builder, list(parent.iterchildren(etree.Element)))


def _led(builder: Builder, elements: list[etree._Element]) -> None:
    """Blocks in order; a paragraph that first names a patient, or is a heading in bold, opens a section."""
    at = 0
    while at < len(elements):
        heading, is_whole = _lead(elements[at])
        if not heading:
            _block(builder, elements[at])
            at += 1
            continue
        end = next((n for n in range(at + 1, len(elements)) if elements[n].tag == "sec" or _lead(elements[n])[0]), None)
        with builder.section(vocabulary().kind(heading, parent=builder.kind), heading, printed=is_whole):
            for element in elements[at + is_whole : end]:
                _block(builder, element)
        at = len(elements) if end is None else end


def _lead(element: etree._Element) -> tuple[str, bool]:
    """The heading that a paragraph begins with, and whether it is the whole paragraph; empty where there is none."""
    if element.tag != "p":
        return "", False
    words = inline(element) if len(element) or element.text else ""
    first = next(element.iterchildren(etree.Element), None)
    if first is not None and first.tag in ("bold", "italic", "underline") and not (element.text or "").strip():
        marked = inline(first)
        if marked == words and len(words) <= _HEADING and vocabulary().own_kind(marked):
            return words, True
        if vocabulary().is_label(marked):
            return marked.rstrip(" .:"), False
    said = run_in(words[:80]).strip().rstrip(".:")
    return (said, False) if said and vocabulary().is_label(said) else ("", False)


def _block(builder: Builder, element: etree._Element) -> None:
    """Add one block, whatever it is; an unknown one is a paragraph, or a container of what it holds."""
    tag = element.tag
    if tag in _IGNORED:
        return
    if tag == "table-wrap":
        _table(builder, element)
    elif tag == "fig":
        builder.caption(_label(element), _caption(element))
    elif tag in ("sec", "boxed-text", "app"):
        _section(builder, element)
    elif tag in ("list-item", "def-item") and element.find("p") is None and element.find("def") is None:
        builder.paragraph(inline(element))
    elif tag in ("ref-list", "ack", "glossary", "notes", "bio"):
        _back_block(builder, element)
    elif tag == "p" or not _is_container(element):
        _paragraph(builder, element)
    else:
        _blocks(builder, element)


def _is_container(element: etree._Element) -> bool:
    return any(child.tag in _BREAKING | _FLOATS | {"list-item", "def-item", "def", "app"} for child in element)


def _paragraph(builder: Builder, element: etree._Element) -> None:
    """A paragraph, cut at the lists and quotations inside it; floats inside it follow when it is over."""
    floats: list[etree._Element] = []
    running = Inline()
    running.text(element.text)
    for child in element:
        if child.tag in _BREAKING:
            builder.paragraph(running.folded())
            running = Inline()
            _block(builder, child)
        elif child.tag in _FLOATS:
            floats.append(child)
            running.blank()
        else:
            add(child, running, frozenset(_FLOATS))
        running.text(child.tail)
    builder.paragraph(running.folded())
    for element in floats:
        _block(builder, element)


def _table(builder: Builder, wrap: etree._Element) -> None:
    grids = [place(tuple(_rows(table))) for table in wrap.iter("table")]
    foot = [inline(node) for part in wrap.findall("table-wrap-foot") for node in _foot(part)]
    builder.table(_label(wrap), _caption(wrap), grids, [words for words in foot if words])


def _rows(table: etree._Element) -> Iterator[list[RawCell]]:
    for row in table.iter("tr"):
        in_head = any(ancestor.tag == "thead" for ancestor in row.iterancestors("thead", "table"))
        yield [
            RawCell(
                inline(cell),
                whole_number(cell.get("rowspan")),
                whole_number(cell.get("colspan")),
                in_head or cell.tag == "th",
            )
            for cell in row.iterchildren("td", "th")
        ]


def _foot(part: etree._Element) -> Iterator[etree._Element]:
    """The foot's paragraphs and notes, each whole with its mark."""
    for child in part.iterchildren(etree.Element):
        if child.tag in ("fn-group", "table-wrap-foot"):
            yield from _foot(child)
        elif child.tag not in ("attrib", "permissions"):
            yield child


def _label(element: etree._Element) -> str:
    return inline(node) if (node := element.find("label")) is not None else ""


def _caption(element: etree._Element) -> str:
    return " ".join(inline(node) for node in element.findall("caption"))


def _heading(section: etree._Element) -> str:
    title = section.find("title")
    title = title if title is not None else section.find("caption/title")
    words = inline(title, frozenset({"fn"})) if title is not None else ""
    return " ".join(filter(None, (_label(section), words)))


def _back(builder: Builder, back: etree._Element) -> None:
    for child in back.iterchildren(etree.Element):
        if child.tag in ("app-group", "app", "sec"):
            _block(builder, child)
        elif child.tag not in _IGNORED:
            _back_block(builder, child)


def _back_block(builder: Builder, element: etree._Element) -> None:
    with builder.section("back", _heading(element)):
        entries = element.findall(".//ref") or element.findall(".//p") or [element]
        for entry in entries:
            builder.note(_reference(entry) if entry.tag == "ref" else inline(entry, frozenset({"title"})))


def _reference(entry: etree._Element) -> str:
    """A reference; one given in parts has no blanks between them."""
    return inline(entry) if entry.find(".//mixed-citation") is not None else spaced(entry)
