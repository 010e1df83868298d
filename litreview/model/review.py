"""The review's own acts: searches, screening verdicts, decisions of people, runs."""

from dataclasses import dataclass
from typing import Literal

Action = Literal[
    "accept",
    "correct",
    "reject",
    "not_reported",
    "include",
    "exclude",
    "merge",
    "split",
    "add_case",
    "delete_case",
    "note",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report is eligible, and the first reason that holds where it is not."""

    eligible: bool
    reason: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a case's attribute, a report, or two records; it stands above what the machine found.

    Of two records, to `merge` or `split`, `attribute` holds the other one.
    """

    subject: str
    action: Action
    attribute: str = ""
    value: str = ""
    decided_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SearchRun:
    """A search as a record: what was asked, how it was understood, and how much it found.

    `clauses_off` names the clauses of the topic's search that were left out.
    """

    database: str
    url: str
    name: str
    query: str
    translation: str
    count: int
    ids: tuple[str, ...]
    searched_at: str
    clauses_off: tuple[str, ...] = ()
