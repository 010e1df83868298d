"""Evidence: the words of a document that support a value."""

from typing import Literal

from litreview.model.document import Span
from litreview.model.values import dataclass

EvidenceRole = Literal["value", "row", "header", "legend", "anchor"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a document that support a value: always exactly the text from `span.start` to `span.end`."""

    document_id: str
    span: Span
    quote: str
    section: str = ""
    role: EvidenceRole = "value"

    def in_role(self, role: EvidenceRole) -> "Evidence":
        """The same words in a role."""
        return self if self.role == role else Evidence(self.document_id, self.span, self.quote, self.section, role)
