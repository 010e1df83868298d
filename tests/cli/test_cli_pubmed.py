import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from litreview import resources
from litreview.pubmed.replay import Fault, Replay
from litreview.steps.export import WHATS

Run = Callable[..., Result]
Topics = tuple[str, str]
RECORD = """<?xml version='1.0'?><PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">101</PMID><DateRevised><Year>2020</Year><Month>05</Month><Day>01</Day></DateRevised>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate></JournalIssue>
<Title>Journal of Bites</Title></Journal><ArticleTitle>Antivenom after the bite of a snake</ArticleTitle>
<Abstract><AbstractText>A 30-year-old man was bitten by a viper. He was given 5 vials of antivenom. He recovered.
</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.fixture
def eutils(tmp_path: Path) -> Iterator[tuple[str, str]]:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "records.xml").write_text(RECORD)
    with Replay(folder) as server:
        yield ("--eutils-url", server.url)


def test_refresh_ends_with_what_changed(run: Run, path: Path, topics: Topics, eutils: tuple[str, str]) -> None:
    told = run("refresh", path, *topics, *eutils)
    assert told.exit_code == 0, told.output
    assert told.stdout.splitlines()[:4] == [
        "records: 1 new, 0 changed, 0 gone",
        "included reports: 1 new, 0 changed, 0 gone",
        "cases: 1 new, 0 changed, 0 gone",
        "patients: 1 new, 0 changed, 0 gone",
    ]
    assert told.stdout.splitlines()[-1].startswith("records found: 1, not known before: 1, revised: 0, new records: 1")


def test_a_quiet_refresh_tells_only_the_counts(run: Run, path: Path, topics: Topics, eutils: tuple[str, str]) -> None:
    told = run("refresh", path, "--quiet", *topics, *eutils)
    assert len(told.stdout.splitlines()) == 1
    assert told.stderr == ""


def test_a_dry_run_makes_no_database(run: Run, path: Path, topics: Topics, eutils: tuple[str, str]) -> None:
    told = run("refresh", path, "--dry-run", *topics, *eutils)
    assert told.stdout.splitlines()[0] == "records: 1 new, 0 changed, 0 gone"
    assert f"a dry run: nothing was written to {path}\nrecords found: 1, not known before: 1," in told.stdout
    assert not path.exists()


def test_search_then_fetch_then_update_is_a_refresh_in_steps(
    run: Run, path: Path, topics: Topics, eutils: tuple[str, str]
) -> None:
    searched = run("search", path, *topics, *eutils)
    assert searched.stdout.startswith("Query: antivenom AND snake\nUnderstood as: ")
    assert searched.stdout.endswith("records found: 1, not known before: 1, revised: 0\n")
    assert "new records: 1, new documents: 1, records fetched: 1" in run("fetch", path, *topics, *eutils).stdout
    assert "patients: 1" in run("update", path, *topics).stdout
    assert "1 records, 1 new" in run("status", path).stdout


def test_a_query_is_checked_against_known_reports(
    run: Run, path: Path, tmp_path: Path, topics: Topics, eutils: tuple[str, str]
) -> None:
    known = tmp_path / "known.csv"
    known.write_text("pmid,title\n101,found\n999,not there\n")
    told = run("search", path, "--check", known, *topics, *eutils).stdout.splitlines()
    assert told[2:5] == [
        "found: 101",
        "missed: 999 (not in the database, and PubMed did not give it: its words are not known)",
        "known reports found: 1 of 2",
    ]


def test_an_unknown_search_is_wrong_use(run: Run, path: Path, topics: Topics, eutils: tuple[str, str]) -> None:
    told = run("search", path, "--search", "broad", *topics, *eutils)
    assert told.exit_code == 2
    assert told.stderr == "Error: the topic antivenom_envenoming has no search 'broad'\nHint: one of: review\n"


@pytest.fixture(scope="module")
def corpus() -> Iterator[Replay]:
    with Replay(resources.corpus_dir()) as server:
        yield server


@pytest.fixture
def shipped(corpus: Replay) -> tuple[str, ...]:
    return ("--eutils-url", corpus.url, "--email", "a@example.org", "--rate", "1000")


@pytest.fixture
def fetched(run: Run, path: Path, shipped: tuple[str, ...]) -> Path:
    """The records of the shipped corpus, three of them screened as eligible and one as not."""
    run("search", path, *shipped)
    run("fetch", path, *shipped)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE records SET eligible = 'yes' WHERE pmid IN ('90000003', '90000021', '90000010')")
        connection.execute("UPDATE records SET eligible = 'no' WHERE pmid = '90000026'")
    return path


def counts(told: str) -> list[str]:
    """The lines that count; titles of the corpus stay out of what a failing test prints."""
    return [line.strip() for line in told.splitlines() if re.search(r"(hits|finds|misses|in DB|searches)\b.*\d$", line)]


def test_the_shipped_searches_are_compared_before_anything_is_fetched(
    run: Run, path: Path, corpus: Replay, shipped: tuple[str, ...]
) -> None:
    before = len(corpus.requests)
    told = run("search", path, "--compare", *shipped)
    assert told.exit_code == 0
    assert counts(told.stdout) == [
        "hits: 32",
        "hits: 15",
        "expanded finds and review misses: 17",
        "review finds and expanded misses: 0",
        "searches: 2",
    ]
    assert re.search(r"^  not in DB: 17 \((\d{8}, ){16}\d{8}\)$", told.stdout, re.MULTILINE)
    assert {request.program for request in corpus.requests[before:]} == {"esearch.fcgi"}


def test_compared_searches_tell_stored_records_and_eligible_reports(
    run: Run, fetched: Path, shipped: tuple[str, ...]
) -> None:
    told = run("search", fetched, "--compare", *shipped).stdout
    assert [line for line in counts(told) if "eligible" in line] == [
        "eligible reports in DB: finds 3 of 3",
        "eligible reports in DB: finds 1 of 3",
    ]
    lines = {line.split()[0]: line.split()[:3] for line in told.splitlines() if line.startswith("  9")}
    assert len(lines) == 17
    assert lines["90000003"] == ["90000003", "2020", "eligible"]
    assert lines["90000026"] == ["90000026", "2021", "excluded"]


def test_a_search_is_explained_without_a_database(run: Run, path: Path) -> None:
    told = run("search", path, "--explain", "--without", "class").stdout
    assert told.startswith("expanded: The review's question")
    assert "\n  on   isatuximab: The second" in told
    assert "\n  off  class: Titles that name" in told
    assert "\nand condition, any of:\n" in told
    assert "alone:" not in told
    assert told.endswith("\nclauses: 14, records in DB: 0\n")
    assert not path.exists()


def test_a_search_is_explained_with_what_each_clause_finds(run: Run, fetched: Path) -> None:
    told = run("search", fetched, "--explain", "--without", "isatuximab").stdout.splitlines()
    assert "  finds 31 (3 eligible) of 32 records in DB" in told
    clause = next(n for n, line in enumerate(told) if line.startswith("  off  isatuximab"))
    assert told[clause + 2] == "       alone: 4 (0 eligible); on, it would add 1 (0 eligible)"


@pytest.mark.parametrize("command", ["search", "refresh"])
def test_an_unknown_clause_is_wrong_use_and_names_the_clauses(command: str, run: Run, path: Path) -> None:
    told = run(command, path, "--without", "wasps", "--eutils-url", "http://127.0.0.1:9/")
    assert told.exit_code == 2
    assert told.stderr.startswith("Error: the search expanded has no clause 'wasps'\nHint: one of: daratumumab, isatux")


def test_clauses_are_left_out_and_the_search_says_which(
    run: Run, path: Path, tmp_path: Path, shipped: tuple[str, ...]
) -> None:
    told = run("search", path, "--without", "isatuximab", "--without", "class", *shipped)
    assert "records found: 31," in told.stdout
    assert "sarclisa" not in told.stdout
    exported = tmp_path / "searches.csv"
    run("export", path, "searches", "-o", exported)
    assert "isatuximab; class" in exported.read_text()


def test_a_dry_refresh_leaves_clauses_out(run: Run, path: Path, shipped: tuple[str, ...]) -> None:
    told = run("refresh", path, "--dry-run", "--without", "isatuximab", *shipped)
    assert "\nrecords found: 31, " in told.stdout


@pytest.mark.parametrize(
    ("name", "missed"),
    [
        ("expanded", []),
        ("review", ['90000003 (NOT "multiple myeloma"[All Fields])', '90000021 ("HSCT"[All Fields] OR ']),
    ],
)
def test_known_reports_of_the_corpus_are_checked_with_what_loses_them(
    name: str, missed: list[str], run: Run, fetched: Path, tmp_path: Path, shipped: tuple[str, ...]
) -> None:
    known = tmp_path / "known.csv"
    known.write_text("pmid,doi,title\n90000003,,\n90000021,,\n90000010,,\n,,A thesis on the shelf\n")
    told = run("search", fetched, "--search", name, "--check", known, *shipped)
    assert told.exit_code == 0
    lines = [line.removeprefix("missed: ") for line in told.stdout.splitlines() if line.startswith("missed: ")]
    assert [line[: len(words)] for line, words in zip(lines, missed, strict=True)] == missed
    assert f"known reports found: {3 - len(missed)} of 3, cannot be checked: 1\n" in told.stdout


@pytest.mark.parametrize(
    "options",
    [["--compare", "--search", "review"], ["--compare", "--explain"], ["--compare", "--without", "class"]],
    ids=" ".join,
)
def test_separate_questions_are_not_asked_at_once(options: list[str], run: Run, path: Path) -> None:
    told = run("search", path, *options)
    assert told.exit_code == 2
    assert "Hint: " in told.stderr
    assert not path.exists()


def test_a_list_that_cannot_be_read_fails_before_pubmed_is_asked(run: Run, path: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.csv"
    known.write_text("nothing here\n")
    told = run("search", path, "--check", known, "--eutils-url", "http://127.0.0.1:9/")
    assert told.exit_code == 1
    assert "known.csv lists no report" in told.stderr
    assert not path.exists()


def test_refresh_takes_another_search_and_fetches_nothing_twice(
    run: Run, path: Path, topics: Topics, eutils: tuple[str, str]
) -> None:
    told = run("refresh", path, "--search", "review", "--quiet", *topics, *eutils)
    assert "records fetched: 1" in told.stdout
    assert "records fetched: 0" in run("refresh", path, "--search", "review", "--quiet", *topics, *eutils).stdout


KEY = "0f1e2d3c4b5a+/=&secretkey"


def test_the_key_is_in_no_byte_of_database_exports_and_output(
    run: Run, path: Path, tmp_path: Path, topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the server repeats it in what it says of a failure."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "records.xml").write_text(RECORD)
    spoken = Fault("error", text=f"Search Backend failed for {KEY}".replace("&", "&amp;"))
    refused = Fault("status", 400, text=f'{{"error":"API key invalid","api-key":"{KEY}"}}')
    told = []
    for faults in ([spoken, None, spoken, None], [None, refused]):
        with Replay(folder, faults=faults) as server:
            monkeypatch.setenv("NCBI_API_KEY", KEY)
            result = run("refresh", path, *topics, "--eutils-url", server.url, "--rate", "1000")
            told.append(result.output + result.stderr)
            assert server.requests[0]("api_key") == KEY
    exported = tmp_path / "exports"
    exported.mkdir()
    for what, kind in WHATS.items():
        for suffix in kind.formats.keys() & {".csv", ".json", ".xlsx", ".md", ".html", ".ris"}:
            run("export", path, what, "-o", exported / f"{what}{suffix}", "--rules", topics[1])
    files = [*path.parent.glob(f"{path.name}*"), *exported.iterdir()]
    assert "refused the request" in told[1]
    assert len(files) > 20
    for text in (*told, *(file.read_bytes().decode("latin-1") for file in files)):
        assert "secretkey" not in text
        assert "0f1e2d3c4b5a" not in text
