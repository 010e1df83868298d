"""The search fields of PubMed: the tags they are called by, and how their contents are compared."""

import re
from dataclasses import dataclass
from typing import Literal

# words: any word or phrase; values: the whole heading or name; authors: family name and initials; dates; ids.
Kind = Literal["words", "values", "authors", "dates", "ids"]


@dataclass(frozen=True, slots=True)
class Field:
    """A search field: the parts of a record it looks at, and how it is printed in a translation."""

    name: str
    kind: Kind
    parts: tuple[str, ...]
    tags: tuple[str, ...]


_TIAB = ("title", "abstract", "keywords")
_TEXT = (*_TIAB, "mesh_words", "substances", "types", "collectives", "comments")
_ALL = (*_TEXT, "affiliations", "author_names", "journals", "numbers", "languages")

FIELDS: tuple[Field, ...] = (
    Field("All Fields", "words", _ALL, ("all", "all fields", "all field")),
    Field("Title", "words", ("title",), ("ti", "title", "titl")),
    Field("Abstract", "words", ("abstract",), ("ab", "abstract")),
    Field("Title/Abstract", "words", _TIAB, ("tiab", "title/abstract")),
    Field("Text Word", "words", _TEXT, ("tw", "text word", "text words", "text", "word")),
    Field("Other Term", "words", ("keywords",), ("ot", "other term")),
    Field("Affiliation", "words", ("affiliations",), ("ad", "affiliation")),
    Field("MeSH Terms", "values", ("mesh",), ("mh", "mesh", "mesh terms", "mesh term")),
    Field("MeSH Terms:noexp", "values", ("mesh",), ("mh:noexp", "mesh:noexp", "mesh terms:noexp")),
    Field("MeSH Major Topic", "values", ("mesh_major",), ("majr", "mesh major topic")),
    Field("MeSH Major Topic:noexp", "values", ("mesh_major",), ("majr:noexp", "mesh major topic:noexp")),
    Field("MeSH Subheading", "values", ("subheadings",), ("sh", "mesh subheading", "subheading")),
    Field("Publication Type", "values", ("type",), ("pt", "ptyp", "publication type")),
    Field("Publication Type:noexp", "values", ("type",), ("pt:noexp", "publication type:noexp")),
    Field("Language", "values", ("language",), ("la", "lang", "language")),
    Field(
        "Author", "authors", ("author",), ("au", "auth", "author", "full author name", "fau", "corporate author", "cn")
    ),
    Field(
        "Author - First", "authors", ("first_author",), ("1au", "author - first", "first author name", "first author")
    ),
    Field("Author - Last", "authors", ("last_author",), ("lastau", "author - last", "last author name", "last author")),
    Field("Journal", "values", ("journal",), ("ta", "jour", "journal", "journal title abbreviation")),
    Field("Supplementary Concept", "values", ("substance",), ("nm", "supplementary concept", "substance name", "subs")),
    Field("EC/RN Number", "values", ("registry",), ("rn", "ec/rn number")),
    Field("Volume", "values", ("volume",), ("vi", "volume")),
    Field("Issue", "values", ("issue",), ("ip", "issue")),
    Field("Pagination", "values", ("pages",), ("pg", "pagination", "page")),
    Field("Filter", "values", ("filter",), ("sb", "subset", "filter", "fil", "filt")),
    Field("Publication Date", "dates", ("published",), ("dp", "pdat", "date - publication", "publication date")),
    Field("Electronic Publication Date", "dates", ("published_online",), ("epdat", "electronic publication date")),
    Field("Print Publication Date", "dates", ("published_print",), ("ppdat", "print publication date")),
    Field("Entry Date", "dates", ("entered",), ("edat", "date - entry", "entry date", "entrez date", "date - entrez")),
    Field("Create Date", "dates", ("created",), ("crdt", "date - create", "create date")),
    Field("MeSH Date", "dates", ("indexed",), ("mhda", "date - mesh", "mesh date")),
    Field("Modification Date", "dates", ("revised",), ("lr", "mdat", "date - modification", "modification date")),
    Field("Completion Date", "dates", ("completed",), ("dcom", "date - completion", "completion date")),
    Field("UID", "ids", ("pmid",), ("uid", "pmid")),
    Field("DOI", "ids", ("doi",), ("doi",)),
    Field("Article Identifier", "ids", ("article_ids",), ("aid", "article identifier", "lid", "location id", "pii")),
    Field("PMC", "ids", ("pmcid",), ("pmc", "pmcid")),
)

BY_TAG: dict[str, Field] = {tag: field for field in FIELDS for tag in field.tags}
ALL_FIELDS = BY_TAG["all"]
WORD_PARTS: tuple[str, ...] = _ALL
# Fields in which PubMed allows words to be searched by their distance.
NEAR_FIELDS = ("Title", "Title/Abstract", "Affiliation")


def field_of(tag: str) -> Field | None:
    """The field that a tag names (without brackets), `None` where PubMed has no such field."""
    return BY_TAG.get(re.sub(r"\s*([:/])\s*", r"\1", " ".join(tag.lower().split())))
