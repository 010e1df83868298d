"""Two independent reviewers in the store: what each decides unseen, who is done with which report, and disclosure."""

from __future__ import annotations

from typing import Any, Literal

from litreview.errors import UsageError
from litreview.store.database import Database, transaction
from litreview.store.decisions import BLIND
from litreview.store.documents import now
from litreview.store.reports import members_of, report_of

Mode = Literal["single", "dual"]
Row = dict[str, Any]


def review_mode(db: Database) -> Mode:
    """`single`: what a person decides counts at once; `dual`: two decide on their own, and differences are settled."""
    row = db.execute("SELECT value FROM meta WHERE key = 'review_mode'").fetchone()
    return "dual" if row is not None and row[0] == "dual" else "single"


def set_review_mode(db: Database, mode: Mode) -> None:
    """Change the mode; `UsageError` while decisions are undisclosed, which nobody could disclose then."""
    with transaction(db):
        undisclosed = db.execute("SELECT count(*) FROM blind_decisions WHERE undone_at IS NULL").fetchone()[0]
        if mode == "single" and undisclosed:
            raise UsageError(
                f"{undisclosed} decisions are not disclosed yet", hint="have the reviewers finish their reports first"
            )
        db.execute(
            "INSERT INTO meta (key, value) VALUES ('review_mode', ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [mode],
        )


def is_blind(db: Database, report: str) -> bool:
    """Whether what is decided on a report now is to stay unseen: in dual mode, until it was disclosed."""
    return review_mode(db) == "dual" and not any(row["disclosed_at"] for row in progress_of(db, report))


def progress_of(db: Database, report: str) -> tuple[Row, ...]:
    """Who is done with a report, since when, and when it was disclosed."""
    members = members_of(db, report_of(db, report))
    return tuple(
        db.query(
            f"SELECT * FROM review_progress WHERE record_id IN ({', '.join('?' * len(members))}) ORDER BY reviewer",
            list(members),
        )
    )


def finish_report(db: Database, report: str, reviewer: str) -> bool:
    """Note that a reviewer is done with a report; whether that discloses it.

    It does where two are done, and everybody who has begun.
    """
    with transaction(db):
        db.execute(
            "INSERT OR IGNORE INTO review_progress (record_id, reviewer, done_at) VALUES (?, ?, ?)",
            [report, reviewer, now()],
        )
        done = {row["reviewer"] for row in progress_of(db, report)}
        if len(done) < 2 or _begun(db, report) - done:
            return False
        _disclose(db, report)
        return True


def reopen_report(db: Database, report: str, reviewer: str) -> None:
    """Take back that a reviewer is done; `UsageError` once the report was disclosed."""
    with transaction(db):
        mine = [row for row in progress_of(db, report) if row["reviewer"] == reviewer]
        if any(row["disclosed_at"] for row in mine):
            raise UsageError(
                f"{report} was disclosed: the two have seen each other's decisions",
                hint="decide anew, or have a third person adjudicate",
            )
        for row in mine:
            db.execute("DELETE FROM review_progress WHERE record_id = ? AND reviewer = ?", [row["record_id"], reviewer])


def own_decisions(db: Database, reviewer: str, subject: str = "") -> tuple[Row, ...]:
    """What a reviewer has decided unseen and not undone: of a subject (a report: of its cases too), or all."""
    rows = db.query(
        "SELECT * FROM blind_decisions WHERE decided_by = ? AND undone_at IS NULL ORDER BY decision_id", [reviewer]
    )
    return tuple(row for row in rows if not subject or row["subject"] in _subjects(db, subject))


def own_decision(db: Database, reviewer: str, subject: str, attribute: str) -> Row | None:
    """A reviewer's last unseen word on a subject's attribute; `None` where there is none."""
    rows = db.query(
        "SELECT * FROM blind_decisions WHERE decided_by = ? AND subject = ? AND attribute = ? AND undone_at IS NULL "
        "AND action <> 'note' ORDER BY decision_id DESC LIMIT 1",
        [reviewer, subject, attribute],
    )
    return next(iter(rows), None)


