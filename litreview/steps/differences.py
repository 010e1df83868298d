"""Turns what is different from the last version into changes that a report tells."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from litreview.model.change import Change, ChangeKind, How, Plain
from litreview.steps.change_reasons import Reasons
from litreview.store import Difference

Content = dict[str, Any]
_RANK = ("record", "revision", "status", "duplicate", "full text", "screening", "case", "patient", "value", "waiting")
_COLUMNS: tuple[tuple[ChangeKind, str], ...] = (
    ("revision", "revised"),
    ("status", "status"),
    ("duplicate", "duplicate_of"),
)
_UNTROUBLED = ("published", "ahead_of_print")  # of a new record this is no news


def changes(found: Iterable[Difference], reasons: Reasons) -> tuple[Change, ...]:
    """What records, cases, patients and the queue have that they had not, in the order of a report."""
    told = (
        change
        for each in found
        if each.kind in _TOLD
        for change in _TOLD[each.kind](each.id, each.before, each.now, reasons)
    )
    return tuple(sorted(told, key=lambda change: _RANK.index(change.kind)))


def _of_record(name: str, before: Content | None, now: Content | None, reasons: Reasons) -> Iterator[Change]:
    if now is None:
        yield Change("record", "gone", name, name, before=_verdict(before))
        return
    report = now["duplicate_of"] or name
    if before is None:
        yield Change("record", "new", name, report, why=reasons.of_record(name))
        before = dict.fromkeys(now, None) | {"revised": now["revised"]}
        if now["status"] in _UNTROUBLED:
            before["status"] = now["status"]
    for kind, column in _COLUMNS:
        if before[column] != now[column]:
            yield Change(kind, _how(before[column], now[column]), name, report, column, before[column], now[column])
    if now["full_text"] and not before["full_text"]:
        yield Change("full text", "new", name, report)
    verdicts = _verdict(before), _verdict(now)
    if now["duplicate_of"] is None and verdicts[0] != verdicts[1]:
        why = reasons.of_verdict(name)
        yield Change("screening", _how(*verdicts), name, report, "eligible", *verdicts, why)


def _verdict(content: Content | None) -> str | None:
    """Included, excluded with the reason, or not screened."""
    if not content or content["eligible"] is None:
        return None
    if content["eligible"] == "yes":
        return "included"
    return f"excluded: {content['exclusion_reason'] or 'no reason given'}"


def _of_case(name: str, before: Content | None, now: Content | None, reasons: Reasons) -> Iterator[Change]:
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


def _of_patient(name: str, before: Content | None, now: Content | None, reasons: Reasons) -> Iterator[Change]:
    if before is None or now is None:
        cases = (now or before or {})["case_ids"]
        why = "" if now else reasons.of_patient_gone(cases)
        yield Change("patient", "new" if now else "gone", name, reasons.report_of(cases), "", why=why)
        return
    moved = [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]
    told: tuple[Plain, Plain] = (before["case_ids"], now["case_ids"]) if "case_ids" in moved else (None, None)
    yield Change("patient", "changed", name, reasons.report_of(now["case_ids"]), "; ".join(moved), *told)


def _of_waiting(name: str, before: Content | None, now: Content | None, reasons: Reasons) -> Iterator[Change]:
    content = now or before or {}
    subject, attribute, value = (content[part] for part in ("subject", "attribute", "value"))
    why = f"{content['kind']}: {content['reason']}"
    yield Change("waiting", _how(before, now), subject, "", attribute or "", None, value, why)


def _how(before: object, now: object) -> How:
    return "gone" if now is None else "new" if before is None else "changed"


_TOLD: dict[str, Callable[[str, Content | None, Content | None, Reasons], Iterator[Change]]] = {
    "record": _of_record,
    "case": _of_case,
    "patient": _of_patient,
    "waiting": _of_waiting,
}
