"""Python knows no topic: one of another field, index event and attributes goes through every command."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litreview.cli import COMMANDS, main
from litreview.pubmed.replay import Replay

TOPICS = Path(__file__).parents[1] / "topics"
TOPIC = ("--rules", str(TOPICS))
KNOWS_ITS_TOPIC = {"status", "backup", "review", "export"}  # the database tells them all they need
NOT_HERE = {"demo", "serve", "match"}  # one has its own corpus, one is tested with a browser's eyes, one has no topic

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate></JournalIssue>
<Title>Invented toxicology</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{abstract}</AbstractText></Abstract><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D002363">Case Reports</PublicationType></PublicationTypeList></Article>
</MedlineCitation><PubmedData><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>"""
BITTEN = {
    "71": (
        "Antivenom after the bite of a snake in a garden.",
        "A 41-year-old man was bitten by a snake. Antivenom was started on day 2 after the bite, 6 vials in all. "
        "He recovered.",
    ),
    "72": (
        "A snake bite treated late with antivenom.",
        "We report a 9-year-old girl. She was bitten by a snake. Antivenom was started one week after the bite; "
        "she was given 12 vials of antivenom. She died.",
    ),
    "73": ("Antivenom in rats given snake venom.", "Antivenom was given to rats after snake venom in four doses."),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder to work in, and the address of a PubMed that holds three records of the field."""
    folder = tmp_path_factory.mktemp("field")
    records = "".join(ARTICLE.format(pmid=p, title=t, abstract=a) for p, (t, a) in BITTEN.items())
    (folder / "pubmed").mkdir()
    (folder / "pubmed" / "records.xml").write_text(f"<PubmedArticleSet>{records}</PubmedArticleSet>")
    (folder / "gold").mkdir()
    gold = {
        "pmid": "71",
        "case_label": "man",
        "case_index": 1,
        "values": {"antivenom_vials": 6, "outcome": "recovered"},
    }
    gold |= {"evidence": {}, "source": {}, "abstract_only_values": {}}
    (folder / "gold" / "cases.jsonl").write_text(json.dumps(gold) + "\n")
    (folder / "gold" / "reports.csv").write_text(
        "pmid,pmcid,doi,other_file,relevant,exclusion_reason,n_cases,full_text,split,notes\n71,,,,yes,,1,no,rules,\n"
    )
    with Replay(folder / "pubmed") as replay:
        yield folder, replay.url


@pytest.fixture(scope="module")
def results(world: tuple[Path, str]) -> dict[str, Result]:
    """Every command once, in the order of a review."""
    folder, url = world
    db, rate = folder / "bites.db", ("--eutils-url", url, "--email", "a@example.org", "--rate", "1000")
    letter = folder / "letter.txt"
    letter.write_text(
        "A bite in the market\n\nA 30-year-old woman was bitten. She was given 4 vials of antivenom and recovered.\n"
    )
    calls: dict[str, tuple[object, ...]] = {
        "rules": ("test", "--topic", "antivenom_envenoming"),
        "init": (db, "--topic", "antivenom_envenoming"),
        "search": (db, *rate),
        "fetch": (db, *rate),
        "refresh": (db, *rate),
        "add": (db, letter),
        "extract": (db,),
        "screen": (db,),
        "dedupe": (db,),
        "update": (db,),
        "status": (db,),
        "pool": (db,),
        "export": (db, "cases", "-o", folder / "cases.csv"),
        "review": ("list", db),
        "evaluate": (db, folder / "gold"),
        "verify": (db, "--raw", folder),
        "snowball": (db, *rate),
        "freeze": (db, "submission"),
        "backup": (db, "-o", folder / "copy.db"),
        "remove": (db, "72"),
    }
    assert set(calls) == set(COMMANDS) - NOT_HERE
    runner = CliRunner(catch_exceptions=False)
    return {
        name: runner.invoke(main, [name, *map(str, words), *(() if name in KNOWS_ITS_TOPIC else TOPIC)])
        for name, words in calls.items()
    }


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NOT_HERE))
def test_every_command_works_on_another_topic(results: dict[str, Result], name: str) -> None:
    assert results[name].exit_code == 0, results[name].output


def test_cases_of_another_topic_have_its_columns_and_values(
    results: dict[str, Result], world: tuple[Path, str]
) -> None:
    with (world[0] / "cases.csv").open(encoding="utf-8", newline="") as rows:
        cases = {row["pmid"]: row for row in csv.DictReader(rows)}

    assert list(cases["71"])[-4:] == ["age_years", "antivenom_vials", "antivenom_delay_days", "outcome"]
    assert [cases["71"][name] for name in list(cases["71"])[-4:]] == ["41", "6", "2", "recovered"]
    assert [cases["72"][name] for name in list(cases["72"])[-4:]] == ["9", "12", "7", "died"]
    assert cases[""]["antivenom_vials"] == "4"
    assert "73" not in cases