def visible_decisions(db: Database, reviewer: str, subject: str) -> tuple[Row, ...]:
    """All decisions on a subject that a reviewer may see: the open ones and their own, undone ones too."""
    subjects = sorted(_subjects(db, subject))
    places = ", ".join("?" * len(subjects))
    own = db.query(
        f"SELECT * FROM blind_decisions WHERE decided_by = ? AND subject IN ({places}) ORDER BY decision_id",
        [reviewer, *subjects],
    )
    seen = db.query(f"SELECT * FROM decisions WHERE subject IN ({places}) ORDER BY decision_id", subjects)
    return tuple(sorted((*seen, *own), key=lambda row: int(row["decision_id"])))


def blind_decision(db: Database, decision_id: int, reviewer: str) -> Row | None:
    """A reviewer's own unseen decision; `None` where there is none of that number, or it is another's."""
    rows = db.query("SELECT * FROM blind_decisions WHERE decision_id = ? AND decided_by = ?", [decision_id, reviewer])
    return next(iter(rows), None)


def undo_blind(db: Database, decision_id: int, reviewer: str) -> None:
    """Mark a reviewer's own unseen decision undone."""
    with transaction(db):
        row = blind_decision(db, decision_id, reviewer)
        if row is None or row["undone_at"]:
            raise UsageError(f"decision {decision_id} was undone before", hint="see: litreview review list DB")
        db.execute(
            f"UPDATE {BLIND} SET undone_at = ?, undone_by = ? WHERE decision_id = ?", [now(), reviewer, decision_id]
        )


def review_tasks(db: Database, reviewer: str) -> tuple[Row, ...]:
    """The reports to review: with their cases, how much a reviewer has decided, and whether they are done."""
    return tuple(
        db.query(
            "SELECT records.record_id, pmid, title, year, "
            "(SELECT count(*) FROM cases WHERE cases.record_id = records.record_id AND case_source = 'own') AS cases, "
            "(SELECT count(*) FROM blind_decisions AS mine WHERE mine.decided_by = :who AND mine.undone_at IS NULL AND "
            "mine.action <> 'note' AND (mine.subject = records.record_id OR mine.subject IN "
            "(SELECT case_id FROM cases WHERE cases.record_id = records.record_id))) AS decided, "
            "done_at, disclosed_at FROM records LEFT JOIN review_progress "
            "ON review_progress.record_id = records.record_id AND reviewer = :who "
            "WHERE duplicate_of IS NULL AND (eligible = 'yes' OR cases > 0) "
            "ORDER BY done_at IS NOT NULL, records.rowid",
            {"who": reviewer},
        )
    )


def reviewers_of(db: Database, report: str) -> frozenset[str]:
    """The people who reviewed a disclosed report independently."""
    return frozenset(row["reviewer"] for row in progress_of(db, report) if row["disclosed_at"])


def _begun(db: Database, report: str) -> set[str]:
    return {
        str(row["decided_by"])
        for subject in _subjects(db, report)
        for row in db.query("SELECT decided_by FROM blind_decisions WHERE subject = ? AND undone_at IS NULL", [subject])
    }


def _disclose(db: Database, report: str) -> None:
    moment = now()
    for subject in sorted(_subjects(db, report)):
        db.execute("UPDATE blind_decisions SET disclosed_at = ? WHERE subject = ?", [moment, subject])
        columns = ", ".join(f'"{column.name}"' for column in db["blind_decisions"].columns)
        db.execute(
            f"INSERT INTO decisions ({columns}) SELECT {columns} FROM blind_decisions WHERE subject = ?", [subject]
        )
        db.execute("DELETE FROM blind_decisions WHERE subject = ?", [subject])
    for row in progress_of(db, report):
        db.execute(
            "UPDATE review_progress SET disclosed_at = ? WHERE record_id = ? AND reviewer = ?",
            [moment, row["record_id"], row["reviewer"]],
        )


def _subjects(db: Database, subject: str) -> set[str]:
    """The subject; of a report all its records and cases."""
    members = members_of(db, report_of(db, subject))
    places = ", ".join("?" * len(members))
    cases = db.execute(f"SELECT case_id FROM case_identities WHERE record_id IN ({places})", list(members)).fetchall()
    return {subject, *members, *(str(row[0]) for row in cases)}
