"""The pooled summary: the topic's lines computed over unique patients, each with the N it rests on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from litreview.model.proportion import wilson
from litreview.model.topic import SummaryLine, Topic
from litreview.pool.grade import graded, ungraded
from litreview.pool.intervals import exact
from litreview.pool.patients import JOINED, Patient, alternatives, asked, ids, number, told, within


@dataclass(frozen=True, slots=True)
class Share:
    """`n` patients of the `of` for whom the attribute is reported, with the 95 % interval after Wilson.

    `patients` are the ids of the `n`.
    """

    value: str
    n: int
    of: int
    interval: tuple[float, float] | None
    patients: tuple[str, ...] = ()

    @property
    def exact(self) -> tuple[float, float] | None:
        """The interval after Clopper and Pearson."""
        return exact(self.n, self.of)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, smallest and largest of the numbers told, and the quartiles (between two numbers by proportion)."""

    median: float
    minimum: float
    maximum: float
    lower: float
    upper: float

    @classmethod
    def of(cls, numbers: Sequence[float]) -> "Spread":
        """The spread of at least one number."""
        lower, _, upper = quantiles(numbers, method="inclusive") if len(numbers) > 1 else (numbers[0],) * 3
        return cls(median(numbers), min(numbers), max(numbers), lower, upper)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary.

    `reported` of the `asked` patients have the attribute reported; what is computed rests on these (`told_of`, and
    `untold` are the others). `group` is the value of another attribute that the line is given for, empty where it is
    given for all.
    """

    title: str
    attribute: str
    how: str
    group: str
    reported: int
    asked: int
    shares: tuple[Share, ...] = ()
    spread: Spread | None = None
    told_of: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Patients for whom nothing is reported."""
        return self.asked - self.reported


@dataclass(frozen=True, slots=True)
class Summary:
    """All lines, over how many unique patients from how many reports.

    `warning` is the topic's; `notes` say what was left out and what is uncertain of the whole; `cases` are the ids of
    each patient's cases. `ungraded` says by criteria and patient what is missing for a grade.
    """

    topic: str
    title: str
    patients: int
    reports: int
    lines: tuple[Line, ...]
    warning: str = ""
    notes: tuple[str, ...] = ()
    cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ungraded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def cases_of(self, patients: Iterable[str]) -> tuple[str, ...]:
        """The ids of all cases that tell of these patients: what a figure's link leads to."""
        return tuple(case for patient in patients for case in self.cases.get(patient, ()))


def summary(patients: Sequence[Patient], topic: Topic, *, reports: int = 0, notes: tuple[str, ...] = ()) -> Summary:
    """Compute the topic's summary over patients: mappings from attribute to value, a row each, lists joined by `; `.

    Every share is one of the patients for whom the value is reported: what is not reported is neither yes nor no. The
    topic's criteria have graded them, so that a line may ask for a grade as for an attribute.
    """
    known = graded(patients, topic.criteria)
    lines = tuple(made for line in topic.summary for made in _lines(line, known, topic))
    cases = {str(patient.get("patient_id", "")): told(patient, "case_ids") for patient in patients}
    warning = " ".join(topic.warning.split())
    gaps = ungraded(known, topic.criteria)
    return Summary(topic.name, topic.title, len(patients), reports, lines, warning, notes, cases, gaps)


def _lines(line: SummaryLine, patients: Sequence[Patient], topic: Topic) -> Iterator[Line]:
    if not line.by:
        yield _line(line, patients, topic, "")
        return
    values = Counter(value for patient in patients for value in told(patient, line.by))
    for group in _ordered(values, line.by, topic):
        yield _line(line, [patient for patient in patients if group in told(patient, line.by)], topic, group)


def _line(line: SummaryLine, patients: Sequence[Patient], topic: Topic, group: str) -> Line:
    chosen = asked(patients, line)
    reported = [patient for patient in chosen if told(patient, line.attribute)]
    shares, spread = _HOW[line.how](line, chosen, reported, topic)
    kept = chosen if _is_of_all(line) else reported
    told_of = ids(kept)
    known = frozenset(told_of)
    untold = tuple(name for name in ids(chosen) if name not in known)
    figures = (len(kept), len(chosen), shares, spread, told_of, untold)
    return Line(line.title, line.attribute, line.how, group, *figures)


_Made = tuple[tuple[Share, ...], Spread | None]
_How = Callable[[SummaryLine, Sequence[Patient], Sequence[Patient], Topic], _Made]


def _counts(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    counted: dict[str, list[Patient]] = {}
    for patient in reported:
        for value in told(patient, line.attribute):
            counted.setdefault(value, []).append(patient)
    order = _ordered(Counter({value: len(those) for value, those in counted.items()}), line.attribute, topic)
    return tuple(_share(value, counted[value], len(reported)) for value in order), None


def _range(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    numbers = [value for patient in reported if (value := number(patient, line.attribute)) is not None]
    return (), Spread.of(numbers) if numbers else None


def _of_those(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    if _is_of_all(line):
        return (_share("", reported, len(chosen)),), None
    those = [patient for patient in reported if _is_counted(patient, line)]
    return (_share(JOINED.join(sorted(alternatives(line.value))), those, len(reported)),), None


_HOW: dict[str, _How] = {"counts": _counts, "range": _range, "share": _of_those}


def _is_of_all(line: SummaryLine) -> bool:
    """A share that names neither value nor limit: of all patients, those of whom the attribute is told."""
    return line.how == "share" and not line.value and line.below is None and line.at_least is None


def _is_counted(patient: Patient, line: SummaryLine) -> bool:
    if line.value:
        return bool(alternatives(line.value) & set(told(patient, line.attribute)))
    value = number(patient, line.attribute)
    return value is not None and within(value, line)


def _share(value: str, those: Sequence[Patient], of: int) -> Share:
    return Share(value, len(those), of, wilson(len(those), of), ids(those))


def _ordered(counted: Counter[str], attribute: str, topic: Topic) -> list[str]:
    """The most frequent first; of equal ones by the attribute's vocabulary, then by the alphabet."""
    known = next((each.vocabulary for each in topic.attributes if each.name == attribute), ())
    ranks = {value: rank for rank, value in enumerate(known)}
    return sorted(counted, key=lambda value: (-counted[value], ranks.get(value, len(ranks)), value))
