"""What commands say of versions: what changed, for people; one line of counts, for cron."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from litreview.pubmed.replay import Replay

Run = Callable[..., Result]
Topics = tuple[str, str]
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
<DateRevised><Year>{year}</Year><Month>05</Month><Day>01</Day></DateRevised><Article><Journal><JournalIssue><PubDate>
<Year>2020</Year></PubDate></JournalIssue><Title>Journal of Bites</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{text}</AbstractText></Abstract>
<PublicationTypeList><PublicationType>{type}</PublicationType></PublicationTypeList></Article></MedlineCitation>
<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="pubmed">{cites}</ArticleId></ArticleIdList>
</Reference></ReferenceList></PubmedData></PubmedArticle>"""
MAN = "A 30-year-old man was bitten by a viper. He was given {} vials of antivenom. He recovered."
TITLE = "Antivenom after the bite of a snake"


def put(folder: Path, pmid: str = "101", *, kind: str = "Case Reports", year: int = 2020, title: str = TITLE) -> None:
    told = ARTICLE.format(pmid=pmid, year=year, title=title, text=MAN.format(5), type=kind, cites="201")
    (folder / f"{pmid}.xml").write_text(f"<PubmedArticleSet>{told}</PubmedArticleSet>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    put(made)
    return made


@pytest.fixture
def refresh(run: Run, path: Path, folder: Path, topics: Topics) -> Callable[..., Result]:
    def call(*options: str) -> Result:
        with Replay(folder) as server:
            return run("refresh", path, *options, *topics, "--eutils-url", server.url)

    return call


def test_a_retraction_is_told_in_words_and_by_status_and_pool(
    run: Run, path: Path, folder: Path, topics: Topics, refresh: Callable[..., Result]
) -> None:
    refresh()
    put(folder, kind="Retracted Publication", year=2099)

    told = refresh().stdout.splitlines()

    assert "  2020, PMID 101: retracted (before: published)" in told
    assert "Recovered: 1/1 (100 %, 21 to 100), now none" in told
    status = run("status", path).stdout
    assert re.search(r"^Last version 2, made at \S+ by refresh$", status, re.MULTILINE)
    assert "101 retracted: 0 patients in the pool, 1 left out" in status
    assert "Left out: 1 patient of 1 retracted report" in run("pool", path, *topics).stdout


def test_a_refresh_without_news_says_so_and_a_quiet_one_only_counts(refresh: Callable[..., Result]) -> None:
    refresh()
    assert refresh().stdout.splitlines()[0] == "nothing has changed"
    quiet = refresh("--quiet")
    assert quiet.stdout.startswith("records found: 1, not known before: 0")
    assert (len(quiet.stdout.splitlines()), quiet.stderr, quiet.exit_code) == (1, "", 0)


def test_a_full_text_says_what_it_tells_beside_the_abstract(
    run: Run, path: Path, tmp_path: Path, topics: Topics, refresh: Callable[..., Result]
) -> None:
    refresh()
    paper = tmp_path / "paper.txt"
    paper.write_text(f"{TITLE}\n\nCase report\n\n{MAN.format(6)}\n")

    told = run("add", path, paper, "--pmid", "101", *topics).stdout

    assert "antivenom_vials: 5, now 6 (full text read)" in told
    assert run("export", path, "wanted").stdout.count("\n") == 1


def test_the_report_is_written_for_people_and_programs(
    run: Run, path: Path, tmp_path: Path, topics: Topics, refresh: Callable[..., Result]
) -> None:
    refresh()
    for name in ("report.md", "report.json"):
        assert run("export", path, "report", "-o", tmp_path / name, *topics[:2]).exit_code == 0
    assert (tmp_path / "report.md").read_text().startswith("# Antivenom after snake bite: what changed\n\nVersion 1, ")
    assert json.loads((tmp_path / "report.json").read_text())["version"] == 1


def test_citations_are_told_then_fetched(run: Run, path: Path, folder: Path, topics: Topics) -> None:
    put(folder, "201", title="A bite in the garden")
    (folder / "201.xml").write_text((folder / "201.xml").read_text().replace("antivenom", "serum"))
    with Replay(folder) as server:
        place = (*topics, "--eutils-url", server.url)
        run("refresh", path, *place)
        told = run("snowball", path, *place)
        fetched = run("snowball", path, "--fetch", *place)
    assert told.stdout.splitlines()[0] == "not fetched: 201, cited by 1 included report"
    assert "not fetched: 1" in told.stdout.splitlines()[-1]
    assert "records: 1 new, 0 changed, 0 gone" in fetched.stdout
    assert "found by citations: 1, not fetched: 0" in fetched.stdout.splitlines()[-1]


def test_a_database_of_before_versions_is_told_to_be_brought_up_to_date(
    run: Run, path: Path, topics: Topics, refresh: Callable[..., Result]
) -> None:
    refresh()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP VIEW fates")
    told = run("status", path)
    assert told.stderr.startswith(f"Error: {path} was made by an older litreview\nHint: bring it up to date with: ")
    run("update", path, *topics)
    assert run("status", path).exit_code == 0
