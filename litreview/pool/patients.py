"""Which patients a line of the summary speaks of, and what is told of them."""

from collections.abc import Iterable, Mapping
from functools import cache

from litreview.model.topic import SummaryLine

Patient = Mapping[str, object]
JOINED = "; "


def asked(patients: Iterable[Patient], line: SummaryLine) -> tuple[Patient, ...]:
    """The patients that `where` and `excluding` leave, and in a range those within its limits."""
    chosen = (patient for patient in patients if is_chosen(patient, line.where, line.excluding))
    return tuple(patient for patient in chosen if line.how != "range" or _is_within_or_untold(patient, line))


def is_chosen(patient: Patient, where: Mapping[str, str], excluding: Mapping[str, str]) -> bool:
    """Whether a patient has one of the values of every attribute of `where`, and none of those of `excluding`."""
    if not where and not excluding:
        return True
    holds = all(alternatives(values) & set(told(patient, name)) for name, values in where.items())
    barred = any(alternatives(values) & set(told(patient, name)) for name, values in excluding.items())
    return holds and not barred


def told(patient: Patient, attribute: str) -> tuple[str, ...]:
    """The values of an attribute as text: none where it is not reported, several of a list."""
    value = patient.get(attribute)
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return tuple(dict.fromkeys(value.split(JOINED))) if JOINED in value else (value,)
    return tuple(dict.fromkeys(map(str, value))) if isinstance(value, list | tuple) else (str(value),)


def number(patient: Patient, attribute: str) -> float | None:
    """A number as told; `None` where there is none."""
    value = patient.get(attribute)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def ids(patients: Iterable[Patient]) -> tuple[str, ...]:
    """The patients' ids, in their order."""
    return tuple([str(patient.get("patient_id", "")) for patient in patients])


def alternatives(values: str) -> frozenset[str]:
    """The values that a line names, parted by `|`."""
    return _alternatives(values)


@cache
def _alternatives(values: str) -> frozenset[str]:
    return frozenset(value.strip() for value in values.split("|"))


def within(value: float, line: SummaryLine) -> bool:
    """Whether a number is at least `at_least` and below `below`, where these are given."""
    return (line.at_least is None or value >= line.at_least) and (line.below is None or value < line.below)


def _is_within_or_untold(patient: Patient, line: SummaryLine) -> bool:
    """Without limits those of whom nothing is told are asked for as well, and said to be missing."""
    value = number(patient, line.attribute)
    if value is None:
        return line.below is None and line.at_least is None
    return within(value, line)
