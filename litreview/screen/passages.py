"""The parts of a report that screening reads: title, abstract, full text."""

from litreview.model.bibliography import Record
from litreview.model.document import Document, SectionKind


def passages(record: Record, documents: tuple[Document, ...]) -> dict[str, str]:
    """The words of a report by place: `title`, `abstract` (the title's line first), `abstract_or_text`, `anywhere`.

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
        "anywhere": whole,
    }


def _section(document: Document, kind: SectionKind) -> str:
    return "\n".join(document[section.span] for section in document.sections if section.kind == kind)
