"""Why something is different from the last version, as far as the database knows."""

from collections.abc import Iterable

from litreview import store
from litreview.store import Difference


class Reasons:
    """Why things are as they are, as far as the database knows."""

    def __init__(self, db: store.Database, found: Iterable[Difference]) -> None:
        self._db = db
        self._explanations = dict(db.execute("SELECT record_id, explanation FROM screenings").fetchall())
        self._ways = dict(db.execute(_WAYS).fetchall())
        changed_records = {each.id: each for each in found if each.kind == "record" and each.before and each.now}
        self._read = {name for name, each in changed_records.items() if _flipped(each, "full_text")}
        self._revised = {name for name, each in changed_records.items() if _flipped(each, "revised")}

    def of_record(self, record_id: str) -> str:
        """How a record was found."""
        return str(self._ways.get(record_id, ""))

    def of_verdict(self, report: str) -> str:
        """Who decided on a report, or the words that led to the machine's verdict."""
        for member in store.members_of(self._db, report):
            decision = store.standing_decision(self._db, member)
            if decision and decision["action"] in ("include", "exclude"):
                return ": ".join(filter(None, (f"decided by {decision['decided_by']}", decision["why"])))
        return str(self._explanations.get(report, ""))

    def of_value(self, case_id: str, attribute: str, record_id: str) -> str:
        """What made a value move: a person, a full text, a revision; else what is read in another way now."""
        decided = self._db.execute(
            "SELECT decided_by FROM findings WHERE case_id = ? AND attribute = ? AND origin = 'decided'",
            [case_id, attribute],
        ).fetchone()
        if decided:
            return f"decided by {decided[0]}"
        members = set(store.members_of(self._db, record_id))
        return "full text read" if members & self._read else "record revised" if members & self._revised else ""

    def of_case_gone(self, case_id: str) -> str:
        """The reason why its report does not count any more, or that it is not told any more."""
        row = self._db.execute("SELECT exclusion_reason FROM cases WHERE case_id = ?", [case_id]).fetchone()
        return str(row[0] or "") if row else "not found any more"

    def of_patient_gone(self, case_ids: str) -> str:
        """The reasons of the patient's cases, or the patient they were joined to."""
        names = case_ids.split("; ")
        joined = [
            row[0]
            for name in names
            for row in self._db.execute(
                "SELECT patient_id FROM cases JOIN patients USING (patient_id) WHERE case_id = ?", [name]
            ).fetchall()
        ]
        if joined:
            return f"joined to {joined[0]}"
        return "; ".join(dict.fromkeys(filter(None, map(self.of_case_gone, names))))

    def report_of(self, case_ids: str) -> str:
        """The report of a patient's first case."""
        row = self._db.execute(
            "SELECT record_id FROM case_identities WHERE case_id = ?", [case_ids.split("; ")[0]]
        ).fetchone()
        return str(row[0]) if row else ""


def _flipped(difference: Difference, name: str) -> bool:
    before, now = difference.before or {}, difference.now or {}
    return bool(before.get(name) != now.get(name))


_WAYS = (
    "SELECT record_id, group_concat(method || CASE WHEN source <> '' THEN ' ' || source ELSE '' END, '; ') "
    "FROM record_sources GROUP BY record_id"
)
