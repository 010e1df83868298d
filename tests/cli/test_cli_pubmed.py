from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from litreview.pubmed.replay import Replay

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
    assert told.stdout == "records found: 1, to fetch, new: 1, to fetch, revised: 0\n"
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
    assert told[2:4] == ["missed: 999", "known reports found: 1 of 2"]


def test_an_unknown_search_is_wrong_use(run: Run, path: Path, topics: Topics, eutils: tuple[str, str]) -> None:
    told = run("search", path, "--search", "broad", *topics, *eutils)
    assert told.exit_code == 2
    assert told.stderr == "Error: the topic antivenom_envenoming has no search 'broad'\nHint: one of: review\n"
