"""A knowledge base that starts from the curated patients of the shipped topic."""

import json
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from litreview.cli import main
from litreview.pubmed.collection import Collection
from litreview.pubmed.replay import Replay

RIS = """TY  - JOUR
AU  - Driouk, Lina
TI  - Daratumumab therapy for post-HSCT immune-mediated cytopenia: experiences from two pediatric cases and review
JO  - Molecular and Cellular Pediatrics
PY  - 2021
DO  - 10.1186/s40348-021-00114-y
AB  - {abstract}
ER  -
"""
CHILDREN = (
    "Two children are told of. Patient 1, an 11-year-old girl, underwent HSCT and developed immune thrombocytopenia. "
    "Daratumumab was started on day +118. She is alive. Patient 2, a 6-year-old boy, underwent HSCT and developed "
    "Evans syndrome. Daratumumab was started on day +184. He died."
)


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("baseline") / "review.db"
    run("init", db, "--baseline", "--topic", "anti_cd38_cytopenia")
    return db


def told(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(connect(db)) as connection:
        return connection.execute(sql).fetchall()


def test_it_has_the_patients_as_decisions_of_a_named_source(started: Path) -> None:
    assert told(started, "SELECT count(*) FROM patients") == [(21,)]
    assert told(started, "SELECT DISTINCT origin, decided_by FROM findings WHERE attribute = 'age_years'") == [
        ("decided", "Curated baseline")
    ]
    assert told(
        started, "SELECT value, basis FROM decisions WHERE attribute = 'anti_cd38_delay_days' ORDER BY value"
    ) == [("126", "computed, full text"), ("60", "computed, full text")]


def test_it_is_the_first_version_of_the_review(started: Path) -> None:
    assert told(started, "SELECT version, command FROM versions") == [(1, "init")]
    assert told(started, "SELECT count(*) FROM changes WHERE kind = 'patient' AND change = 'new'") == [(21,)]


def test_to_start_again_changes_nothing(started: Path) -> None:
    tables = ("records", "cases", "patients", "findings", "decisions", "versions", "changes")
    before = [told(started, f"SELECT * FROM {table}") for table in tables]

    run("init", started, "--baseline")

    assert [told(started, f"SELECT * FROM {table}") for table in tables] == before


def test_the_summary_links_its_figures_to_cases(started: Path) -> None:
    figures = json.loads(run("pool", started, "--json").stdout)
    (aplasia,) = (row for row in figures if row["attribute"] == "cytopenia_type" and row["value"] == "PRCA")

    cases = aplasia["cases"].split("; ")

    assert (aplasia["n"], aplasia["of"], len(cases)) == (10, 21, 10)
    known = {case for (case,) in told(started, "SELECT case_id FROM cases WHERE cytopenia_type = 'PRCA'")}
    assert set(cases) == known


def test_the_printed_figures_stand_beside_those_of_the_patients_known(started: Path) -> None:
    figures = {row["statement"]: row for row in json.loads(run("pool", started, "--printed", "--json").stdout)}

    assert [figures["delay_min"][name] for name in ("printed", "recomputed", "available", "of", "verdict")] == [
        "63", "60", 2, 12, "contradicts",
    ]  # fmt: skip
    assert [name for name, row in figures.items() if row["verdict"] == "contradicts"] == ["delay_min"]
    same = [name for name, row in figures.items() if row["verdict"] == "same"]
    assert {"cytopenia_ait", "adults_age_min", "onset_min", "dose", "no_response"} <= set(same)
    assert "donors sum to 11 of 12" in run("pool", started, "--printed").stdout


def test_a_report_found_later_adds_to_the_patients_that_are_there(started: Path, tmp_path: Path) -> None:
    db = tmp_path / "later.db"
    db.write_bytes(started.read_bytes())
    (tmp_path / "found.ris").write_text(RIS.format(abstract=CHILDREN))

    run("add", db, tmp_path / "found.ris")

    assert told(db, "SELECT count(*) FROM patients") == [(21,)]
    assert told(
        db,
        "SELECT cytopenia_type, prior_therapy_count, vital_status FROM cases WHERE doi LIKE '%00114-y' "
        "ORDER BY age_years DESC",
    ) == [("AIT", 6, "alive"), ("ES", 3, "dead")]
    assert told(db, "SELECT count(*) FROM machine_findings WHERE attribute = 'anti_cd38_start_day'") == [(2,)]


RECORD = """<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID>
<DateRevised><Year>{year}</Year><Month>01</Month><Day>02</Day></DateRevised>
<Article PubModel="Print"><Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue></Journal>
<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText></Abstract>
<AuthorList><Author><LastName>{author}</LastName><Initials>L</Initials></Author></AuthorList>
<PublicationTypeList><PublicationType>{kind}</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""
DOI = "10.1186/s40348-021-00114-y"
WOMAN = (
    "A 33-year-old woman developed autoimmune hemolytic anemia after allogeneic HSCT. Daratumumab was started on day "
    "+200. She achieved a complete response."
)


def of_the_baseline(*, kind: str = "Case Reports", year: str = "2022") -> etree._Element:
    """What PubMed might give for a report of the baseline: its DOI and title, and fictional words."""
    title = RIS.split("TI  - ")[1].split("\n")[0] + " of literature"
    given = {"title": title, "abstract": CHILDREN, "author": "Driouk", "doi": DOI, "kind": kind, "year": year}
    return etree.fromstring(RECORD.format(pmid="91000001", **given))


def of_another() -> etree._Element:
    given = {"title": "Daratumumab for hemolysis after a transplantation", "abstract": WOMAN, "author": "Quill"}
    return etree.fromstring(
        RECORD.format(pmid="91000002", doi="10.5555/new", kind="Case Reports", year="2022", **given)
    )


def refreshed(db: Path, *articles: etree._Element) -> list[str]:
    """What a refresh tells, where PubMed holds these records."""
    with Replay(Collection(articles)) as eutils:
        return run("refresh", db, "--eutils-url", eutils.url, "--rate", "1000").stdout.splitlines()


def pooled(db: Path) -> dict[str, tuple[object, ...]]:
    """Every patient by the labels and identifiers of its cases, with what is known of it."""
    found = told(
        db,
        "SELECT doi, case_label, patients.* FROM patients JOIN cases ON instr(case_ids, case_id) "
        "WHERE case_source = 'own' ORDER BY patients.patient_id",
    )
    return {f"{doi} {label}": row for doi, label, *row in found}  # type: ignore[misc]


@pytest.fixture
def later(started: Path, tmp_path: Path) -> Path:
    db = tmp_path / "refreshed.db"
    db.write_bytes(started.read_bytes())
    return db


def test_a_refresh_that_finds_a_report_of_the_baseline_joins_it(later: Path) -> None:
    of_report = f"SELECT record_id FROM records WHERE doi = '{DOI}'"
    decisions = "SELECT * FROM decisions ORDER BY decision_id"
    (before, decided), known = (told(later, of_report), told(later, decisions)), pooled(later)

    said = refreshed(later, of_the_baseline())

    assert said[:4] == [
        "records: 0 new, 1 changed, 0 gone",
        "included reports: 0 new, 0 changed, 0 gone",
        "cases: 0 new, 0 changed, 0 gone",
        "patients: 0 new, 0 changed, 0 gone",
    ]
    assert told(later, of_report) == before
    assert told(later, f"SELECT pmid FROM records WHERE doi = '{DOI}'") == [("91000001",)]
    assert told(later, decisions) == decided
    same = {name: row[3:] for name, row in known.items() if DOI not in name}
    assert {name: row[3:] for name, row in pooled(later).items() if DOI not in name} == same
    assert told(later, "SELECT count(*) FROM patients WHERE pmids = '91000001'") == [(2,)]
    assert told(later, "SELECT count(*) FROM machine_findings WHERE attribute = 'anti_cd38_start_day'") == [(2,)]
    assert refreshed(later, of_the_baseline())[0] == "nothing has changed"


def test_a_refresh_tells_against_the_baseline_what_moved_and_by_how_much(later: Path) -> None:
    said = refreshed(later, of_the_baseline(), of_another())

    assert said[0] == "records: 1 new, 1 changed, 0 gone"
    assert said[3] == "patients: 1 new, 0 changed, 0 gone"
    assert "  Quill L 2021, PMID 91000002: included: 1 of 1 own cases with anti_cd38_agent and cytopenia_type" in (
        "\n".join(said)
    )
    assert "After allogeneic transplantation: 15/15 (100 %, 80 to 100), now 16/16 (100 %, 81 to 100)" in said
    assert any(line.startswith("version 2 of the review") for line in said)


def test_a_retracted_report_of_the_baseline_leaves_the_pool(later: Path) -> None:
    refreshed(later, of_the_baseline())

    said = refreshed(later, of_the_baseline(kind="Retracted Publication", year="2099"))

    assert "  Driouk L 2021, PMID 91000001: retracted (before: published)" in said
    assert said[3] == "patients: 0 new, 0 changed, 2 gone"
    assert told(later, "SELECT count(*) FROM patients") == [(19,)]
    assert "Left out: 2 patients of 1 retracted report" in run("pool", later).stdout
