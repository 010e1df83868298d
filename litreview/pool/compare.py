"""The figures that a review printed beside those computed again from the patients that are known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from litreview.model.baseline import Baseline, Contradiction, Statement
from litreview.model.topic import SummaryLine, Topic
from litreview.pool.patients import JOINED, Patient, ids, number
from litreview.pool.summary import Line, Summary, summary

Verdict = Literal["same", "open", "contradicts", "not computed"]

COLUMNS = (
    "statement", "population", "quantity", "printed", "recomputed", "available", "of", "verdict", "note", "cases",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Printed and recomputed figures, and what of the printed ones does not agree with the rest of them.

    `sums` are figures that should add up to all `patients` and do not, `contradictions` what is known besides.
    """

    review: str
    patients: int
    compared: tuple["Compared", ...]
    sums: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A printed figure and the recomputed one (empty: none), with the patients of whom the attribute is known.

    `same` is equal; `open` is another figure, which the patients that are missing may explain; `contradicts` is one
    that they cannot.
    """

    statement: Statement
    recomputed: str
    available: int
    of: int
    verdict: Verdict
    cases: tuple[str, ...] = ()


def compare(patients: Sequence[Patient], given: Baseline, topic: Topic) -> Comparison:
    """Each statement of a baseline computed again over those of the review's patients that are known."""
    asked = [each for each in given.statements if each.attribute]
    found = summary(patients, topic.model_copy(update={"summary": tuple(map(_line, asked))}))
    lines = {each.statement: line for each, line in zip(asked, found.lines, strict=True)}
    of = given.of.patients
    made = tuple(_compared(each, lines.get(each.statement), patients, found, of) for each in given.statements)
    return Comparison(given.of.review, of, made, tuple(_uneven(given)), given.contradictions)


def rows(comparison: Comparison) -> Iterator[tuple[str | int, ...]]:
    """A row for every statement, under `COLUMNS`."""
    for each in comparison.compared:
        said = each.statement
        head = (said.statement, said.population, said.quantity, said.printed, each.recomputed, each.available, each.of)
        yield (*head, each.verdict, said.note, JOINED.join(each.cases))


def text(comparison: Comparison) -> Iterator[str]:
    """The comparison line by line, then what contradicts what."""
    yield f"{comparison.review}: printed, and computed again from the patients known of {comparison.patients}"
    for each in comparison.compared:
        said = each.statement
        again = f"{each.recomputed or 'nothing'} from {each.available} ({each.verdict})"
        how = again if each.verdict != "not computed" else "not computed from attributes"
        yield f"{said.quantity}, {said.population}: {said.printed} | {how}"
    yield ""
    yield "Contradictions and gaps of what was printed"
    yield from (f"  {told}" for told in comparison.sums)
    for each in comparison.compared:
        if each.verdict == "contradicts":
            said, known = each.statement, each.recomputed
            yield f"  {said.quantity}, {said.population}: printed {said.printed}, but the patients known give {known}"
    yield from (f"  {each.says}" for each in comparison.contradictions)


def _uneven(given: Baseline) -> Iterator[str]:
    """Printed figures that should add up to all patients and do not."""
    totals: dict[str, int] = {}
    for each in given.statements:
        if each.adds_up:
            totals[each.adds_up] = totals.get(each.adds_up, 0) + int(each.printed)
    yield from (
        f"{name} sum to {total} of {given.of.patients}" for name, total in totals.items() if total != given.of.patients
    )


_HOW: dict[str, Literal["counts", "share"]] = {"n": "share", "told": "share", "most": "counts"}


def _line(statement: Statement) -> SummaryLine:
    return SummaryLine(
        title=statement.statement,
        attribute=statement.attribute,
        how=_HOW.get(statement.figure, "range"),
        value=statement.value,
        where=statement.where,
        excluding=statement.excluding,
        at_least=statement.at_least,
        below=statement.below,
    )


def _compared(
    statement: Statement, line: Line | None, patients: Sequence[Patient], found: Summary, of: int
) -> Compared:
    if statement.figure == "patients":
        known = ids(patients)
        verdict = _count(statement.printed, str(len(known)), of - len(known))
        return Compared(statement, str(len(known)), len(known), of, verdict, found.cases_of(known))
    if line is None:
        return Compared(statement, "", 0, of, "not computed")
    told_of = line.told_of if statement.figure != "told" else line.shares[0].patients
    counted = line.shares[0].patients if statement.figure == "n" else told_of
    figure = _FIGURES[statement.figure](line, [patient for patient in patients if patient["patient_id"] in told_of])
    verdict = _VERDICTS[statement.figure](statement.printed, figure, of - len(told_of)) if figure else "open"
    return Compared(statement, figure, len(told_of), of, verdict, found.cases_of(counted))


def _n(line: Line, patients: Sequence[Patient]) -> str:
    return str(line.shares[0].n)


def _of_spread(name: str) -> Callable[[Line, Sequence[Patient]], str]:
    return lambda line, patients: f"{getattr(line.spread, name):g}" if line.spread else ""


def _values(line: Line, patients: Sequence[Patient]) -> str:
    return JOINED.join(dict.fromkeys(f"{number(patient, line.attribute):g}" for patient in patients))


def _most(line: Line, patients: Sequence[Patient]) -> str:
    return JOINED.join(share.value for share in line.shares[:_FIRST])


_FIRST = 3  # of the most frequent values
_FIGURES: dict[str, Callable[[Line, Sequence[Patient]], str]] = {
    "n": _n,
    "told": _n,
    "minimum": _of_spread("minimum"),
    "maximum": _of_spread("maximum"),
    "median": _of_spread("median"),
    "values": _values,
    "most": _most,
}


def _count(printed: str, figure: str, missing: int) -> Verdict:
    """As many, or fewer by no more than the patients that are missing."""
    short = int(printed) - int(figure)
    return "same" if short == 0 else "open" if 0 < short <= missing else "contradicts"


def _limit(sign: int) -> Callable[[str, str, int], Verdict]:
    """Missing patients may lower a minimum (sign 1) or raise a maximum (sign -1), never the other way."""

    def judged(printed: str, figure: str, missing: int) -> Verdict:
        beyond = sign * (float(figure) - float(printed))
        return "same" if beyond == 0 else "open" if beyond > 0 and missing else "contradicts"

    return judged


def _whole(printed: str, figure: str, missing: int) -> Verdict:
    return "same" if figure == printed else "open" if missing else "contradicts"


_VERDICTS: dict[str, Callable[[str, str, int], Verdict]] = {
    "n": _count,
    "told": _count,
    "minimum": _limit(1),
    "maximum": _limit(-1),
    "median": _whole,
    "values": _whole,
    "most": _whole,
}
