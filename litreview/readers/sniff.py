"""Tell a format from its content; a suffix only says what somebody meant to save."""

import csv
import re
import zlib

from litreview.errors import ReadError
from litreview.readers import table
from litreview.readers.decoding import decode

_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_PROLOGUE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]*\[.*?\]\s*>|[^>]*>))", re.DOTALL | re.IGNORECASE)
_PUBMED = {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle", "DeleteCitation"}
_EUTILS = re.compile(
    r"^(?:e(?:Search|Summary|Link|Post|Info|Fetch|Spell|Citation)Result|ERROR|SerialsSet|NCBICatalogRecord.*)$"
)
_HTML = {"html", "head", "body", "div", "p", "main", "section", "span", "h1", "table", "pre", "title", "meta"}
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file", "save it as PDF or plain text"),
    (b"{\\rtf", "a rich text file", "save it as plain text"),
    (b"\x89PNG", "a picture", "run it through text recognition (OCR) and add the text"),
    (b"\xff\xd8\xff", "a picture", "run it through text recognition (OCR) and add the text"),
    (b"SQLite format 3", "a SQLite database", "give the documents themselves"),
    (b"Rar!", "an archive", "unpack it and add the files inside"),
    (b"7z\xbc\xaf", "an archive", "unpack it and add the files inside"),
    (b"BZh", "an archive", "unpack it and add the files inside"),
    (b"\xfd7zXZ", "an archive", "unpack it and add the files inside"),
)

_PROMISED = (
    (re.compile(r"\.n?xml(?:\.gz)?$", re.IGNORECASE), "XML", "there is no markup in it"),
    (re.compile(r"\.pdf(?:\.gz)?$", re.IGNORECASE), "PDF", "it does not begin as one"),
)


def sniff(head: bytes, name: str) -> str:
    """The name of the format (a key of `READERS`) that a file's first bytes show; 64 KB of them are plenty.

    `ReadError` says what the file is where it is nothing that can be read. Gzip is looked through.
    """
    if head.startswith(b"\x1f\x8b"):
        head = inflate(head)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise ReadError(f"{name}: the file is empty", hint="download or save it again")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    _refuse_binary(head, name)
    text = decode(head, name).lstrip("\ufeff \t\n")
    if text.startswith("<"):
        return _markup(text, name)
    if text[:1] == "{" or re.match(r"\[\s*[{\[]", text):
        return "cord19"
    return _listed(text) or _running(name)


def inflate(head: bytes) -> bytes:
    """The first bytes of what a gzip file holds."""
    try:
        return zlib.decompressobj(31).decompress(head, 65_536)
    except zlib.error:
        return b""


def _refuse_binary(head: bytes, name: str) -> None:
    if head.startswith(b"PK\x03\x04"):
        word = b"word/" in head or name.lower().endswith(".docx")
        what = "a Word file" if word else "a zip archive (or an Office file)"
        raise ReadError(
            f"{name}: {what}", hint="save it as PDF or plain text" if word else "unpack it and add the files inside"
        )
    for signature, what, hint in _SIGNATURES:
        if head.startswith(signature):
            raise ReadError(f"{name}: {what}, which cannot be read", hint=hint)


def _markup(text: str, name: str) -> str:
    """XML or HTML by its root element, past declaration, comments and DOCTYPE."""
    position = 0
    while match := _PROLOGUE.match(text, position):
        if re.match(r"\s*<!DOCTYPE\s+html\b", match.group(), re.IGNORECASE):
            return _page(text, name)
        position = match.end()
    found = _ROOT.search(text, position)
    root = found.group(2) if found else ""
    if root in _PUBMED:
        return "pubmed"
    if root == "pmc-articleset" or re.search(r"<(?:\w+:)?article-meta\b|<(?:\w+:)?article\s[^>]*article-type=", text):
        return "jats"
    if root.lower() in _HTML or root == "article":
        return _page(text, name)
    if re.search(r"<PubmedArticle[\s>]", text):
        return "pubmed"
    if _EUTILS.match(root):
        raise ReadError(
            f"{name}: an answer of E-utilities without articles ({root})",
            hint="fetch the records with efetch, retmode=xml",
        )
    raise ReadError(
        f"{name}: XML, but neither PubMed nor JATS ({root or 'no root element'})",
        hint="export it as PubMed or JATS XML",
    )


def _page(text: str, name: str) -> str:
    if "PmFetch response" in text[:500] or re.search(r"<pre>\s*(?:Pubmed-entry|Medline-entry)\s*::=", text[:2000]):
        raise ReadError(f"{name}: PubMed's ASN.1 in an HTML page", hint="fetch the records with efetch, retmode=xml")
    return "html"


def _listed(text: str) -> str | None:
    """The kind of bibliography, `None` for running text."""
    head = text[:4000]
    if re.match(r"(?:[A-Z]{2,4}\s*- .*\n)*?PMID\s*- ?\d", head):
        return "nbib"
    if re.match(r"(?:.*\n){0,20}?TY  ?- ?\w", head):
        return "ris"
    if re.match(
        r"(?:%.*\n|\s)*@[a-z]{3,20}\s*[{(]",
        head,
        re.I,
    ):
        return "bibtex"
    return "csv" if _is_table(head) else None


def _running(name: str) -> str:
    """Running text; what calls itself XML or PDF and is neither is a download that went wrong."""
    for suffix, promised, told in _PROMISED:
        if suffix.search(name):
            hint = "download or save it again; if it is meant to be plain text, name it .txt"
            raise ReadError(f"{name}: the name says {promised}, but {told}", hint=hint)
    return "text"


def _is_table(head: str) -> bool:
    """Whether the first line names columns, one of titles and another of what a bibliography has."""
    first = head.partition("\n")[0]
    named = table.columns(next(csv.reader([first], delimiter=table.delimiter(first)), []))
    return "title" in named and len(named.keys() - {"id", "url", "kind"}) >= 2
