"""What a reader yields: a record with its text, or a problem."""

from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document

Item = tuple[Record, Document | None] | Problem
