"""The pooled summary: the topic's lines computed over unique patients, each with the N it rests on."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from litreview.model.proportion import wilson
from litreview.model.topic import SummaryLine, Topic
from litreview.pool.patients import JOINED, Patient, alternatives, asked, number, told, within


@dataclass(frozen=True, slots=True)
class Share:
    """`n` patients of the `of` for whom the attribute is reported, with the 95 % interval after Wilson."""

    value: str
    n: int
    of: int
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, smallest and largest of the numbers told."""

    median: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary.

    `reported` of the `asked` patients have the attribute reported; what is computed rests on these. `group` is the
    value of another attribute that the line is given for, empty where it is given for all.
    """

    title: str
    attribute: str
    how: str
    group: str
    reported: int
    asked: int
    shares: tuple[Share, ...] = ()
    spread: Spread | None = None

    @property
    def missing(self) -> int:
        """Patients for whom nothing is reported."""
        return self.asked - self.reported


@dataclass(frozen=True, slots=True)
class Summary:
    """All lines, over how many unique patients from how many reports."""

    topic: str
    title: str
    patients: int
    reports: int
    lines: tuple[Line, ...]


def summary(patients: Sequence[Patient], topic: Topic, *, reports: int = 0) -> Summary:
    """Compute the topic's summary over patients: mappings from attribute to value, a row each, lists joined by `; `.

    Every share is one of the patients for whom the value is reported: what is not reported is neither yes nor no.
    """
    lines = tuple(made for line in topic.summary for made in _lines(line, patients, topic))
    return Summary(topic.name, topic.title, len(patients), reports, lines)


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
    kept = len(chosen) if _is_of_all(line) else len(reported)
    return Line(line.title, line.attribute, line.how, group, kept, len(chosen), shares, spread)


_Made = tuple[tuple[Share, ...], Spread | None]
_How = Callable[[SummaryLine, Sequence[Patient], Sequence[Patient], Topic], _Made]


def _counts(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    counted = Counter(value for patient in reported for value in told(patient, line.attribute))
    return tuple(
        _share(value, counted[value], len(reported)) for value in _ordered(counted, line.attribute, topic)
    ), None


def _range(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    numbers = [value for patient in reported if (value := number(patient, line.attribute)) is not None]
    return (), Spread(median(numbers), min(numbers), max(numbers)) if numbers else None


def _of_those(line: SummaryLine, chosen: Sequence[Patient], reported: Sequence[Patient], topic: Topic) -> _Made:
    if _is_of_all(line):
        return (_share("", len(reported), len(chosen)),), None
    n = sum(_is_counted(patient, line) for patient in reported)
    return (_share(JOINED.join(sorted(alternatives(line.value))), n, len(reported)),), None


_HOW: dict[str, _How] = {"counts": _counts, "range": _range, "share": _of_those}


def _is_of_all(line: SummaryLine) -> bool:
    """A share that names neither value nor limit: of all patients, those of whom the attribute is told."""
    return line.how == "share" and not line.value and line.below is None and line.at_least is None


def _is_counted(patient: Patient, line: SummaryLine) -> bool:
    if line.value:
        return bool(alternatives(line.value) & set(told(patient, line.attribute)))
    value = number(patient, line.attribute)
    return value is not None and within(value, line)


def _share(value: str, n: int, of: int) -> Share:
    return Share(value, n, of, wilson(n, of))


def _ordered(counted: Counter[str], attribute: str, topic: Topic) -> list[str]:
    """The most frequent first; of equal ones by the attribute's vocabulary, then by the alphabet."""
    known = next((each.vocabulary for each in topic.attributes if each.name == attribute), ())
    ranks = {value: rank for rank, value in enumerate(known)}
    return sorted(counted, key=lambda value: (-counted[value], ranks.get(value, len(ranks)), value))
