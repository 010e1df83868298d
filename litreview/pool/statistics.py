"""The statistics beside the summary: shares over reports, times to events, and what is not reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litreview.model.topic import Topic
from litreview.pool.grade import graded
from litreview.pool.patients import Patient, ids, told
from litreview.pool.shares import ReportShare, shares
from litreview.pool.times import Curve, times


@dataclass(frozen=True, slots=True)
class Missing:
    """For how many of the patients an attribute (or a grade) is reported, and the ids of the others."""

    attribute: str
    told: int
    asked: int
    untold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the topic asks for beside the lines of the summary."""

    title: str
    patients: int
    shares: tuple[ReportShare, ...]
    curves: tuple[Curve, ...]
    missing: tuple[Missing, ...]
    warning: str = ""
    notes: tuple[str, ...] = ()


def statistics(
    patients: Sequence[Patient],
    topic: Topic,
    *,
    reports: Mapping[str, str],
    together: Sequence[Patient] | None = None,
    notes: tuple[str, ...] = (),
) -> Statistics:
    """Compute them over one row per unique patient.

    `reports` gives the report that a patient counts for, by the patient's id; `together` are the rows with patients who
    may be one taken for one, where there are such.
    """
    known = graded(patients, topic.criteria)
    by_row = {id(row): grades for row, grades in zip(patients, known, strict=True)}
    merged = tuple(by_row.get(id(row)) or graded((row,), topic.criteria)[0] for row in together or patients)
    names = (*(attribute.name for attribute in topic.attributes), *(criteria.name for criteria in topic.criteria))
    return Statistics(
        topic.title,
        len(patients),
        shares(known, topic.proportions, reports=reports, together=merged),
        times(known, topic.times),
        tuple(_missing(name, known) for name in names),
        " ".join(topic.warning.split()),
        notes,
    )


def _missing(attribute: str, patients: Sequence[Patient]) -> Missing:
    untold = ids(patient for patient in patients if not told(patient, attribute))
    return Missing(attribute, len(patients) - len(untold), len(patients), untold)
