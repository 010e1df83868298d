"""Evaluates a knowledge base against gold cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from litreview import store
from litreview.errors import UsageError
from litreview.evaluate.comparison import Count
from litreview.evaluate.erring import worst_first
from litreview.evaluate.figures import Figures, attribute_figures, case_figures, value_figures
from litreview.evaluate.gold import Gold, read_gold
from litreview.evaluate.score import FoundReport, Scores, score
from litreview.export import Cell, Table, write
from litreview.steps.workspace import topic_for

MEASURED_ONLY = "check"
"""The split of which only totals are shown: no rule is to be written for what is seen there."""

_FIGURES = (
    "name", "right", "wrong", "missed", "precision", "precision_low", "precision_high", "recall", "recall_low",
    "recall_high", "f1", "f1_low", "f1_high",
)  # fmt: skip
_COMPARISONS = (
    "pmid", "case", "attribute", "result", "gold", "found", "gold_quote", "quote", "section", "rule_id", "origin",
    "matched", "overlaps",
)  # fmt: skip
_RULES = ("rule", "right", "wrong", "share_wrong_low", "share_wrong_high")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of one split (empty: of all), and those of the reports whose single values may be shown."""

    split: str
    scores: Scores
    shown: Scores | None
    attributes: tuple[str, ...]


def evaluate(
    path: Path, gold_path: Path, *, split: str = "", topic: str = "", rules_dir: Path | None = None
) -> Evaluation:
    """Score the own cases of the eligible reports that the gold knows; the database is only read."""
    gold = read_gold(gold_path)
    if split and split not in gold.splits:
        raise UsageError(f"there is no split {split!r} in {gold_path}", hint=f"one of {', '.join(gold.splits)}")
    loaded = topic_for(path, topic, rules_dir)
    part = gold.split(split)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        found = tuple(found_reports(db, part))
    scores = score(found, part, loaded)
    order = tuple(attribute.name for attribute in loaded.attributes)
    return Evaluation(split, scores, _shown(scores, part, split), order)


def found_reports(db: store.Database, gold: Gold) -> Iterator[FoundReport]:
    """The reports of a knowledge base that the gold knows, with their effective cases and their texts."""
    wanted = {name for report in gold.reports for name in report.ids}
    for report in store.all_reports(db):
        members = store.members_of(db, report)
        ids = _ids(db, members)
        if ids & wanted:
            eligible, reason = db.execute(
                "SELECT eligible, exclusion_reason FROM records WHERE record_id = ?", [report]
            ).fetchone()
            yield FoundReport(
                ids=ids,
                eligible=eligible == "yes",
                cases=tuple(store.load_case(db, case_id) for case_id in _case_ids(db, members)),
                reason=reason or "",
                texts={document.document_id: document.text for document in store.load_documents(db, members)},
            )


def write_rules(counts: Mapping[str, Count], output: Path) -> int:
    """Write every rule with its right and wrong values, worst first; how many it were."""
    rows = (
        (each.rule, each.right, each.wrong, round(each.low, 4), round(each.high, 4)) for each in worst_first(counts)
    )
    return write(Table("rules", _RULES, rows), output)


def write_figures(evaluation: Evaluation, output: Path) -> int:
    """Write the measures, a row each (of the split that is only measured: the totals); how many rows it were."""
    scores = evaluation.scores
    figures = [value_figures(scores), case_figures(scores)]
    if evaluation.split != MEASURED_ONLY:
        figures += attribute_figures(scores, evaluation.attributes)
    return write(Table("evaluation", _FIGURES, (_figure(each) for each in figures)), output)


def write_comparisons(evaluation: Evaluation, output: Path) -> int:
    """Write every single value that may be shown with its result; how many it were."""
    shown = evaluation.shown.comparisons if evaluation.shown else ()
    rows = (tuple(_cell(getattr(each, column)) for column in _COMPARISONS) for each in shown)
    return write(Table("comparisons", _COMPARISONS, rows), output)


def _shown(scores: Scores, gold: Gold, split: str) -> Scores | None:
    if split == MEASURED_ONLY:
        return None
    hidden = {report.pmid for report in gold.reports if report.split == MEASURED_ONLY}
    return Scores(
        tuple(report for report in scores.reports if not hidden & set(report.pmids)),
        tuple(each for each in scores.screened if each.pmid not in hidden),
    )


def _ids(db: store.Database, members: tuple[str, ...]) -> frozenset[str]:
    places = ", ".join("?" * len(members))
    rows = db.execute(
        f"SELECT value FROM identifiers WHERE scheme IN ('pmid', 'pmcid', 'doi') AND record_id IN ({places})",
        list(members),
    )
    return frozenset(str(row[0]).lower() for row in rows)


def _case_ids(db: store.Database, members: tuple[str, ...]) -> Iterator[str]:
    places = ", ".join("?" * len(members))
    rows = db.execute(
        f"SELECT case_id FROM cases WHERE record_id IN ({places}) ORDER BY case_source = 'cited', case_index",
        list(members),
    ).fetchall()
    return (str(row[0]) for row in rows)


def _figure(figures: Figures) -> tuple[Cell, ...]:
    counted = figures.count
    measures = (
        (counted.precision, counted.precision_interval),
        (counted.recall, counted.recall_interval),
        (counted.f1, figures.f1_interval),
    )
    parts = [number for value, interval in measures for number in (value, *(interval or (None, None)))]
    rounded = (None if number is None else round(number, 4) for number in parts)
    return (figures.name, counted.tp, counted.fp, counted.fn, *rounded)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str | int | float) else None
