"""What a query is made of once it is read."""

from dataclasses import dataclass
from typing import Literal

from litreview.pubmed.fields import Field

Operator = Literal["AND", "OR", "NOT"]
ComplaintKind = Literal["syntax", "FieldNotFound", "PhraseIgnored"]


@dataclass(frozen=True, slots=True)
class Term:
    """Words, a phrase or a value, in one field; `near` is the distance of a proximity search."""

    text: str
    field: Field
    quoted: bool = False
    near: int | None = None

    def __str__(self) -> str:
        distance = "" if self.near is None else f":~{self.near}"
        return f'"{self.text}"[{self.field.name}{distance}]'


@dataclass(frozen=True, slots=True)
class Between:
    """From one value to another, both included, in a field of dates or ids."""

    low: str
    high: str
    field: Field

    def __str__(self) -> str:
        return f"{self.low}:{self.high}[{self.field.name}]"


@dataclass(frozen=True, slots=True)
class Has:
    """Records that have a part: an abstract, or with `""` every record."""

    part: str = "abstract"

    def __str__(self) -> str:
        return f"has{self.part}" if self.part else "all[sb]"


@dataclass(frozen=True, slots=True)
class Combined:
    """Parts joined by one operator; with `NOT`, the first less all others."""

    operator: Operator
    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return f" {self.operator} ".join(
            f"({part})" if isinstance(part, Combined) else str(part) for part in self.parts
        )


Node = Term | Between | Has | Combined


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in a query that was not used as it was written."""

    kind: ComplaintKind
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood; `tree` is `None` where nothing is left to search for."""

    text: str
    tree: Node | None
    complaints: tuple[Complaint, ...] = ()
