"""The parts of a report that screening reads: title, abstract, full text."""

import re
from collections.abc import Sequence

from litreview.model.bibliography import Record
from litreview.model.document import Document, SectionKind

_ELSEWHERE: frozenset[SectionKind] = frozenset({"introduction", "discussion", "back"})
_STOP = re.compile(r"(?<=[^\W\d_]|[\d%)\]\"”’])([.!?])\s+(?=[A-Z(\[\"“])")
_CITING = re.compile(r"[^.;\n]*(?:\bet\s+al\b|\[\s?\d{1,3}[\s,\d–-]*\])[^;\n]*?(?:[.;]\s|\n|$)")


def passages(record: Record, documents: tuple[Document, ...]) -> dict[str, str]:
    """The words of a report by place: `title`, `abstract` (the title's line first), `abstract_or_text`, `own_story`
    (all of it but introduction, discussion, back matter and sentences that cite), `anywhere`; a line for each sentence.

    Where the record has no abstract, those printed in its documents stand in for it; a letter has none at all.
    """
    title = " ".join(record.title.split()).strip()
    abstract = record.abstract or "\n".join(_section(document, "abstract") for document in documents)
    opening = _once([title, abstract])
    whole = _once([title, abstract, *(document.text for document in documents)])
    own = (_CITING.sub(" ", text) for text in (abstract, *map(_own, documents)))
    return {
        "title": title,
        "abstract": opening,
        "abstract_or_text": opening if abstract.strip() else whole,
        "own_story": _once([title, *own]),
        "anywhere": whole,
    }


def _once(texts: Sequence[str]) -> str:
    """The first text on one line, then a line for each sentence; what stands in several texts once."""
    sentences = (line.strip() for text in texts[1:] for line in _STOP.sub(r"\1\n", text).split("\n"))
    lines = {line.rstrip("."): line for line in (*filter(None, sentences), texts[0])}
    return "\n".join([texts[0], *(line for line in lines.values() if line != texts[0])]).strip()


def _section(document: Document, kind: SectionKind) -> str:
    return "\n".join(document[section.span] for section in document.sections if section.kind == kind)


def _own(document: Document) -> str:
    """The paragraphs of a document that may tell of its own patients."""
    kinds = ((document.section_at(span.start), span) for span in document.paragraphs)
    return "\n".join(document[span] for section, span in kinds if not section or section.kind not in _ELSEWHERE)
