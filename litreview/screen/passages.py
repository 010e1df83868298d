"""The parts of a report that screening reads: title, abstract, full text."""

import re

from litreview.model.bibliography import Record
from litreview.model.document import Document, SectionKind

_ELSEWHERE: frozenset[SectionKind] = frozenset({"introduction", "discussion", "back"})
_CITING = re.compile(r"[^.;\n]*(?:\bet\s+al\b|\[\s?\d{1,3}[\s,\d–-]*\])[^;\n]*?(?:[.;]\s|\n|$)")


def passages(record: Record, documents: tuple[Document, ...]) -> dict[str, str]:
    """The words of a report by place: `title`, `abstract` (the title's line first), `abstract_or_text`, `own_story`
    (all of it but introduction, discussion, back matter and sentences that cite), `anywhere`.

    Where the record has no abstract, those printed in its documents stand in for it; a letter has none at all.
    """
    title = " ".join(record.title.split()).strip()
    abstract = record.abstract or "\n".join(_section(document, "abstract") for document in documents)
    opening = f"{title}\n{abstract}".strip()
    whole = "\n".join([opening, *(document.text for document in documents)])
    return {
        "title": title,
        "abstract": opening,
        "abstract_or_text": opening if abstract.strip() else whole,
        "own_story": _CITING.sub(" ", "\n".join([opening, *map(_own, documents)])),
        "anywhere": whole,
    }


def _section(document: Document, kind: SectionKind) -> str:
    return "\n".join(document[section.span] for section in document.sections if section.kind == kind)


def _own(document: Document) -> str:
    """The paragraphs of a document that may tell of its own patients."""
    kinds = ((document.section_at(span.start), span) for span in document.paragraphs)
    return "\n".join(document[span] for section, span in kinds if not section or section.kind not in _ELSEWHERE)
