"""What a named source, a group's own sheet or a curated list, tells of reports, their patients and these' values."""

from dataclasses import dataclass

from litreview.model.bibliography import Record


@dataclass(frozen=True, slots=True)
class Told:
    """One value as the source has it, as text.

    `basis` is how the source knows it, `quote` the words it quotes, `unit` that of a bare number, `place` where it
    stands in the source, for whoever must mend it: "row 7, column Age".
    """

    attribute: str
    value: str
    basis: str = ""
    quote: str = ""
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SourceCase:
    """A patient under the name that the source gives, unique within its report."""

    label: str
    values: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A report under the source's own name for it; `eligible` where the source says so, `why` if it does not count."""

    key: str
    record: Record
    cases: tuple[SourceCase, ...] = ()
    eligible: bool | None = None
    why: str = ""
