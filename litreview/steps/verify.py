"""Verifies a knowledge base: every quote stands, every value can be read again, the tables agree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from litreview import store
from litreview.evaluate.raw import RawText, raw_texts
from litreview.model.case import Case, Finding
from litreview.model.document import Document
from litreview.model.event import Event
from litreview.model.topic import Topic
from litreview.steps.add import files_of
from litreview.steps.freeze import faults
from litreview.steps.workspace import Progress, silent, topic_for
from litreview.store.rows import cell

_IDENTIFIED = ("pubmed", "jats")  # formats whose files hold many reports: told apart by identifiers
_ORPHANS = (
    "SELECT decision_id, subject FROM decisions WHERE undone_at IS NULL AND waiting = '' AND action <> 'note' "
    "AND subject NOT IN (SELECT case_id FROM case_identities) AND subject NOT IN (SELECT record_id FROM records) "
    "AND subject NOT IN (SELECT value FROM identifiers WHERE scheme = 'alias') "
    "AND subject NOT IN (SELECT patient_id FROM patients) AND subject NOT IN (SELECT alias FROM patient_aliases)"
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many that were looked at."""

    n: int
    of: int


@dataclass
class Verification:
    """What was found: shares by what was looked at, and a sentence for each thing that is not good.

    `faults` are what must not be; `doubts` are values that their evidence alone does not give again: they may be
    right, but whoever reads them should read on in the report.
    """

    shares: dict[str, Share] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def note(self, what: str, good: bool, fault: str = "", *, doubt: str = "") -> None:
        """Count one thing looked at; `fault` or `doubt` is kept where it is not good."""
        share = self.shares.get(what, Share(0, 0))
        self.shares[what] = Share(share.n + good, share.of + 1)
        if not good:
            self.faults += [fault] if fault else []
            self.doubts += [doubt] if doubt else []


def verify(
    path: Path,
    *,
    raw: Iterable[Path] = (),
    topic: str = "",
    rules_dir: Path | None = None,
    progress: Progress = silent,
) -> Verification:
    """Look at everything without changing it.

    `raw` are files, or folders of files, that documents were read from; a document's own file is also looked for where
    the command runs and beside the database. A quote of a document without its file is checked against the text that
    is kept, and counted apart.
    """
    loaded = topic_for(path, topic, rules_dir)
    found = Verification()
    with store.open_database(path, topic=loaded, readonly=True) as db:
        _database(db, found)
        files = _Files(raw, (Path(), path.parent))
        reports = store.all_reports(db)
        for number, report in enumerate(reports):
            progress("verifying", number, len(reports))
            _report(db, report, files, loaded, found)
        progress("verifying", len(reports), len(reports))
    for _, fault in faults(path):
        found.note("snapshots are as they were frozen", not fault, fault)
    return found


def _database(db: store.Database, found: Verification) -> None:
    """SQLite's own checks, and what the tables promise each other."""
    whole = [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()]
    found.note("database is whole", whole == ["ok"], "; ".join(whole[:3]))
    loose = db.execute("PRAGMA foreign_key_check").fetchall()
    found.note("references hold", not loose, f"{len(loose)} rows point to nothing, the first in {loose[:1]}")
    for decision_id, subject in db.execute(_ORPHANS).fetchall():
        found.note("decisions have their subject", False, f"decision {decision_id}: there is no {subject}")
    _patients(db, found)


def _patients(db: store.Database, found: Verification) -> None:
    """Every own case of an eligible report is one patient's, and nothing else is pooled."""
    wanted = _ids(db, "SELECT case_id FROM cases WHERE eligible = 'yes' AND case_source = 'own'")
    pooled = [
        case_id
        for (joined,) in db.execute("SELECT case_ids FROM patients").fetchall()
        for case_id in (joined or "").split("; ")
        if case_id
    ]
    for case_id in sorted(wanted | set(pooled)):
        times = pooled.count(case_id) if case_id in pooled else 0
        fault = f"case {case_id} is pooled {times} times" if case_id in wanted else f"case {case_id} is pooled"
        found.note("cases pooled once", (case_id in wanted) == (times == 1) and times < 2, fault)


def _ids(db: store.Database, sql: str) -> set[str]:
    return {str(row[0]) for row in db.execute(sql).fetchall()}


