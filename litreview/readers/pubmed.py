"""PubMed XML: articles, book articles and deletions, as E-utilities and the yearly files give them."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from litreview.model.bibliography import Problem, Record, RelatedRecord, Status
from litreview.model.document import Document
from litreview.readers import identifiers, xml_stream
from litreview.readers.abstract import Abstract, Part, abstract_document
from litreview.readers.item import Item
from litreview.readers.markup import inline
from litreview.readers.pubmed_dates import cited_date, parts_date

TAGS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation")
# Titles that PubMed writes where there is none in English.
_NO_TITLE = {"", "not available", "[not available]", "no title available"}
_RETRACTED = {"RetractionIn", "RetractedandRepublishedIn"}
_CORRECTED = {"ErratumIn", "CorrectedandRepublishedIn", "PartialRetractionIn"}


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """Records with their abstracts as documents.

    Of several versions of a PMID in one file an older one never follows a newer one. Deleted PMIDs come as records
    of status `deleted` without a document.
    """
    yield from _items(xml_stream.records(stream, name, TAGS), name)


def read_tree(root: etree._Element, name: str) -> Iterator[Item]:
    """Like `read`, for XML that was parsed already."""
    yield from _items(xml_stream.whole(root, TAGS), name)


def _items(elements: Iterable[etree._Element | Problem], name: str) -> Iterator[Item]:
    versions: dict[str, int] = {}
    for number, found in enumerate(elements, start=1):
        if isinstance(found, Problem):
            yield found
        elif found.tag == "DeleteCitation":
            yield from _deleted(found)
        else:
            yield from _article(found, name, number, versions)


def status(types: tuple[str, ...], related: tuple[RelatedRecord, ...], title: str, state: str = "") -> Status:
    """What has become of a publication, from its types, its links, its title and PubMed's publication status."""
    kinds = {link.kind for link in related}
    if "Retracted Publication" in types or kinds & _RETRACTED or is_marked_retracted(title):
        return "retracted"
    if "ExpressionOfConcernIn" in kinds:
        return "concern"
    if kinds & _CORRECTED:
        return "corrected"
    return "ahead_of_print" if state == "aheadofprint" else "published"


def is_marked_retracted(title: str) -> bool:
    """Whether a publisher has put "RETRACTED:" or "WITHDRAWN:" before the title; a notice says "Retraction"."""
    return (
        re.match(r"\W*(?:retracted|withdrawn)(?:\s+(?:article|paper))?\s*[:\])–—-]", title, re.IGNORECASE) is not None
    )


def _deleted(element: etree._Element) -> Iterator[Item]:
    for node in element.findall("PMID"):
        yield Record(title="", pmid=identifiers.pmid(node.text), status="deleted"), None


def _article(element: etree._Element, name: str, number: int, versions: dict[str, int]) -> Iterator[Item]:
    citation = element.find("BookDocument" if element.tag == "PubmedBookArticle" else "MedlineCitation")
    node = citation.find("PMID") if citation is not None else None
    pmid = identifiers.pmid(node.text) if node is not None else None
    if citation is None or node is None or pmid is None:
        yield xml_stream.problem(f"{name}: record {number}", "the record has no PMID", "fetch it again by its PMID")
        return
    version = int(v) if (v := node.get("Version", "1")).isdecimal() else 1
    if version < versions.setdefault(pmid, version):
        return
    versions[pmid] = version
    yield (
        _book(element, citation, pmid, name)
        if citation.tag == "BookDocument"
        else _journal(element, citation, pmid, name)
    )


def _journal(element: etree._Element, citation: etree._Element, pmid: str, name: str) -> tuple[Record, Document]:
    article = citation.find("Article")
    article = article if article is not None else etree.Element("Article")
    languages = tuple(_texts(article, "Language"))
    title, vernacular = _titles(article, languages)
    types = tuple(_texts(article, "PublicationTypeList/PublicationType"))
    related = tuple(_related(citation))
    abstract = _abstract(article, citation)
    record = Record(
        title=title,
        pmid=pmid,
        pmcid=_article_id(element, "PubmedData", "pmc", identifiers.pmcid),
        doi=_article_id(element, "PubmedData", "doi", identifiers.doi) or _electronic_doi(article),
        authors=tuple(_authors(article.findall("AuthorList/Author"))),
        journal=_first(
            citation, "Article/Journal/Title", "Article/Journal/ISOAbbreviation", "MedlineJournalInfo/MedlineTA"
        ),
        published=cited_date(article),
        volume=_first(article, "Journal/JournalIssue/Volume"),
        issue=_first(article, "Journal/JournalIssue/Issue"),
        pages=_pages(article),
        language="; ".join(languages),
        vernacular_title=vernacular,
        abstract=abstract.as_text(),
        publication_types=types,
        mesh_terms=tuple(_texts(citation, "MeshHeadingList/MeshHeading/DescriptorName")),
        keywords=tuple(_texts(citation, "KeywordList/Keyword")),
        status=status(types, related, title, _first(element, "PubmedData/PublicationStatus").lower()),
        related=related,
        revised=parts_date(citation.find("DateRevised")),
        affiliations=tuple(_texts(article, "AuthorList/Author//Affiliation")) or tuple(_texts(article, "Affiliation")),
        references=tuple(_references(element)),
    )
    return record, abstract_document(title, abstract, format="pubmed", source=name)


