"""What the search fields hold of one PubMed record."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from litreview.model.bibliography import PartialDate, Record

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_LANGUAGES = {
    "eng": "english", "ger": "german", "fre": "french", "spa": "spanish", "ita": "italian", "por": "portuguese",
    "chi": "chinese", "jpn": "japanese", "kor": "korean", "rus": "russian", "pol": "polish", "tur": "turkish",
    "dut": "dutch", "swe": "swedish", "dan": "danish", "nor": "norwegian", "fin": "finnish", "hun": "hungarian",
    "cze": "czech", "slo": "slovak", "gre": "greek", "heb": "hebrew", "ara": "arabic", "per": "persian",
    "rum": "romanian", "bul": "bulgarian", "hrv": "croatian", "srp": "serbian", "ukr": "ukrainian", "cat": "catalan",
}  # fmt: skip
_STATUS_FILTERS = {
    "MEDLINE": "medline", "In-Process": "inprocess", "In-Data-Review": "inprocess", "Publisher": "publisher",
    "PubMed-not-MEDLINE": "pubmednotmedline", "OLDMEDLINE": "oldmedline",
}  # fmt: skip
_FREE = ("pubmed pmc", "pubmed pmc local", "free full text", "loattrfree full text", "full text", "loattrfull text")
_HISTORY = {"entered": "entrez", "created": "entrez", "indexed": "medline"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, laid out by the parts that search fields look at.

    `texts` are passages whose words count, `values` whole headings, names and ids, `dates` days as the number
    20220619 (a partial date is its first day). `references` are PMIDs.
    """

    pmid: str
    texts: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[int, ...]]
    references: tuple[str, ...] = ()

    @property
    def pmcid(self) -> str:
        """`PMC...`, empty where there is no full text."""
        return next(iter(self.values["pmcid"]), "")


def from_article(article: etree._Element) -> Entry:
    """The entry of a `PubmedArticle` or `PubmedBookArticle` element."""
    citation = _first_child(article, "MedlineCitation", "BookDocument")
    values = _values(article, citation)
    return Entry(
        pmid=_text(citation.find("PMID")),
        texts=_texts(citation, values),
        values=values,
        dates=_dates(article, citation),
        references=_values_of(article, "PubmedData/ReferenceList//Reference/ArticleIdList/ArticleId[@IdType='pubmed']"),
    )


def from_record(record: Record) -> Entry:
    """The entry of a record as the readers give it; what it does not keep, such as the entry date, is empty."""
    blank = etree.Element("Record")
    values = _values(blank, blank) | {
        "mesh": record.mesh_terms,
        "type": record.publication_types,
        "language": _languages((record.language,) if record.language else ()),
        "author": record.authors,
        "first_author": record.authors[:1],
        "last_author": record.authors[-1:],
        "journal": (record.journal,),
        "volume": (record.volume,),
        "issue": (record.issue,),
        "pages": (record.pages,),
        "pmid": (record.pmid or "",),
        "doi": (record.doi or "",),
        "article_ids": (record.doi or "",),
        "pmcid": (record.pmcid,) if record.pmcid else (),
        "filter": (*record.publication_types, *record.mesh_terms, *_languages((record.language,))),
    }
    texts = _texts(blank, values) | {
        "title": (record.title, record.vernacular_title),
        "abstract": (record.abstract,) if record.abstract else (),
        "keywords": record.keywords,
    }
    return Entry(record.pmid or "", texts, values, _record_dates(record))


def _texts(citation: etree._Element, values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        "title": _paths(citation, "Article/ArticleTitle", "Article/VernacularTitle", "ArticleTitle", "Book/BookTitle"),
        "abstract": _paths(
            citation, "Article/Abstract/AbstractText", "OtherAbstract/AbstractText", "Abstract/AbstractText"
        ),
        "keywords": _paths(citation, "KeywordList/Keyword"),
        "mesh_words": values["mesh"],
        "substances": values["substance"],
        "types": values["type"],
        "collectives": _paths(citation, ".//CollectiveName"),
        "comments": _paths(citation, "CommentsCorrectionsList/CommentsCorrections/RefSource", "GeneralNote"),
        "affiliations": _paths(citation, ".//Affiliation"),
        "author_names": values["author"],
        "journals": values["journal"],
        "numbers": (*values["registry"], *values["article_ids"], *values["pmcid"], *values["pmid"]),
        "languages": values["language"],
    }


def _values(article: etree._Element, citation: etree._Element) -> dict[str, tuple[str, ...]]:
    authors = tuple(citation.iterfind(".//AuthorList/Author"))
    language = _languages(_paths(citation, "Article/Language", "Language"))
    types = _paths(citation, "Article/PublicationTypeList/PublicationType", "PublicationType")
    headings = tuple(citation.iterfind("MeshHeadingList/MeshHeading"))
    mesh = tuple(name for heading in headings for name in _mesh_names(heading, major_only=False))
    pmcid = tuple(text.upper() for text in _article_ids(article, "pmc"))
    return {
        "pmid": _paths(citation, "PMID"),
        "mesh": mesh,
        "mesh_major": tuple(name for heading in headings for name in _mesh_names(heading, major_only=True)),
        "subheadings": _paths(citation, "MeshHeadingList/MeshHeading/QualifierName"),
        "type": types,
        "language": language,
        "author": tuple(name for author in authors for name in _names(author)),
        "first_author": tuple(name for author in authors[:1] for name in _names(author)),
        "last_author": tuple(name for author in authors[-1:] for name in _names(author)),
        "journal": _paths(
            citation, "Article/Journal/Title", "Article/Journal/ISOAbbreviation", "Article/Journal/ISSN",
            "MedlineJournalInfo/MedlineTA", "MedlineJournalInfo/ISSNLinking", "MedlineJournalInfo/NlmUniqueID",
        ),
        "substance": _paths(citation, "ChemicalList/Chemical/NameOfSubstance", "SupplMeshList/SupplMeshName"),
        "registry": _paths(citation, "ChemicalList/Chemical/RegistryNumber"),
        "volume": _paths(citation, "Article/Journal/JournalIssue/Volume"),
        "issue": _paths(citation, "Article/Journal/JournalIssue/Issue"),
        "pages": _paths(citation, "Article/Pagination/MedlinePgn"),
        "doi": (*_article_ids(article, "doi"), *_paths(citation, "Article/ELocationID[@EIdType='doi']")),
        "article_ids": (*_article_ids(article), *_paths(citation, "Article/ELocationID")),
        "pmcid": pmcid,
        "filter": (*types, *language, *mesh, *_filters(citation), *(_FREE if pmcid else ())),
    }  # fmt: skip


