"""Makes a version of the review: what is different from the last one, told, and kept."""

from collections.abc import Iterator
from typing import Any

from litreview import pool, store
from litreview.model.change import Change, Figure, How, Plain, Shift, Version
from litreview.pool.printed import COLUMNS, rows
from litreview.steps.workspace import Workspace
from litreview.store import Difference

Content = dict[str, Any]
_NAMED = ("title", "group", "value", "how")
_FIGURES = ("n", "of", "low", "high", "median", "minimum", "maximum")
_RANK = ("record", "revision", "status", "duplicate", "full text", "screening", "case", "patient", "value", "waiting")


def changed(work: Workspace) -> Version | None:
    """Keep what has changed since the last version as the next one; `None` where nothing has.

    It is compared with the last version, not with the beginning of this run: what a run did that was cut off, or what
    single steps and people did in between, is told by the next one that ends.
    """
    found = store.differences(work.db, _figures(work))
    if not found:
        return None
    told = tuple(sorted(_changes(work, found), key=lambda change: _RANK.index(change.kind)))
    shifts = tuple(_shifts(found))
    if not told and not shifts:  # a line of the summary in another place, an attribute without values
        store.tell(work.db)
        return None
    number = store.save_version(work.db, work.run_id, work.command, told, shifts)
    return store.load_version(work.db, number, topic=work.topic.name, title=work.topic.title)


def _figures(work: Workspace) -> Iterator[tuple[str, Content]]:
    """The pooled summary's figures by their line, in its order."""
    summary = pool.summary(tuple(work.db.query("SELECT * FROM patients ORDER BY patient_id")), work.topic)
    for n, row in enumerate(rows(summary)):
        told = dict(zip(COLUMNS, row, strict=True))
        name = "\x1f".join(str(told[part]) for part in _NAMED[:3])
        yield name, {"place": n, **{part: told[part] for part in (*_NAMED, *_FIGURES)}}


def _shifts(found: tuple[Difference, ...]) -> list[Shift]:
    """The figures that moved, in the summary's order; one that only stands in another place has not."""
    moved = []
    for difference in found:
        if difference.kind != "figure":
            continue
        before, now = _figure(difference.before), _figure(difference.now)
        named = difference.now or difference.before or {}
        if before != now:
            title, group, value, how = (named[part] for part in _NAMED)
            moved.append((named["place"], Shift(title, group, value, how, before, now)))
    return [shift for _, shift in sorted(moved, key=lambda item: item[0])]


def _figure(content: Content | None) -> Figure:
    return Figure(**{name: content[name] for name in _FIGURES}) if content else Figure()


def _changes(work: Workspace, found: tuple[Difference, ...]) -> Iterator[Change]:
    reasons = _Reasons(work, found)
    for difference in found:
        if difference.kind == "record":
            yield from _of_record(difference, reasons)
        elif difference.kind == "case":
            yield from _of_case(difference, reasons)
        elif difference.kind == "patient":
            yield from _of_patient(difference, reasons)
        elif difference.kind == "waiting":
            yield _of_waiting(difference)


def _of_record(difference: Difference, reasons: "_Reasons") -> Iterator[Change]:
    name, before, now = difference.id, difference.before, difference.now
    if now is None:
        yield Change("record", "gone", name, name, before=_verdict(before))
        return
    report = now["duplicate_of"] or name
    if before is None:
        yield Change("record", "new", name, report, why=reasons.ways.get(name, ""))
        before = dict.fromkeys(now)
        if now["status"] not in ("published", "ahead_of_print"):
            yield Change("status", "new", name, report, "status", None, now["status"])
    else:
        if before["revised"] != now["revised"]:
            yield Change("revision", "changed", name, report, "revised", before["revised"], now["revised"])
        if before["status"] != now["status"]:
            yield Change("status", "changed", name, report, "status", before["status"], now["status"])
    if before["duplicate_of"] != now["duplicate_of"]:
        how = _how(before["duplicate_of"], now["duplicate_of"])
        yield Change("duplicate", how, name, report, "duplicate_of", before["duplicate_of"], now["duplicate_of"])
    if now["full_text"] and not before["full_text"]:
        yield Change("full text", "new", name, report)
    if now["duplicate_of"] is None and _verdict(before) != _verdict(now):
        verdicts = _verdict(before), _verdict(now)
        why = reasons.explanations.get(name, "")
        yield Change("screening", _how(*verdicts), name, report, "eligible", *verdicts, why)


def _verdict(content: Content | None) -> str | None:
    """Included, excluded with the reason, or not screened."""
    if not content or content["eligible"] is None:
        return None
    return (
        "included" if content["eligible"] == "yes" else f"excluded: {content['exclusion_reason'] or 'no reason given'}"
    )


def _of_case(difference: Difference, reasons: "_Reasons") -> Iterator[Change]:
    name, before, now = difference.id, difference.before, difference.now
    content = now or before or {}
    record_id = content["record_id"]
    if before is None or now is None:
        why = "" if now else reasons.of_case_gone(name)
        yield Change("case", "new" if now else "gone", name, record_id, why=why)
        return
    for attribute in dict.fromkeys((*before, *now)):
        if attribute in ("record_id", "patient_id", "full_text") or before.get(attribute) == now.get(attribute):
            continue
        why = reasons.of_value(name, attribute, record_id)
        yield Change("value", "changed", name, record_id, attribute, before.get(attribute), now.get(attribute), why)


def _of_patient(difference: Difference, reasons: "_Reasons") -> Iterator[Change]:
    name, before, now = difference.id, difference.before, difference.now
    if before is None or now is None:
        cases = (now or before or {})["case_ids"]
        why = "" if now else reasons.of_patient_gone(cases)
        yield Change("patient", "new" if now else "gone", name, reasons.report_of(cases), "", why=why)
        return
    moved = [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]
    told: tuple[Plain, Plain] = (before["case_ids"], now["case_ids"]) if "case_ids" in moved else (None, None)
    yield Change("patient", "changed", name, reasons.report_of(now["case_ids"]), "; ".join(moved), *told)


def _of_waiting(difference: Difference) -> Change:
    content = difference.now or difference.before or {}
    how = _how(difference.before, difference.now)
    subject, attribute, value = (content[name] for name in ("subject", "attribute", "value"))
    return Change("waiting", how, subject, "", attribute or "", None, value, f"{content['kind']}: {content['reason']}")


def _how(before: object, now: object) -> How:
    return "gone" if now is None else "new" if before is None else "changed"


class _Reasons:
    """Why things are as they are, as far as the database knows."""

    def __init__(self, work: Workspace, found: tuple[Difference, ...]) -> None:
        self._db = work.db
        self.explanations = dict(work.db.execute("SELECT record_id, explanation FROM screenings").fetchall())
        self.ways = dict(work.db.execute(_WAYS).fetchall())
        changed_records = {each.id: each for each in found if each.kind == "record" and each.before and each.now}
        self._read = {name for name, each in changed_records.items() if _flipped(each, "full_text")}
        self._revised = {name for name, each in changed_records.items() if _flipped(each, "revised")}

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
