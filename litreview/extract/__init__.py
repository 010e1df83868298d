"""From a document and a topic to cases: who is told of, what is said of them, and the words for it."""

from litreview.extract.build import build, view_of
from litreview.extract.carry import carry
from litreview.extract.derive import derive
from litreview.extract.of_report import of_report
from litreview.extract.parse import parse
from litreview.extract.people.tell import tell
from litreview.extract.propose import propose, settled, unproposed
from litreview.extract.reconcile import reconcile
from litreview.extract.tables.layout import grids
from litreview.model.case import DocumentCase
from litreview.model.document import Document
from litreview.model.topic import Topic

__all__ = ["derive", "extract", "propose", "reconcile", "settled", "unproposed"]


def extract(document: Document, topic: Topic) -> tuple[DocumentCase, ...]:
    """Find every case a document describes, with its events, findings and candidates."""
    parsed = parse(document, topic)
    tables = grids(document, topic)
    told = tell(parsed, tables, topic)
    views = [view_of(subject, told, parsed, tables, topic) for subject in told.subjects]
    return of_report(carry(build(views, topic), views, topic), told, parsed, topic)
