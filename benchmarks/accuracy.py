"""Precision and recall of extraction on the demonstration corpus, without a database.

python benchmarks/accuracy.py                       per attribute, split `rules`; totals of the other splits
python benchmarks/accuracy.py --errors age_years    every error of some attributes (none named: of all)
python benchmarks/accuracy.py --pmid 90000001       one report alone
python benchmarks/accuracy.py --observe FILE.csv    what was seen of each value, for calibrate.py; never of `check`
"""

import argparse
import json
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from litreview import resources
from litreview.evaluate import printed
from litreview.evaluate.calibrate import observe
from litreview.evaluate.gold import Gold, read_gold
from litreview.evaluate.observations import write_observations
from litreview.evaluate.reliability import judged
from litreview.evaluate.score import FoundReport, Scores, score
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.model.topic import Topic
from litreview.readers import read_path
from litreview.rules.load import load

MEASURED_ONLY = "check"


@dataclass(frozen=True, slots=True)
class Report:
    """The records and documents that share an identifier."""

    records: tuple[Record, ...]
    documents: tuple[Document, ...]

    @property
    def ids(self) -> frozenset[str]:
        """PMIDs, PMCIDs and DOIs in lower case."""
        names = (name for record in self.records for name in (record.pmid, record.pmcid, record.doi))
        return frozenset(name.lower() for name in names if name)


def main() -> None:
    """Read, extract, compare, print."""
    options = _options()
    started = time.perf_counter()
    topic = load(options.topic)
    gold = read_gold(options.gold)
    if options.further:
        gold, topic = with_further(gold, options.gold / "further.jsonl", topic)
    reports = [report for report in reports_of(options.corpus, gold) if _wanted(report, options.pmid)]
    with ProcessPoolExecutor(options.jobs) as pool:
        fill_in = options.observe is None
        found = tried_all(pool, reports, gold, options.topic, screen=options.screen, fill_in=fill_in)
    if options.observe is not None:
        parts = [score(found, gold.split(split), topic) for split in gold.splits if split != MEASURED_ONLY]
        seen = (each for part in parts for each in observe(part.comparisons, options.observe.stem, topic))
        print(f"{options.observe}: {write_observations(seen, options.observe)} values")
        return
    for split in gold.splits:
        part = _only(gold.split(split), options.pmid)
        if part.reports:
            _print(score(found, part, topic), split, options, [attribute.name for attribute in topic.attributes])
    print(f"\n{time.perf_counter() - started:.1f} s", file=sys.stderr)


