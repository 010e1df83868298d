"""Cases: a patient as one report tells it, with findings that can show their words."""

from typing import Literal

from litreview.model.document import Span
from litreview.model.event import Event
from litreview.model.evidence import Evidence
from litreview.model.values import dataclass

Value = str | int | float | tuple[str, ...]
Qualifier = Literal["=", ">", "<", "~", "range"]
Origin = Literal["stated", "derived", "decided"]
CaseSource = Literal["own", "cited"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One attribute of one case, with the words that support it.

    A list attribute has one finding per item, each with its own evidence. `confidence` lies between 0 and 1, made of
    the rule and of `signs` (names, see `model.confidence`); `doubts` says in words what speaks against the value.
    `derived_from` names the attributes (or events) a derived value rests on.
    """

    attribute: str
    value: Value
    evidence: tuple[Evidence, ...]
    qualifier: Qualifier = "="
    unit: str = ""
    origin: Origin = "stated"
    derived_from: tuple[str, ...] = ()
    confidence: float = 0.5
    rule_id: str = ""
    signs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    def with_sign(self, sign: str) -> "Finding":
        """The same finding with one more sign; `dataclasses.replace` takes five times as long."""
        return Finding(
            self.attribute,
            self.value,
            self.evidence,
            self.qualifier,
            self.unit,
            self.origin,
            self.derived_from,
            self.confidence,
            self.rule_id,
            (*self.signs, sign),
            self.doubts,
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding that was not chosen, with the reason; a `proposed` one holds, but a person is to look at it first."""

    finding: Finding
    reason: str
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentCase:
    """A patient as one document tells it: before the report's documents are brought together."""

    document_id: str
    label: str
    index: int
    source: CaseSource
    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...] = ()
    events: tuple[Event, ...] = ()
    spans: tuple[Span, ...] = ()
    aliases: tuple[str, ...] = ()
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A patient as one report tells it, over all its documents."""

    label: str
    index: int
    source: CaseSource
    findings: tuple[Finding, ...]
    candidates: tuple[Candidate, ...] = ()
    events: tuple[Event, ...] = ()
    document_ids: tuple[str, ...] = ()
    citation: str = ""

    def values(self, attribute: str) -> tuple[Value, ...]:
        """The values found for an attribute: none, one, or a list's items in order."""
        return tuple(finding.value for finding in self.findings if finding.attribute == attribute)
