"""What waits for a person, and what people have decided: read, without changing anything."""

from pathlib import Path
from typing import Any

from litreview import store


def queue(path: Path) -> tuple[str, ...]:
    """What waits for a person, an item a line."""
    with store.open_database(path, readonly=True) as db:
        return tuple(
            " ".join(
                f"{row['kind']} {row['subject']} {row['attribute']} {_text(row['value'])}: {row['reason']}".split()
            )
            for row in store.waiting(db)
        )


def taken(path: Path) -> tuple[str, ...]:
    """The standing decisions with their numbers, a line each."""
    with store.open_database(path, readonly=True) as db:
        return tuple(_line(row) for row in store.load_decisions(db))


def history(path: Path, subject: str) -> tuple[str, ...]:
    """All that was ever decided about a case, a report (with its cases) or a patient, also what was undone."""
    with store.open_database(path, readonly=True) as db:
        return tuple(_line(row) for row in store.history_of(db, store.subject_named(db, subject)))


def said(db: store.Database, decision_id: int, *, to: str = "") -> str:
    """A decision in words, as it was written down; an undisclosed one to its own reviewer."""
    return _said(store.blind_decision(db, decision_id, to) or store.decision_row(db, decision_id))


def _line(row: dict[str, Any]) -> str:
    parts = [f"{row['decision_id']} {row['decided_at']} {row['decided_by']}:", _said(row)]
    parts.append(f"({row['why']})" if row["why"] else "")
    parts.append(f"undone {row['undone_at']} {row['undone_by']}" if row["undone_at"] else "")
    return " ".join(" ".join(parts).split())


def _said(row: dict[str, Any]) -> str:
    quote = f"“{row['quote']}”" if row["quote"] else ""
    parts = (row["action"], row["subject"], row["attribute"], row["label"], _value(row), quote)
    return " ".join(" ".join(parts).split())


def _value(row: dict[str, Any]) -> str:
    return f"{row['qualifier'] if row['qualifier'] not in ('=', '') else ''} {row['value']}"


def _text(value: object) -> str:
    return "" if value is None else str(value)