def with_further(gold: Gold, path: Path, topic: Topic) -> tuple[Gold, Topic]:
    """The gold of the attributes beyond the codebook alone, and the topic with these as annotated ones."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    told = {(row["pmid"], row["label"]): row for row in rows}
    names = {name for row in rows for name in row["values"]}
    cases = tuple(
        replace(case, values=row["values"], evidence=row["evidence"], also_accept=row.get("also_accept", {}))
        for case in gold.cases
        if case.source == "own" and (row := told.get((case.pmid, case.label)))
    )
    kept = {case.pmid for case in cases}
    attributes = tuple(one.model_copy(update={"annotated": one.name in names}) for one in topic.attributes)
    reports = tuple(report for report in gold.reports if report.pmid in kept)
    return Gold(reports, cases), topic.model_copy(update={"attributes": attributes})


def reports_of(corpus: Path, gold: Gold) -> list[Report]:
    """The corpus's documents, joined by identifier; files without one by the gold's list of reports."""
    paths = [corpus / "pubmed.xml", *sorted((corpus / "pmc").glob("*.xml")), *sorted((corpus / "other").glob("*"))]
    reports: list[Report] = []
    for path in paths:
        for record, document in _items(path):
            _join(reports, _named(record, path, gold), document)
    return reports


def _items(path: Path) -> Iterator[tuple[Record, Document | None]]:
    try:
        for item in read_path(path):
            if isinstance(item, Problem):
                print(f"problem: {path.name}: {item.sentence}", file=sys.stderr)
            else:
                yield item
    except Exception as error:  # a reader that is being written must not hide what the others give
        print(f"problem: {path.name}: {type(error).__name__}: {error}", file=sys.stderr)


def _named(record: Record, path: Path, gold: Gold) -> Record:
    if record.pmid or record.pmcid or record.doi:
        return record
    pmid = next((report.pmid for report in gold.reports if path.name.startswith(report.pmid)), None)
    return Record(title=record.title, pmid=pmid)


def _join(reports: list[Report], record: Record, document: Document | None) -> None:
    documents = (document,) if document else ()
    new = Report((record,), documents)
    for number, report in enumerate(reports):
        if report.ids & new.ids:
            reports[number] = Report((*report.records, record), (*report.documents, *documents))
            return
    reports.append(new)


def tried_all(
    pool: ProcessPoolExecutor, reports: Sequence[Report], gold: Gold, topic_name: str, *, screen: bool, fill_in: bool
) -> tuple[FoundReport, ...]:
    """What is found in each report; without `screen` the gold says which reports count."""
    jobs = [(report, topic_name, *_known(report, gold), screen, fill_in) for report in reports]
    return tuple(pool.map(_tried, *zip(*jobs, strict=True), chunksize=2)) if jobs else ()


def _tried(report: Report, topic_name: str, relevant: bool, reason: str, screen: bool, fill_in: bool) -> FoundReport:
    """As `_found`; a report that breaks the rules in the making is told and counts as empty."""
    try:
        return _found(report, topic_name, relevant, reason, screen, fill_in)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        print(f"problem: {sorted(report.ids)}: {type(error).__name__}: {error} ({place})", file=sys.stderr)
        return FoundReport(report.ids, relevant)


def _found(report: Report, topic_name: str, relevant: bool, reason: str, screen: bool, fill_in: bool) -> FoundReport:
    """Extract and reconcile one report, in a process of its own; `fill_in` leaves out what is only proposed."""
    from litreview.extract import extract, propose, reconcile

    topic = load(topic_name)
    told = tuple((document, extract(document, topic)) for document in report.documents)
    cases = reconcile(told, topic)
    texts = {document.document_id: document.text for document in report.documents}
    filled = tuple(propose(case, topic) for case in cases) if fill_in else cases
    if not screen:
        return FoundReport(report.ids, relevant, filled, reason, texts)
    from litreview.screen import screen as judge

    verdict = judge(report.records[0], report.documents, cases, topic)
    return FoundReport(report.ids, verdict.eligible, filled, verdict.reason, texts)


def _known(report: Report, gold: Gold) -> tuple[bool, str]:
    """Whether the gold calls the report relevant, and its reason where not."""
    same = [known for known in gold.reports if known.ids & report.ids]
    return any(known.relevant for known in same), next((known.reason for known in same if known.reason), "")


def _wanted(report: Report, pmids: Sequence[str]) -> bool:
    return not pmids or bool(report.ids & set(pmids))


def _only(gold: Gold, pmids: Sequence[str]) -> Gold:
    if not pmids:
        return gold
    return Gold(
        tuple(report for report in gold.reports if report.pmid in pmids),
        tuple(case for case in gold.cases if case.pmid in pmids),
    )


def _print(scores: Scores, split: str, options: argparse.Namespace, order: Sequence[str]) -> None:
    print(f"\n== {split}", *printed.totals(scores), sep="\n")
    if split == MEASURED_ONLY or options.totals:
        return
    if options.errors is None:
        print("", *printed.by_attribute(scores, order), "", *printed.by_rule(scores.by_rule()), sep="\n")
        print("", *printed.reliability(judged(scores.comparisons)), sep="\n")
        return
    wrong = [each for each in scores.comparisons if not options.errors or each.attribute in options.errors]
    print(*printed.errors(wrong, sort=options.sort), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=resources.corpus_dir())
    parser.add_argument("--gold", type=Path, default=resources.corpus_dir() / "gold")
    parser.add_argument("--topic", default="anti_cd38_cytopenia")
    parser.add_argument("--errors", nargs="*", metavar="ATTRIBUTE", help="list the errors, of these attributes")
    parser.add_argument("--further", action="store_true", help="only the attributes beyond the codebook: further.jsonl")
    parser.add_argument("--totals", action="store_true", help="only totals, for a set that is to stay unseen")
    parser.add_argument("--pmid", nargs="+", default=[], help="only these reports")
    parser.add_argument("--sort", choices=printed.SORTS, default="attribute", help="order of the errors")
    parser.add_argument("--screen", action="store_true", help="screen too, rather than take the gold's eligibility")
    parser.add_argument("--observe", type=Path, default=None, metavar="FILE", help="write what was seen of each value")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
