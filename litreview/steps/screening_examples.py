"""Tries the examples of a topic's eligibility: a report in brief through extraction and screening."""

from collections.abc import Iterator

from litreview.model.bibliography import Record
from litreview.model.document import Document
from litreview.model.eligibility import ScreeningExample
from litreview.model.topic import Example, Topic

ELIGIBLE = "eligible"


def screened(example: ScreeningExample, topic: Topic) -> str:
    """`eligible`, or the reason for which the report is left out."""
    from litreview.extract import extract, reconcile
    from litreview.screen import screen

    record = Record(
        title=example.title.strip(),
        abstract=example.abstract.strip(),
        publication_types=example.publication_types,
        mesh_terms=example.mesh_terms,
    )
    documents = tuple(_documents(example, record))
    told = tuple((document, extract(document, topic)) for document in documents)
    verdict = screen(record, documents, reconcile(told, topic), topic)
    return ELIGIBLE if verdict.eligible else verdict.reason


def _documents(example: ScreeningExample, record: Record) -> Iterator[Document]:
    from litreview.extract.example import example_document
    from litreview.readers.abstract import Abstract, Part, abstract_document

    abstract = Abstract((Part("", record.abstract),) if record.abstract else ())
    yield abstract_document(record.title, abstract, format="example", source="example")
    if example.text:
        yield example_document(Example(text=example.text, expect=""))[0]
