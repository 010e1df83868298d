"""The review's own acts: searches, screening verdicts, decisions of people, runs."""

from dataclasses import dataclass
from typing import Literal

from litreview.model.case import Qualifier

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
    "split_case",
    "note",
]
Role = Literal["", "reviewer", "adjudicator"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a report is eligible, and the first reason that holds where it is not."""

    eligible: bool
    reason: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person, or a named source, decided about a case's attribute, a case, a report, or two of them.

    It stands above what the machine found. Of two records or patients, to `merge` or `split`, `attribute` holds the
    other one; of a case to split it holds the new case, and `value` what goes there. `start` to `end` of a document
    are the words it rests on, `quote` what stands there (or what a source quotes). `basis` is how a source knows it,
    `label` the name of a case that is added.
    """

    subject: str
    action: Action
    attribute: str = ""
    value: str = ""
    decided_by: str = ""
    why: str = ""
    qualifier: Qualifier = "="
    document_id: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    basis: str = ""
    source: str = ""
    role: Role = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class SearchRun:
    """A search as a record: what was asked where and by whom, how it was understood, and how much it found.

    `clauses_off` names the clauses of the topic's search that were left out; `limits` are those set beside the query.
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
    platform: str = ""
    limits: str = ""
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class QueryChange:
    """What a query finds that its former version, asked at the same time, does not, and the other way round."""

    former: str
    last_asked: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
