"""Grades patients alike by published criteria, as far as what is reported of them allows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt

from litreview.model.analysis import Criteria, Demand
from litreview.model.check import is_number
from litreview.pool.patients import Patient, is_chosen, number, told


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of one patient: empty where the criteria are not for this patient, or where it cannot be given.

    `lacking` names the attributes that would have decided, `why` says in words what is missing.
    """

    value: str
    lacking: tuple[str, ...] = ()
    why: str = ""


def graded(patients: Iterable[Patient], criteria: Sequence[Criteria]) -> tuple[Patient, ...]:
    """The patients with a value more for each of the criteria, under its name; later criteria may use earlier ones."""
    return tuple(_with_grades(patient, criteria) for patient in patients)


def grade(patient: Patient, criteria: Criteria) -> Grade:
    """The first level that is met; none where it is open whether an earlier one is."""
    if not is_chosen(patient, criteria.where, criteria.excluding):
        return Grade("")
    for level in criteria.levels:
        met = is_met(patient, level.needs)
        if met:
            return Grade(level.value)
        if met is None:
            lacking = [name for demand in level.needs for name in demand.names if not told(patient, name)]
            return _open(tuple(dict.fromkeys(lacking)), criteria)
    return Grade("", why=criteria.unmet)


def _open(lacking: tuple[str, ...], criteria: Criteria) -> Grade:
    words = (criteria.untold.get(name, f"{name} not reported") for name in lacking)
    return Grade("", lacking, "; ".join(dict.fromkeys(words)))


def ungraded(patients: Iterable[Patient], criteria: Sequence[Criteria]) -> dict[str, dict[str, str]]:
    """By criteria and patient why there is no grade, of those for whom the criteria are; nothing of who has one."""
    found: dict[str, dict[str, str]] = {each.name: {} for each in criteria}
    for patient in patients:
        for each in criteria:
            if not told(patient, each.name) and (why := grade(patient, each).why):
                found[each.name][str(patient.get("patient_id", ""))] = why
    return found


def meets(patient: Patient, demand: Demand) -> bool | None:
    """Whether a patient meets a demand; `None` where that is not reported."""
    if not all(told(patient, name) for name in demand.names):
        return {"yes": True, "no": False}.get(demand.untold)
    if demand.values and not set(demand.values) & set(told(patient, demand.attribute)):
        return False
    value = number(patient, demand.attribute)
    return all(value is not None and holds(value, limit) for holds, limit in _limits(patient, demand))


def is_met(patient: Patient, demands: Iterable[Demand]) -> bool | None:
    """Whether a patient meets all demands: `None` where none is failed and one is not reported."""
    answers = [meets(patient, demand) for demand in demands]
    return False if False in answers else None if None in answers else True


def _limits(patient: Patient, demand: Demand) -> Iterator[tuple[Callable[[float, float], bool], float]]:
    named = ((ge, demand.at_least), (gt, demand.above), (lt, demand.below), (le, demand.at_most))
    for holds, limit in named:
        if limit:
            base = float(limit) if is_number(limit) else number(patient, limit) or 0.0
            yield holds, base * demand.times + demand.plus


def _with_grades(patient: Patient, criteria: Sequence[Criteria]) -> Patient:
    known = dict(patient)
    for each in criteria:
        known[each.name] = grade(known, each).value or None
    return known