def _book(element: etree._Element, book: etree._Element, pmid: str, name: str) -> tuple[Record, Document]:
    title = _first(book, "ArticleTitle", "Book/BookTitle")
    lists = book.findall("AuthorList") + book.findall("Book/AuthorList")
    writers = [found for found in lists if found.get("Type", "authors") == "authors"][:1]
    abstract = Abstract(tuple(_parts(book.find("Abstract"))))
    record = Record(
        title=title,
        pmid=pmid,
        doi=_article_id(book, ".", "doi", identifiers.doi)
        or _article_id(element, "PubmedBookData", "doi", identifiers.doi),
        pmcid=_article_id(book, ".", "pmc", identifiers.pmcid),
        authors=tuple(_authors([author for found in writers for author in found.findall("Author")])),
        journal=_first(book, "Book/BookTitle"),
        published=parts_date(book.find("Book/PubDate")) or parts_date(book.find("ContributionDate")),
        language="; ".join(_texts(book, "Language")),
        abstract=abstract.as_text(),
        publication_types=tuple(_texts(book, "PublicationType")),
        keywords=tuple(_texts(book, "KeywordList/Keyword")),
        revised=parts_date(book.find("DateRevised")),
    )
    return record, abstract_document(title, abstract, format="pubmed", source=name)


def _titles(article: etree._Element, languages: tuple[str, ...]) -> tuple[str, str]:
    """The title, and the one in the paper's own language.

    Brackets around a whole title mean a translation only where the record says that the paper is not in English;
    "[18F]FDG ..." keeps its own.
    """
    title, vernacular = _first(article, "ArticleTitle"), _first(article, "VernacularTitle")
    if title.lower().rstrip(".") in _NO_TITLE:
        return vernacular, vernacular
    if vernacular or any(language not in ("eng", "und") for language in languages):
        title = _without_brackets(title)
    return title, vernacular


def _without_brackets(title: str) -> str:
    match = re.fullmatch(r"\[(.*)\]\.?", title, re.DOTALL)
    if not match:
        return title
    depth = 0
    for sign in match.group(1):
        depth += (sign == "[") - (sign == "]")
        if depth < 0:
            return title
    return match.group(1)


def _abstract(article: etree._Element, citation: etree._Element) -> Abstract:
    others = [
        (node.get("Language", ""), node.get("Type", ""), tuple(_parts(node)))
        for node in citation.findall("OtherAbstract") + article.findall("OtherAbstract")
    ]
    own = tuple(_parts(article.find("Abstract")))
    return Abstract(own, tuple((language or kind, parts) for language, kind, parts in others if parts))


def _parts(abstract: etree._Element | None) -> Iterator[Part]:
    """Labelled parts; those of empty text are left out, and an empty label is none."""
    for node in abstract.findall("AbstractText") if abstract is not None else ():
        text = inline(node)
        if text:
            yield Part((node.get("Label") or "").strip(), text)


def _authors(authors: list[etree._Element]) -> Iterator[str]:
    """Names as printed, families first as the record has them; a misspelt name that was corrected is left out."""
    for author in authors:
        collective, family = _first(author, "CollectiveName"), _first(author, "LastName")
        given = _first(author, "Initials") or identifiers.initials(_first(author, "ForeName", "FirstName"))
        if author.get("ValidYN") != "N" and (collective or family):
            yield collective or f"{family} {given}".strip()


def _related(citation: etree._Element) -> Iterator[RelatedRecord]:
    for node in citation.findall("CommentsCorrectionsList/CommentsCorrections"):
        yield RelatedRecord(node.get("RefType", ""), identifiers.pmid(node.findtext("PMID")), _first(node, "RefSource"))


def _references(element: etree._Element) -> Iterator[str]:
    """What it cites, each once: the PMID, or the DOI of what has none."""
    seen: set[str] = set()
    for reference in element.findall("PubmedData/ReferenceList//Reference"):
        ids = {node.get("IdType"): node.text for node in reference.findall("ArticleIdList/ArticleId")}
        name = identifiers.pmid(ids.get("pubmed")) or identifiers.doi(ids.get("doi"))
        if name and name not in seen:
            seen.add(name)
            yield name


def _article_id(
    element: etree._Element, place: str, kind: str, normal: Callable[[str | None], str | None]
) -> str | None:
    """An id of the record itself: the lists of its references stand deeper and are never looked into."""
    for node in element.findall(f"{place}/ArticleIdList/ArticleId"):
        if node.get("IdType") == kind and (found := normal(node.text)):
            return found
    return None


def _electronic_doi(article: etree._Element) -> str | None:
    nodes = article.findall("ELocationID")
    dois = (identifiers.doi(n.text) for n in nodes if n.get("EIdType") == "doi" and n.get("ValidYN") != "N")
    return next((found for found in dois if found), None)


def _pages(article: etree._Element) -> str:
    first, last = _first(article, "Pagination/StartPage"), _first(article, "Pagination/EndPage")
    return _first(article, "Pagination/MedlinePgn") or "-".join(filter(None, (first, last)))


def _first(element: etree._Element, *paths: str) -> str:
    """The folded text at the first path that has any."""
    for path in paths:
        node = element.find(path)
        if node is not None and (text := inline(node)):
            return text
    return ""


def _texts(element: etree._Element, path: str) -> Iterator[str]:
    seen: set[str] = set()
    for node in element.findall(path):
        text = inline(node)
        if text and text not in seen:
            seen.add(text)
            yield text
