"""XML as it must be read from strangers: no DTD, no network, no entities, one record at a time."""

import html.entities
import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from litreview.errors import ReadError
from litreview.model.bibliography import Problem

# What reading a damaged or cut stream can raise, gzip included.
BROKEN = (etree.XMLSyntaxError, EOFError, OSError, zlib.error)
_CHUNK = 1 << 16
_HAS_NAMESPACE = etree.XPath("boolean(descendant-or-self::*[namespace-uri()])")


def records(stream: BinaryIO, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element | Problem]:
    """Each element of one of the `tags`, wherever it stands, namespaces removed; memory is that of one record.

    After a place that is not well-formed the rest is searched for whole records, each parsed alone; a damaged one
    is a `Problem`. `ReadError` where not a single record could be read.
    """
    count = 0
    try:
        for element in _stream(stream, tags):
            count += 1
            yield element
            _forget(element)
        return
    except BROKEN as error:
        broken = error
    yield from _rest(stream, name, tags, broken, skip=count)


def whole(root: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Like `records`, for XML that was parsed already; a record inside another one is part of that."""
    for element in root.iter(*("{*}" + tag for tag in tags)):
        if not any(above.tag in tags for above in element.iterancestors()):
            yield _local(element)


def _rest(
    stream: BinaryIO, name: str, tags: tuple[str, ...], broken: BaseException, *, skip: int
) -> Iterator[etree._Element | Problem]:
    """What can still be had after the XML broke; problems wait until one record shows that the file is worth it."""
    waiting: list[Problem] = []
    whole = skip > 0
    for found in _salvage(stream, name, tags, skip=skip):
        if isinstance(found, Problem):
            waiting.append(found)
            continue
        whole = True
        yield from waiting
        waiting.clear()
        yield found
    if not whole:
        raise ReadError(
            f"{name}: the XML cannot be read: {_reason(broken)}", hint="download the file again; it may be cut off"
        ) from broken
    yield from waiting
    if not waiting and not isinstance(broken, etree.XMLSyntaxError):
        yield problem(name, f"the file ends before its end; records may be missing: {_reason(broken)}")


def problem(subject: str, sentence: str, hint: str = "download the file again; it may be cut off") -> Problem:
    """A problem of the reading stage."""
    return Problem("read", subject, sentence, hint)


def flat(element: etree._Element) -> Iterator[str]:
    """Text of an element and all below it, in order; comments skipped, named characters spelled out."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield from flat(child)
        else:
            yield character(child)
        if child.tail:
            yield child.tail


def character(node: etree._Element) -> str:
    """The character that an unresolved entity such as `&alpha;` names; nothing for any other entity or a comment."""
    if isinstance(node, etree._Entity):
        return html.entities.html5.get(f"{node.name};", "")
    return ""


def _options() -> dict[str, bool]:
    return {"load_dtd": False, "no_network": True, "resolve_entities": False, "huge_tree": False}


def _stream(stream: BinaryIO, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    names = tuple("{*}" + tag for tag in tags)
    for _, element in etree.iterparse(stream, events=("end",), tag=names, **_options()):
        yield _local(element)


def _local(element: etree._Element) -> etree._Element:
    """The same element with bare tag names, so that a namespace makes no difference."""
    if not _HAS_NAMESPACE(element):
        return element
    for node in element.iter(etree.Element):
        if node.tag.startswith("{"):
            node.tag = node.tag.partition("}")[2]
    return element


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _salvage(stream: BinaryIO, name: str, tags: tuple[str, ...], *, skip: int) -> Iterator[etree._Element | Problem]:
    """Whole records found by their tags alone, the first `skip` of them left out, and a problem for what is cut."""
    if not stream.seekable():
        yield problem(name, "the XML is broken, and what follows could not be read")
        return
    stream.seek(0)
    for number, raw in enumerate(_pieces(stream, tags), start=1):
        if number > skip:
            yield _alone(raw, name, number)


def _pieces(stream: BinaryIO, tags: tuple[str, ...]) -> Iterator[bytes]:
    """Each record's bytes as far as they go, and nothing at all at the end of a set that lacks its own end."""
    names = b"|".join(tag.encode() for tag in tags)
    start = re.compile(rb"<(" + names + rb")(?=[\s>])")
    buffer, at_end, in_set = b"", False, False
    while True:
        begin = start.search(buffer)
        in_set = in_set or re.search(rb"<[A-Za-z]", buffer[: begin.start() if begin else None]) is not None
        end = begin and re.compile(rb"</" + begin.group(1) + rb"\s*>").search(buffer, begin.end())
        following = begin and start.search(buffer, begin.end())
        if begin and following and (not end or following.start() < end.start()):
            yield buffer[begin.start() : following.start()]
            buffer = buffer[following.start() :]
        elif begin and end:
            yield buffer[begin.start() : end.end()]
            buffer = buffer[end.end() :]
        elif at_end:
            if begin or (in_set and b"</" not in buffer):
                yield buffer[begin.start() :] if begin else b""
            return
        else:
            more = _read(stream)
            at_end = not more
            buffer = buffer[begin.start() if begin else max(len(buffer) - 64, 0) :] + more


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_CHUNK)
    except BROKEN:
        return b""


def _alone(raw: bytes, name: str, number: int) -> etree._Element | Problem:
    if not raw:
        return problem(name, "the file ends before its end; records may be missing")
    try:
        return next(_stream(io.BytesIO(_unicode(raw)), (_tag(raw),)))
    except (*BROKEN, StopIteration) as error:
        pmid = re.search(rb"<PMID[^>]*>\s*(\d+)", raw)
        subject = f"{name}: PMID {pmid.group(1).decode()}" if pmid else f"{name}: record {number}"
        return problem(subject, f"the record is damaged: {_reason(error)}")


def _tag(raw: bytes) -> str:
    return re.match(rb"<([\w.-]+)", raw).group(1).decode()  # type: ignore[union-attr]


def _unicode(raw: bytes) -> bytes:
    """UTF-8; bytes that are not become what Windows means by them."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").encode("utf-8")
    return raw


def _reason(error: BaseException) -> str:
    """What the parser said, without the file's name, which every message of ours begins with."""
    return re.sub(r" \([^()]*, line \d+\)$", "", str(error)) or type(error).__name__
