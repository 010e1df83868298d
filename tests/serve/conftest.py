"""A knowledge base with papers that mean no good, served in-process."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from serve_values import ATTRIBUTES, QUERY, TITLE, TOPIC, first_patient, paper, second_patient

from litreview import rules, store
from litreview.model.bibliography import PartialDate, Record
from litreview.model.case import Case, Finding
from litreview.model.document import Document
from litreview.model.review import Decision, SearchRun, Verdict


@pytest.fixture(scope="session")
def rules_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "common").mkdir()
    topic = folder / "snake_bites"
    (topic / "attributes").mkdir(parents=True)
    (topic / "queries").mkdir()
    (topic / "topic.yaml").write_text(TOPIC, encoding="utf-8")
    for name, text in ATTRIBUTES.items():
        (topic / "attributes" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (topic / "queries" / "outcome_by_grade.sql").write_text(QUERY, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def ids() -> dict[str, str]:
    """Record and case ids of the knowledge base, filled when it is built."""
    return {}


@pytest.fixture(scope="session")
def review(tmp_path_factory: pytest.TempPathFactory, rules_dir: Path, ids: dict[str, str]) -> Path:
    """Two patients, one of them told again elsewhere; a retracted report; a hostile identifier."""
    path = tmp_path_factory.mktemp("db") / "review.db"
    topic = rules.load("snake_bites", rules_dir)

    def save(record: Record, documents: tuple[Document, ...], cases: tuple[Case, ...], verdict: Verdict) -> None:
        record_id = store.save_record(db, record)
        for document in documents:
            store.save_document(db, record_id, document)
        saved = store.save_report_cases(db, record_id, cases, verdict, topic=topic, derive=lambda found, events: found)
        store.give_patients(db, record_id)
        ids[record.pmid or ""] = record_id
        ids.update({f"{record.pmid}#{n}": case_id for n, case_id in enumerate(saved, 1)})

    with store.open_database(path, topic=topic, create=True) as db:
        run = store.start_run(db, "refresh", topic)
        store.save_search(
            db,
            SearchRun("pubmed", "http://127.0.0.1", "all", "bites", "", 4, ("1",), "2026-01-02T03:04:05Z"),
            new_records=4,
        )
        two = Record(
            TITLE,
            "1",
            "PMC1",
            "10.5555/bites.1",
            ("Viper A", "Adder B"),
            "Toxins",
            PartialDate(2021),
            status="published",
        )
        save(two, (paper(),), (first_patient(), second_patient()), Verdict(True))
        again = Record(
            "The man again", "2", None, "10.5555/javascript:alert(3)", ("Viper A",), "Bites", PartialDate(2022)
        )
        save(again, (paper("", "d2"),), (first_patient("d2"),), Verdict(True))
        gone = Record(
            "RETRACTED: all bites",
            "3",
            None,
            "javascript:alert(4)",
            ("Asp C",),
            "Bites",
            PartialDate(2020),
            status="retracted",
        )
        save(gone, (), (), Verdict(False, "retracted", "status retracted"))
        huge = Record("\u202e" + "ever longer " * 3000, "4", None, None, (), "Bites", PartialDate(2023))
        save(huge, (), (Case("=1+1", 1, "own", (Finding("antivenom", "=cmd()", ()),)),), Verdict(True))
        same = db.execute("SELECT patient_id FROM cases WHERE case_id = ?", [ids["1#1"]]).fetchone()[0]
        for name in ("cases", "case_identities"):
            db.execute(f"UPDATE {name} SET patient_id = ? WHERE case_id = ?", [same, ids["2#1"]])
        everyone = [row[0] for row in db.execute("SELECT DISTINCT patient_id FROM cases").fetchall()]
        store.refresh_patients(db, everyone, topic=topic, merge=lambda found: dict(found[0].values))
        store.save_decision(db, Decision(ids["1#2"], "correct", "age_years", "51", "A. Reader", "the table's foot"))
        store.write_effective(db, ids["1#2"], topic=topic, derive=lambda found, events: found)
        store.finish_run(db, run, {})
    return path


@pytest.fixture
def copy(review: Path, tmp_path: Path) -> Path:
    """The knowledge base as a file of one's own, to decide on."""
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(review)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return path


@pytest.fixture(scope="session")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody else's database, with tables that are called like ours."""
    path = tmp_path_factory.mktemp("db") / "neighbour.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE cases (case_id TEXT PRIMARY KEY, doi TEXT, eligible TEXT);"
            "INSERT INTO cases VALUES ('c1', '10.5555/x', ''), ('c2', NULL, 'yes');"
            "CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('topic', 'snake_bites');"
        )
    return path


@pytest.fixture
def served(rules_dir: Path) -> Iterator[Callable[..., Any]]:
    """Makes Datasette over databases, and closes all it made."""
    from datasette.app import Datasette

    made: list[Any] = []

    def serve(*paths: Path, **given: Any) -> Any:
        settings = {"rules": str(rules_dir), **given.pop("settings_of_plugin", {})}
        metadata = {"plugins": {"litreview": settings}, "databases": given.pop("databases", {})}
        made.append(Datasette([str(path) for path in paths], metadata=metadata, **given))
        return made[-1]

    yield serve
    for datasette in made:
        datasette.executor.shutdown()
        for database in datasette.databases.values():
            database.close()


Get = Callable[..., Any]


@pytest.fixture
def get(served: Callable[..., Any], review: Path) -> Get:
    """Asks a Datasette over the knowledge base for an address."""
    datasette = served(review)

    def ask(address: str, *, expect: int = 200, of: Any = None) -> Any:
        response = asyncio.run(_ask(of or datasette, address))
        assert response.status_code == expect, (address, response.status_code, response.text[:2000])
        return response

    return ask


async def _ask(datasette: Any, address: str) -> Any:
    await datasette.invoke_startup()
    return await datasette.client.get(address)
