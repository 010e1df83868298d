"""The front matter of a JATS article as a record."""

from collections.abc import Iterator

from lxml import etree

from litreview.model.bibliography import PartialDate, Record, RelatedRecord, Status
from litreview.readers import dates, identifiers
from litreview.readers.abstract import Abstract, Part
from litreview.readers.markup import inline
from litreview.readers.pubmed import is_marked_retracted
from litreview.readers.sections import run_in

_NOTES = frozenset({"xref", "fn"})
_FOOT = frozenset({"fn"})
_MARKS = frozenset({"label", "sup", "email"})
_HREF = "{http://www.w3.org/1999/xlink}href"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# PubMed's three letters for the two of xml:lang.
_LANGUAGES = {
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "pt": "por", "it": "ita", "zh": "chi", "ja": "jpn", "ko": "kor",
    "ru": "rus", "pl": "pol", "tr": "tur", "nl": "dut", "cs": "cze", "hu": "hun", "fa": "per", "ar": "ara",
}  # fmt: skip
# PubMed's publication types for the article types and headings of JATS.
_TYPES = {
    "case-report": "Case Reports", "case report": "Case Reports", "case reports": "Case Reports",
    "case series": "Case Reports", "review-article": "Review", "systematic-review": "Systematic Review",
    "letter": "Letter", "editorial": "Editorial",
    "research-article": "Journal Article", "brief-report": "Journal Article", "article-commentary": "Comment",
    "correction": "Published Erratum", "retraction": "Retraction of Publication", "reply": "Comment",
    "retracted-article": "Retracted Publication", "expression-of-concern": "Expression of Concern",
    "meeting-report": "Congress", "abstract": "Meeting Abstract", "guideline": "Practice Guideline",
    "preprint": "Preprint",
}  # fmt: skip
# PubMed's rule of citation, in the words of JATS: the issue's date first, then the electronic one.
_DATES = ("ppub", "epub-ppub", "epub", "pub", "collection", "issue-pub", "epreprint", "preprint", "")


def record(article: etree._Element) -> Record:
    """The record that an article's own front matter states; of its references no more than which they are."""
    meta = article.find("front/article-meta")
    meta = meta if meta is not None else etree.Element("article-meta")
    title = _text(meta, "title-group/article-title") or _text(meta, "title-group/trans-title-group/trans-title")
    types, related = tuple(_types(article, meta)), tuple(_related(meta))
    return Record(
        title=title,
        pmid=identifiers.pmid(_id(meta, "pmid")),
        pmcid=identifiers.pmcid(_id(meta, "pmcid", "pmc")),
        doi=identifiers.doi(_id(meta, "doi")),
        authors=tuple(_authors(meta)),
        journal=_text(article, "front/journal-meta//journal-title") or _text(article, "front/journal-meta/journal-id"),
        published=_published(meta),
        volume=_text(meta, "volume"),
        issue=_text(meta, "issue"),
        pages=_pages(meta),
        language=_language(article),
        vernacular_title=_text(meta, "title-group/trans-title-group/trans-title"),
        abstract=abstract(meta).as_text(),
        publication_types=types,
        keywords=tuple(dict.fromkeys(filter(None, (inline(node, _NOTES) for node in meta.findall(".//kwd"))))),
        status=_status(article.get("article-type", ""), types, related, title),
        related=related,
        licence=licence(meta),
        affiliations=tuple(_affiliations(meta)),
        references=tuple(dict.fromkeys(_references(article))),
    )


def abstract(meta: etree._Element) -> Abstract:
    """The abstract in its labelled parts; graphical ones, summaries and translations stand among the others."""
    main = main_abstract(meta)
    rest = [node for node in meta.iterchildren("abstract", "trans-abstract") if node is not main]
    others = ((node.get("abstract-type") or node.get(_LANG) or "", tuple(_parts(node, ""))) for node in rest)
    return Abstract(
        tuple(_parts(main, "")) if main is not None else (), tuple((name, parts) for name, parts in others if parts)
    )


def main_abstract(meta: etree._Element) -> etree._Element | None:
    """The article's own abstract: the first that is not graphical, a summary for others, or the like."""
    return next((node for node in meta.findall("abstract") if not _is_other(node)), None)


def licence(meta: etree._Element) -> str:
    """The licence as its address, else in its own words; older articles state it in text alone."""
    permissions = meta.find("permissions")
    if permissions is None:
        return ""
    for found in permissions.findall("license"):
        addresses = [found.get(_HREF, "")] + [node.text or "" for node in found.iter("license_ref")]
        addresses += [node.get(_HREF, "") for node in found.iter("ext-link", "uri")]
        named = [address.strip() for address in addresses if "creativecommons.org" in address.lower()]
        if named or any(addresses[:1]):
            return named[0] if named else addresses[0]
        return inline(found) or found.get("license-type", "")
    address = next((node.text for node in permissions.iter("license_ref") if node.text), "")
    return address.strip() or _said_free(permissions)


