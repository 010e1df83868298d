"""Small reports and the values that each of their patients comes out with."""

from extract_told import Part, document, topic

from litreview.extract import extract
from litreview.model.document import Document


def cases(*paragraphs: str) -> Document:
    """Paragraphs of a section of case reports."""
    return document(*(("case", "Case reports", words) for words in paragraphs))


def results(*paragraphs: str) -> Document:
    """Paragraphs of a section of results."""
    return document(*(("results", "Results", words) for words in paragraphs))


def with_abstract(abstract: str, *parts: Part | str) -> Document:
    """A report with an abstract; its own paragraphs are case reports where nothing else is said."""
    body = [("case", "Case reports", part) if isinstance(part, str) else part for part in parts]
    return document(("abstract", "Abstract", abstract), *body)


def found(given: Document, *attributes: str) -> dict[str, list[str]]:
    """The value of each attribute for every own patient in order, as printed; "" where there is none.

    >>> found(cases("A girl had AIHA. Daratumumab was given."), "sex")
    {'sex': ['female']}
    """
    own = [case for case in extract(given, topic()) if case.source == "own"]
    return {name: [_printed(case.findings, name) for case in own] for name in attributes}


def _printed(findings, name) -> str:
    return "; ".join(sorted(_value(one) for one in findings if one.attribute == name))


def _value(finding) -> str:
    value = f"{finding.value:g}" if isinstance(finding.value, float) else str(finding.value)
    return value if finding.qualifier in ("=", "~", "range") else f"{finding.qualifier}{value}"
