"""A snapshot: the pooled table as it was, under a name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is known of a snapshot without opening it.

    `sha256` is that of the patients as JSON Lines, as `litreview export DB patients --as-of NAME -o patients.jsonl`
    writes them.
    """

    name: str
    made_at: str
    cases: int
    patients: int
    sha256: str