def _report(db: store.Database, report: str, files: "_Files", topic: Topic, found: Verification) -> None:
    members = store.members_of(db, report)
    documents = {document.document_id: document for document in store.load_documents(db, members)}
    names = _names(db, members)
    raw = {document_id: files.of(document, names) for document_id, document in documents.items()}
    for row in db.execute(f"SELECT * FROM cases WHERE record_id IN ({', '.join('?' * len(members))})", list(members)):
        columns = [column[0] for column in db.execute("SELECT * FROM cases LIMIT 0").description]
        shown = dict(zip(columns, row, strict=True))
        case = store.load_case(db, shown["case_id"])
        _row(shown, case, topic, found)
        told = (cases.events for each in documents for cases in store.load_document_cases(db, each))
        events = [case.events, store.events_as_decided(db, shown["case_id"], topic), *told]
        for finding in case.findings:
            _quotes(shown["case_id"], finding, documents, raw, found)
            _value(shown["case_id"], finding, case, events, documents, topic, found)


def _row(shown: Mapping[str, object], case: Case, topic: Topic, found: Verification) -> None:
    """The case table's row shows what the findings say."""
    for attribute in topic.attributes:
        expected = cell(case.values(attribute.name), many=attribute.type == "list")
        fault = f"case {shown['case_id']}: {attribute.name} shows {shown[attribute.name]!r}, findings say {expected!r}"
        if expected is not None or shown[attribute.name] is not None:
            found.note("cells agree with findings", expected == shown[attribute.name], fault)


def _quotes(
    case_id: str,
    finding: Finding,
    documents: Mapping[str, Document],
    raw: Mapping[str, tuple[RawText, ...]],
    found: Verification,
) -> None:
    for evidence in finding.evidence:
        place = f"case {case_id}: {finding.attribute}: {evidence.quote[:60]!r}"
        document = documents.get(evidence.document_id)
        if document is None:
            found.note("quotes in their document", False, f"{place}: there is no document {evidence.document_id}")
            continue
        found.note("quotes in their document", document[evidence.span] == evidence.quote, f"{place} is not there")
        if files := raw[evidence.document_id]:
            good = any(file.holds(evidence.quote) for file in files)
            found.note("quotes in the raw file", good, f"{place} is not in {document.source}")
        else:
            found.note("quotes without a raw file (kept text only)", document[evidence.span] == evidence.quote)


def _value(
    case_id: str,
    finding: Finding,
    case: Case,
    events: Sequence[tuple[Event, ...]],
    documents: Mapping[str, Document],
    topic: Topic,
    found: Verification,
) -> None:
    """A stated value is read again from its evidence, a derived one follows again; a decided one is a person's."""
    from litreview.extract.reread import rederive, reread

    value = f"case {case_id}: {finding.attribute} {finding.value!r} ({finding.rule_id})"
    if finding.origin == "derived":
        good = any(rederive(finding, case.findings, told, topic) for told in events)
        found.note("derived values that follow again", good, doubt=f"{value} does not follow again")
    elif finding.origin == "stated":
        document = documents.get(finding.evidence[0].document_id) if finding.evidence else None
        good = document is not None and reread(finding, document, topic)
        found.note("values read again from their evidence", good, doubt=f"{value} is not read again from its evidence")


def _names(db: store.Database, members: Sequence[str]) -> frozenset[str]:
    rows = db.execute(
        "SELECT value FROM identifiers WHERE scheme IN ('pmid', 'pmcid', 'doi') "
        f"AND record_id IN ({', '.join('?' * len(members))})",
        list(members),
    )
    return frozenset(str(row[0]).lower() for row in rows)


class _Files:
    """Raw files by what they may be known by; those given are read once, others looked for by their name."""

    def __init__(self, given: Iterable[Path], beside: Sequence[Path]) -> None:
        self._beside = beside
        self._by_name: dict[str, list[RawText]] = {}
        for path in files_of(given):
            self._learn(raw_texts(path))

    def of(self, document: Document, names: frozenset[str]) -> tuple[RawText, ...]:
        """The raw texts that a document may have been read from."""
        source = Path(document.source).name.lower()
        if source not in self._by_name:
            self._by_name[source] = []
            for folder in self._beside:
                if document.source and (folder / document.source).is_file():
                    self._learn(raw_texts(folder / document.source))
        if document.format not in _IDENTIFIED:
            return tuple(self._by_name[source])
        return tuple(text for name in sorted(names) for text in self._by_name.get(name, ()))

    def _learn(self, texts: Iterator[RawText]) -> None:
        for text in texts:
            for name in text.names:
                self._by_name.setdefault(name, []).append(text)
