"""Write references as BibTeX, by bibtexparser, in letters that every BibTeX reads."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from litreview.export.latex_text import encoder
from litreview.export.references.reference import Reference, authors, pages

_KINDS = {"article": "article", "conference": "inproceedings"}


def write_bibtex(references: Sequence[Reference], stream: TextIO) -> int:
    """Write them all; how many it were."""
    library = Library([Entry(_KINDS[each.kind], each.key, list(_fields(each))) for each in references])
    stream.write(write_string(library))
    return len(references)


def _fields(reference: Reference) -> Iterator[Field]:
    record, encode = reference.record, encoder()
    first, last = pages(record)
    people = [
        f"{encode(each.family)}, {encode(each.given)}" if each.given else f"{{{encode(each.family)}}}"
        for each in authors(record)
    ]
    yield Field("author", " and ".join(people))
    told = {
        "title": record.title,
        "journal" if reference.kind == "article" else "booktitle": record.journal,
        "year": str(record.year or ""),
        "volume": record.volume,
        "number": record.issue,
        "pages": f"{first}--{last}" if last else first,
        "doi": record.doi or "",
        "pmid": record.pmid or "",
        "pmcid": record.pmcid or "",
        "language": record.language,
        "keywords": "; ".join(record.keywords),
    }
    for name, value in told.items():
        if value:
            text = value if name == "pages" else encode(" ".join(value.split()))
            yield Field(name, f"{{{text}}}" if name == "title" else text)