def _article_ids(article: etree._Element, kind: str = "") -> tuple[str, ...]:
    """The record's own ids: its reference list holds those of the papers it cites."""
    own = (
        *article.iterfind("PubmedData/ArticleIdList/ArticleId"),
        *article.iterfind("PubmedBookData/ArticleIdList/ArticleId"),
    )
    return tuple(_text(node) for node in own if not kind or node.get("IdType") == kind)


def _mesh_names(heading: etree._Element, *, major_only: bool) -> tuple[str, ...]:
    """A heading's name alone and with each of its subheadings, as in `Name/subheading`."""
    descriptor = _text(heading.find("DescriptorName"))
    qualifiers = [
        node for node in heading.iterfind("QualifierName") if not major_only or node.get("MajorTopicYN") == "Y"
    ]
    topic = heading.find("DescriptorName")
    major = topic is not None and topic.get("MajorTopicYN") == "Y"
    if major_only and not major and not qualifiers:
        return ()
    return (descriptor, *(f"{descriptor}/{_text(node)}" for node in qualifiers))


def _names(author: etree._Element) -> tuple[str, ...]:
    """The ways in which an author is looked for: initials, and the full name in both orders."""
    collective = _text(author.find("CollectiveName"))
    if collective:
        return (collective,)
    family, given, initials = (_text(author.find(tag)) for tag in ("LastName", "ForeName", "Initials"))
    full = (f"{family} {given}", f"{given} {family}") if given and given != initials else ()
    return (f"{family} {initials}".strip(), *full) if family else ()


def _languages(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for code in codes if code for name in (code, _LANGUAGES.get(code.lower(), "")) if name)


def _filters(citation: etree._Element) -> tuple[str, ...]:
    subsets = _paths(citation, "CitationSubset")
    status = _STATUS_FILTERS.get(citation.get("Status", ""), "")
    return (*subsets, *(f"jsubset{name}" for name in subsets), *((status,) if status else ()))


def _dates(article: etree._Element, citation: etree._Element) -> dict[str, tuple[int, ...]]:
    printed = _days(citation.find("Article/Journal/JournalIssue/PubDate"), citation.find("Book/PubDate"))
    online = _days(*citation.iterfind("Article/ArticleDate"))
    dates = {
        "published": (*printed, *online),
        "published_print": printed,
        "published_online": online,
        "revised": _days(citation.find("DateRevised")),
        "completed": _days(citation.find("DateCompleted")),
    }
    for part, status in _HISTORY.items():
        dates[part] = _days(*article.iterfind(f".//History/PubMedPubDate[@PubStatus='{status}']"))
    return dates


def _days(*nodes: etree._Element | None) -> tuple[int, ...]:
    return tuple(day for node in nodes if node is not None and (day := _day(node)))


def _day(node: etree._Element) -> int:
    """A date element as 20220619; of `MedlineDate`, and of what is no month, as much as can be told."""
    year = re.search(r"\d{4}", _text(node.find("Year")) or _text(node.find("MedlineDate")))
    if year is None:
        return 0
    month = _month(_text(node.find("Month")) or _text(node.find("MedlineDate"))[year.end() :])
    day = _text(node.find("Day"))
    return int(year.group()) * 10_000 + month * 100 + (int(day) if day.isdigit() and 0 < int(day) <= 31 else 1)


def _month(text: str) -> int:
    if text.strip().isdigit():
        return min(max(int(text), 1), 12)
    return next((_MONTHS[word[:3]] for word in re.findall(r"[a-z]{3,}", text.lower()) if word[:3] in _MONTHS), 1)


def _record_dates(record: Record) -> dict[str, tuple[int, ...]]:
    empty = dict.fromkeys(("published_print", "published_online", "completed", "entered", "created", "indexed"), ())
    return {**empty, "published": _partial(record.published), "revised": _partial(record.revised)}


def _partial(date: PartialDate | None) -> tuple[int, ...]:
    return (date.year * 10_000 + (date.month or 1) * 100 + (date.day or 1),) if date else ()


def _paths(node: etree._Element, *paths: str) -> tuple[str, ...]:
    return tuple(text for path in paths for found in node.iterfind(path) if (text := _text(found)))


def _values_of(node: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_paths(node, path)))


def _text(node: etree._Element | None) -> str:
    """All text of an element, also inside its inline markup."""
    return "" if node is None else " ".join("".join(str(text) for text in node.itertext()).split())


def _first_child(article: etree._Element, *tags: str) -> etree._Element:
    return next((child for tag in tags if (child := article.find(tag)) is not None), article)
