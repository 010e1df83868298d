"""Times to an event of the pooled patients, as the topic asks for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from litreview.model.analysis import Duration, TimeTo
from litreview.pool.curve import Estimate, Span, estimate
from litreview.pool.grade import is_met
from litreview.pool.patients import Patient, is_chosen, number


@dataclass(frozen=True, slots=True)
class Curve:
    """A time to an event: the patients it rests on, the estimate, and the patients of whom too little is told."""

    title: str
    unit: str
    spans: tuple[Span, ...]
    missing: tuple[str, ...]
    estimate: Estimate


def times(patients: Sequence[Patient], wanted: Sequence[TimeTo]) -> tuple[Curve, ...]:
    """A curve for each time that is asked for, over the patients whom the question is about."""
    return tuple(_curve(patients, each) for each in wanted)


def _curve(patients: Sequence[Patient], wanted: TimeTo) -> Curve:
    asked = [patient for patient in patients if is_chosen(patient, wanted.where, wanted.excluding)]
    spans = tuple(span for patient in asked for span in _span(patient, wanted))
    known = {span.patient_id for span in spans}
    missing = tuple(name for patient in asked if (name := str(patient["patient_id"])) not in known)
    return Curve(wanted.title, wanted.unit, spans, missing, estimate(spans))


def _span(patient: Patient, wanted: TimeTo) -> Iterator[Span]:
    """Nothing where it is not told whether the event came, or when, or how long it was waited for."""
    event = is_met(patient, wanted.event)
    if event is None:
        return
    time = first_told(patient, wanted.at if event else wanted.until)
    if time is not None:
        yield Span(str(patient["patient_id"]), time, event)


def first_told(patient: Patient, durations: Sequence[Duration]) -> float | None:
    """The first of several durations that can be had and is not negative."""
    told = (_time(patient, each) for each in durations)
    return next((each for each in told if each is not None and each >= 0), None)


def _time(patient: Patient, duration: Duration) -> float | None:
    of, less = number(patient, duration.of), [number(patient, name) for name in duration.less]
    if of is None or None in less:
        return None
    return round(of * duration.times - sum(each for each in less if each is not None), 1)
