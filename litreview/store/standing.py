"""Which of several decisions on one thing counts: an adjudicator's, agreeing reviewers', a person's, a source's."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

Row = dict[str, Any]
Outcome = Callable[[Row], Hashable]
"""What is there once a decision is applied, so that two decisions can be compared."""


def standing(rows: Sequence[Row], outcome: Outcome, machine: Hashable) -> tuple[Row | None, tuple[Row, ...]]:
    """The decision that counts, and those of reviewers who differ while nobody has adjudicated between them.

    `rows` are decisions that stand on one thing, the latest first. What one reviewer alone decided is a difference too
    where it changes what the machine has: the other has left it. While reviewers differ, what was there before counts.
    """
    adjudicated = next((row for row in rows if row["role"] == "adjudicator"), None)
    plain = next((row for row in rows if not row["source"] and not row["role"]), None)
    source = next((row for row in rows if row["source"]), None)
    words = reviewers_words(rows)
    latest = max(words.values(), key=lambda row: int(row["decision_id"]), default=None)
    if adjudicated is not None:
        return adjudicated, ()
    if latest is None or (plain is not None and plain["decision_id"] > latest["decision_id"]):
        return plain or source, ()
    outcomes = {outcome(row) for row in words.values()}
    if len(outcomes) == 1 and (len(words) > 1 or outcomes == {machine}):
        return latest, ()
    return plain or source, tuple(words[name] for name in sorted(words))


def reviewers_words(rows: Sequence[Row]) -> dict[str, Row]:
    """The last word of each reviewer."""
    words: dict[str, Row] = {}
    for row in rows:
        if row["role"] == "reviewer":
            words.setdefault(row["decided_by"], row)
    return words


def difference(differing: Sequence[Row]) -> str:
    """Why decisions of reviewers wait, in words; nothing of what they said, which is told beside it."""
    if len(differing) == 1:
        return f"only {differing[0]['decided_by']} has decided on it"
    return "reviewers differ"