def _said_free(permissions: etree._Element) -> str:
    """A copyright line counts only where it grants something."""
    said = _text(permissions, "copyright-statement")
    return said if "creative commons" in said.lower() or "public domain" in said.lower() else ""


def _is_other(node: etree._Element) -> bool:
    kind = node.get("abstract-type", "")
    return bool(kind) and kind not in ("abstract", "structured", "section", "main", "normal", "unstructured")


def _parts(node: etree._Element, label: str) -> Iterator[Part]:
    for child in node.iterchildren(etree.Element):
        if child.tag == "sec":
            yield from _parts(child, _text(child, "title") or label)
        elif child.tag in ("title", "label", "object-id", "fig", "table-wrap"):
            continue
        elif text := inline(child, _FOOT):
            said = run_in(text) if not label and child.find("bold") is not None else ""
            yield Part(said.strip().rstrip(":.") or label, text[len(said) :])
    if node.text and node.text.strip() and not len(node):
        yield Part(label, inline(node))


def _id(meta: etree._Element, *kinds: str) -> str | None:
    for kind in kinds:
        for node in meta.findall("article-id"):
            if node.get("pub-id-type") == kind and node.text:
                return node.text
    return None


def _authors(meta: etree._Element) -> Iterator[str]:
    for contrib in meta.findall("contrib-group/contrib"):
        if contrib.get("contrib-type", "author") != "author":
            continue
        name = contrib.find("name")
        name = name if name is not None else contrib.find("name-alternatives/name")
        group = contrib.find("collab")
        if name is not None and (family := _text(name, "surname")):
            given = name.find("given-names")
            short = given.get("initials", "") if given is not None else ""
            yield f"{family} {short or identifiers.initials(_text(name, 'given-names'))}".strip()
        elif group is not None and (words := inline(group, _NOTES | {"contrib-group", "aff", "email"})):
            yield words
        elif plain := _text(contrib, "string-name"):
            yield plain


def _affiliations(meta: etree._Element) -> Iterator[str]:
    nodes = (node for path in ("contrib-group/aff", "contrib-group/contrib/aff", "aff") for node in meta.findall(path))
    yield from dict.fromkeys(filter(None, (inline(node, _MARKS) for node in nodes)))


def _references(article: etree._Element) -> Iterator[str]:
    """The PMID of each reference, or the DOI of one that has none."""
    for reference in article.iterfind("back//ref"):
        ids = {node.get("pub-id-type"): node.text for node in reference.iter("pub-id")}
        if name := identifiers.pmid(ids.get("pmid")) or identifiers.doi(ids.get("doi")):
            yield name


def _published(meta: etree._Element) -> PartialDate | None:
    """The date to cite. 1900 is what some feeds write for an unknown year."""
    found: dict[str, PartialDate] = {}
    for node in meta.findall("pub-date"):
        date = dates.from_parts(node.findtext("year"), node.findtext("month"), node.findtext("day"))
        date = date or dates.from_text(node.findtext("string-date"))
        kind = node.get("pub-type") or node.get("date-type") or ""
        if date and date.year != 1900:
            found.setdefault("epub" if kind == "pub" and node.get("publication-format") == "electronic" else kind, date)
    return next((found[kind] for kind in _DATES if kind in found), None)


def _pages(meta: etree._Element) -> str:
    first, last = _text(meta, "fpage"), _text(meta, "lpage")
    pages = first if first == last else "-".join(filter(None, (first, last)))
    return pages or _text(meta, "elocation-id")


def _language(article: etree._Element) -> str:
    code = article.get(_LANG, "").lower().partition("-")[0]
    return _LANGUAGES.get(code, code)


def _types(article: etree._Element, meta: etree._Element) -> Iterator[str]:
    words = [article.get("article-type", "")]
    words += [inline(node).lower() for node in meta.findall("article-categories/subj-group/subject")]
    yield from dict.fromkeys(_TYPES[word] for word in words if word in _TYPES)


def _related(meta: etree._Element) -> Iterator[RelatedRecord]:
    for node in meta.iterchildren("related-article", "related-object"):
        target = node.get(_HREF, "")
        pmid = identifiers.pmid(target) if node.get("ext-link-type") == "pubmed" else None
        yield RelatedRecord(node.get("related-article-type", ""), pmid, inline(node) or target)


def _status(kind: str, types: tuple[str, ...], related: tuple[RelatedRecord, ...], title: str) -> Status:
    """What has become of the article: its own type, what links forward from it, or what is written before its title."""
    links = {link.kind for link in related}
    if kind.startswith(("retracted", "withdrawn")) or "retraction-forward" in links or is_marked_retracted(title):
        return "retracted"
    if any("concern" in link and "forward" in link for link in links):
        return "concern"
    return "corrected" if links & {"correction-forward", "corrected-and-republished-forward"} else "published"


def _text(element: etree._Element, path: str) -> str:
    node = element.find(path)
    return inline(node, _NOTES) if node is not None else ""
