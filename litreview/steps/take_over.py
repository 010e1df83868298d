"""Takes over what a named source tells, such as a curated list or a group's own sheet, as decisions of that source."""

from collections.abc import Iterable

from litreview import store
from litreview.errors import UsageError
from litreview.model.bibliography import Problem
from litreview.model.case import Qualifier, Value
from litreview.model.review import Decision
from litreview.model.source import SourceCase, SourceReport, Told
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

STAGE = "take over"
Read = tuple[Told, tuple[Value, ...], Qualifier]


def take_over(
    work: Workspace,
    source: str,
    reports: Iterable[SourceReport],
    *,
    whole: bool = False,
    method: store.Method = "previous",
) -> None:
    """Keep every value that a source tells as a decision of that source, and bring the rest up to date.

    Records and cases that are not there are made; a case that the machine, or another source, has found already is
    taken for the same where label, age and sex allow it. What is said again is not doubled, and what a person has
    undone is not brought back. With `whole` the reports are all that the source has: what it no longer says is undone.
    `method` is how the source found its reports, for the flow of records.
    """
    said: set[int] = set()
    for report in reports:
        work.count("reports of the source")
        read = [(case, tuple(_read(work, source, report, case))) for case in report.cases]
        with store.transaction(work.db):
            record_id = store.save_source_record(work.db, source, report.key, report.record)
            store.note_found(work.db, [record_id], method, source)
            said |= set(_keep(work, source, record_id, report, read))
    if whole:
        with store.transaction(work.db):
            work.count("decisions undone", store.undo_unsaid(work.db, source, said))
    work.count("decisions of the source", len(said))
    update(work)


def _read(work: Workspace, source: str, report: SourceReport, case: SourceCase) -> Iterable[Read]:
    """The values that the codebook takes; a problem for each that it does not."""
    from litreview.extract.given import given

    for told in case.values:
        subject = told.place or f"{source}: {report.key}, {case.label}, {told.attribute}"
        store.clear_problems(work.db, STAGE, [subject])
        try:
            attribute = work.topic.attribute(told.attribute)
            value = given(told.value, attribute, work.topic, unit=told.unit)
        except KeyError:
            known = "see: litreview rules codebook"
            work.trouble(Problem(STAGE, subject, f"{told.attribute} is not an attribute of {work.topic.name}", known))
        except UsageError as error:
            work.trouble(Problem(STAGE, subject, error.message, error.hint))
        else:
            if value.values:
                yield told, value.values, value.qualifier


def _keep(
    work: Workspace, source: str, record_id: str, report: SourceReport, read: list[tuple[SourceCase, tuple[Read, ...]]]
) -> Iterable[int]:
    told = [(case.label, {each.attribute: values for each, values, _ in found}) for case, found in read]
    ids = store.source_cases(work.db, source, record_id, told, work.topic)
    decisions = [*_on_report(source, report, store.report_of(work.db, record_id))]
    for case_id, (case, found) in zip(ids, read, strict=True):
        decisions.append(Decision(case_id, "add_case", decided_by=source, source=source, label=case.label))
        decisions += (_on_value(source, case_id, each) for each in found)
    numbers = [store.save_source_decision(work.db, decision) for decision in decisions]
    store.touch_report(work.db, record_id)
    return [number for number in numbers if number is not None]


def _on_report(source: str, report: SourceReport, record_id: str) -> Iterable[Decision]:
    if report.eligible is not None:
        action, value = ("include", "") if report.eligible else ("exclude", report.why)
        yield Decision(record_id, action, value=value, decided_by=source, source=source)  # type: ignore[arg-type]


def _on_value(source: str, case_id: str, read: Read) -> Decision:
    told, values, qualifier = read
    return Decision(
        subject=case_id,
        action="correct",
        attribute=told.attribute,
        value=store.joined(values),
        decided_by=source,
        qualifier=qualifier,
        quote=told.quote,
        basis=told.basis,
        source=source,
    )
