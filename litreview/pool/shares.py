"""Shares pooled over reports, with the reports and patients that a cautious reader would leave out left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litreview.model.analysis import Proportion
from litreview.pool.meta import Arm, Pooled, pooled
from litreview.pool.patients import Patient, alternatives, is_chosen, told

ALL = "all reports"
SEVERAL = "without reports of a single patient"
TOGETHER = "patients who may be one taken for one"


@dataclass(frozen=True, slots=True)
class ReportShare:
    """One share over some of the reports: of whom (`among`), in which subgroup, the arms and what they give."""

    title: str
    attribute: str
    value: str
    among: str
    by: str
    group: str
    arms: tuple[Arm, ...]
    result: Pooled | None


def shares(
    patients: Sequence[Patient],
    wanted: Sequence[Proportion],
    *,
    reports: Mapping[str, str],
    together: Sequence[Patient],
) -> tuple[ReportShare, ...]:
    """Every share that is asked for, over all reports and over fewer, then in its subgroups.

    `reports` gives the report that a patient counts for; `together` are the patients with those who may be one taken
    for one.
    """
    return tuple(made for each in wanted for made in _shares(patients, each, reports, together))


def _shares(
    patients: Sequence[Patient], wanted: Proportion, reports: Mapping[str, str], together: Sequence[Patient]
) -> Iterator[ReportShare]:
    told_of = _told_of(patients, wanted)
    arms = _arms(told_of, wanted, reports)
    yield _share(wanted, ALL, arms)
    yield _share(wanted, SEVERAL, tuple(arm for arm in arms if arm.of > 1))
    yield _share(wanted, TOGETHER, _arms(_told_of(together, wanted), wanted, reports))
    for by in wanted.by:
        for group in sorted({value for patient in told_of for value in told(patient, by)}):
            members = [patient for patient in told_of if group in told(patient, by)]
            yield _share(wanted, ALL, _arms(members, wanted, reports), by=by, group=group)


def _told_of(patients: Sequence[Patient], wanted: Proportion) -> list[Patient]:
    asked = (patient for patient in patients if is_chosen(patient, wanted.where, wanted.excluding))
    return [patient for patient in asked if told(patient, wanted.attribute)]


def _arms(patients: Sequence[Patient], wanted: Proportion, reports: Mapping[str, str]) -> tuple[Arm, ...]:
    counted: dict[str, list[bool]] = {}
    for patient in patients:
        hit = bool(alternatives(wanted.value) & set(told(patient, wanted.attribute)))
        counted.setdefault(reports[str(patient["patient_id"])], []).append(hit)
    return tuple(Arm(report, sum(hits), len(hits)) for report, hits in sorted(counted.items()))


def _share(wanted: Proportion, among: str, arms: tuple[Arm, ...], *, by: str = "", group: str = "") -> ReportShare:
    return ReportShare(wanted.title, wanted.attribute, wanted.value, among, by, group, arms, pooled(arms))
