"""Score what was found in reports against the gold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from litreview.evaluate.align import align
from litreview.evaluate.compare import compare, only_found, only_gold
from litreview.evaluate.comparison import Comparison, Count, count
from litreview.evaluate.gold import Gold, GoldReport
from litreview.evaluate.places import Places
from litreview.model.case import Case
from litreview.model.topic import Topic


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report as the knowledge base has it: `ids` are its PMIDs, PMCID and DOI, `texts` its documents by id.

    Two bibliographic records taken as one are one report with both their ids.
    """

    ids: frozenset[str]
    eligible: bool
    cases: tuple[Case, ...] = ()
    reason: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screened:
    """What screening said of a report, and what the gold says; a report that is not there counts as not eligible."""

    pmid: str
    relevant: bool
    eligible: bool
    gold_reason: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportScore:
    """All comparisons of one report, and its cases counted."""

    pmids: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    cases: Count


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured; measures over values are made of `comparisons`."""

    reports: tuple[ReportScore, ...]
    screened: tuple[Screened, ...]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every single comparison, in the order of the gold."""
        return tuple(comparison for report in self.reports for comparison in report.comparisons)

    @property
    def values(self) -> Count:
        """All values together (micro)."""
        return count(self.comparisons)

    @property
    def cases(self) -> Count:
        """Cases found."""
        return sum((report.cases for report in self.reports), Count())

    def by_attribute(self) -> dict[str, Count]:
        """Values by attribute, in the order in which the attributes come."""
        counts: dict[str, Count] = {}
        for comparison in self.comparisons:
            counts[comparison.attribute] = counts.get(comparison.attribute, Count()) + count([comparison])
        return counts

    def by_rule(self) -> dict[str, Count]:
        """Right and wrong values by the rule that gave them."""
        counts: dict[str, Count] = {}
        for comparison in self.comparisons:
            if comparison.rule_id:
                right = comparison.result == "right"
                counts[comparison.rule_id] = counts.get(comparison.rule_id, Count()) + Count(tp=right, fp=not right)
        return counts

    def overlapping(self) -> tuple[int, int]:
        """Right values whose evidence shares words with the gold's quote, and those of which it could be asked."""
        asked = [comparison.overlaps for comparison in self.comparisons if comparison.overlaps is not None]
        return sum(asked), len(asked)


def score(found: Sequence[FoundReport], gold: Gold, topic: Topic) -> Scores:
    """Compare own cases of eligible reports with the gold's; reports that the gold does not know are left alone."""
    reports = tuple(_reports(found, gold, topic))
    return Scores(reports, tuple(_screened(report, _of(report, found)) for report in gold.reports))


def _reports(found: Sequence[FoundReport], gold: Gold, topic: Topic) -> Iterator[ReportScore]:
    seen: set[str] = set()
    for report in gold.reports:
        if report.pmid in seen:
            continue
        held = _of(report, found)
        together = [other for other in gold.reports if other is report or (held and _of(other, found) is held)]
        seen |= {other.pmid for other in together}
        yield _score_report(together, held, gold, topic)


def _of(report: GoldReport, found: Sequence[FoundReport]) -> FoundReport | None:
    """The report known by the same name, by PMID rather than by DOI, which two records may share."""
    by_pmid = next((held for held in found if report.pmid.lower() in held.ids), None)
    return by_pmid or next((held for held in found if held.ids & report.ids and not _other_pmid(held)), None)


def _other_pmid(held: FoundReport) -> bool:
    return any(name.isdigit() for name in held.ids)


def _score_report(together: Sequence[GoldReport], held: FoundReport | None, gold: Gold, topic: Topic) -> ReportScore:
    pmids = tuple(report.pmid for report in together)
    relevant = {report.pmid for report in together if report.relevant}
    wanted = [case for case in gold.cases if case.pmid in relevant and case.source == "own"]
    cases = [case for case in held.cases if case.source == "own"] if held and held.eligible else []
    aligned = align(cases, wanted, topic)
    places = Places(held.texts) if held else None
    comparisons = [found for case, other in aligned.pairs for found in compare(case, other, topic, places)]
    comparisons += [found for other in aligned.gold_alone for found in only_gold(other, topic)]
    comparisons += [found for case in aligned.found_alone for found in only_found(case, pmids[0], topic)]
    counted = Count(len(aligned.pairs), len(aligned.found_alone), len(aligned.gold_alone))
    return ReportScore(pmids, tuple(comparisons), counted)


def _screened(report: GoldReport, held: FoundReport | None) -> Screened:
    eligible = held is not None and held.eligible
    reason = held.reason if held else "not in the database"
    return Screened(report.pmid, report.relevant, eligible, report.reason, "" if eligible else reason)
