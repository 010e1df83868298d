from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write_fulltext
from steps_server import TOPICS, Shelf, told

from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.snowball import Snowballed, snowball
from litreview.steps.workspace import Workspace, workspace


def elsewhere(pmid: str, text: str = MAN, **given: object) -> str:
    """A record that the search does not find."""
    return article(pmid, text, title=f"A bite, number {pmid}", **given)  # type: ignore[arg-type]


@pytest.fixture
def shelf(tmp_path: Path, path: Path) -> Shelf:
    """101 cites 102, which the search finds too, 201 that it does not, and 999 that is not there; 301 cites 101."""
    made = Shelf(tmp_path / "library", path)
    made.put("101", article("101", references=("102", "201", "999")))
    made.put("102", article("102", WOMAN, author="Boa"))
    made.put("201", elsewhere("201", MAN.replace("30", "44"), author="Asp", references=("401",)))
    made.put("301", elsewhere("301", "Dogs were bitten.", author="Krait", references=("101",)))
    made.put("401", elsewhere("401", WOMAN.replace("61", "7"), author="Taipan"))
    made.refresh()
    return made


def round_of(shelf: Shelf, *, fetching: bool = False) -> tuple[Snowballed, Workspace, Replay]:
    with Replay(shelf.folder) as server, workspace(shelf.path, command="snowball", rules_dir=TOPICS) as work:
        return snowball(work, Client(Settings(base_url=server.url)), fetching=fetching), work, server


def states(found: Snowballed) -> dict[str, str]:
    return {row["pmid"]: row["state"] for row in found.rows}


def flow(shelf: Shelf) -> dict[tuple[str, str], int]:
    rows = shelf.ask("SELECT stage, reason, count FROM flow WHERE arm = 'other methods' AND count > 0")
    return {(str(stage), str(reason)): int(str(count)) for stage, reason, count in rows}


def test_leads_are_kept_with_how_they_were_found(shelf: Shelf) -> None:
    found, work, _ = round_of(shelf)
    known, unknown = "known otherwise", "not fetched"
    assert states(found) == {"101": known, "102": known, "201": unknown, "301": unknown, "999": unknown}
    assert work.counts == {
        "reports asked": 2,
        "leads": 5,
        "known otherwise": 2,
        "found by citations": 0,
        "not fetched": 3,
    }
    assert shelf.ask("SELECT value, way, told_by FROM leads WHERE value IN ('201', '301') ORDER BY value, told_by") == [
        ("201", "references", "elink"),
        ("201", "references", "reference list"),
        ("301", "citing", "elink"),
    ]


def test_each_report_is_asked_for_in_a_parameter_of_its_own(shelf: Shelf) -> None:
    _, _, server = round_of(shelf)
    asked = [request for request in server.requests if request.program == "elink.fcgi"]
    assert [sorted(request.params["id"]) for request in asked] == [["101", "102"]] * 2


def test_without_fetching_nothing_is_fetched(shelf: Shelf) -> None:
    _, _, server = round_of(shelf)
    assert {request.program for request in server.requests} == {"elink.fcgi"}
    assert flow(shelf) == {}


def test_what_is_fetched_is_screened_and_counted_as_found_by_other_methods(shelf: Shelf) -> None:
    found, work, _ = round_of(shelf, fetching=True)
    assert {pmid: state for pmid, state in states(found).items() if pmid > "200"} == {
        "201": "found by citations",
        "301": "found by citations",
        "999": "not fetched",
    }
    assert {each.after for each in told(found.version, "screening")} == {"included", "excluded: not_human"}
    assert flow(shelf)["identified", "citation searching"] == 2
    assert flow(shelf)["included", ""] == 1
    assert work.counts["records fetched"] == 2


def test_the_next_round_asks_for_what_this_one_included(shelf: Shelf) -> None:
    round_of(shelf, fetching=True)
    found, work, _ = round_of(shelf, fetching=True)
    assert states(found)["401"] == "found by citations"
    assert work.counts["records fetched"] == 1
    assert [each.change for each in told(found.version, "patient")] == ["new"]


def test_a_round_that_leads_nowhere_new_changes_nothing(shelf: Shelf) -> None:
    for _ in range(3):
        round_of(shelf, fetching=True)
    before = shelf.ask("SELECT * FROM leads"), shelf.ask("SELECT * FROM record_sources")
    found, _, server = round_of(shelf, fetching=True)
    assert found.version is None
    assert {request.program for request in server.requests} == {"elink.fcgi"}
    assert (shelf.ask("SELECT * FROM leads"), shelf.ask("SELECT * FROM record_sources")) == before


def test_a_doi_in_a_reference_list_is_looked_up(shelf: Shelf) -> None:
    printed = '<Reference><Citation>x</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/401</ArticleId>'
    cited = article("102", WOMAN, author="Boa", references=("101",), revised="2099-01-01")
    shelf.put("102", cited.replace("</ReferenceList>", f"{printed}</ArticleIdList></Reference></ReferenceList>"))
    shelf.refresh()

    found, _, _ = round_of(shelf, fetching=True)

    assert {row["doi"] for row in found.rows} >= {"10.5555/401"}
    assert shelf.ask("SELECT eligible FROM records WHERE pmid = '401'") == [("yes",)]


def test_a_full_text_leads_to_what_its_record_does_not_list(shelf: Shelf) -> None:
    shelf.put("101", article("101", references=("102", "201", "999"), pmcid="PMC9101", revised="2099-01-01"))
    paper = write_fulltext(shelf.folder, "PMC9101", "101", MAN)
    cited = '<ref id="r1"><mixed-citation>x <pub-id pub-id-type="pmid">401</pub-id></mixed-citation></ref>'
    paper.write_text(paper.read_text().replace("</body>", f"</body><back><ref-list>{cited}</ref-list></back>"))
    shelf.refresh()

    found, _, _ = round_of(shelf)

    assert states(found)["401"] == "not fetched"
    assert shelf.ask("SELECT told_by FROM leads WHERE value = '401'") == [("reference list",)]
    assert shelf.refresh()[0].version is None


def test_a_report_found_by_citations_is_looked_after_by_the_next_refresh(shelf: Shelf) -> None:
    round_of(shelf, fetching=True)
    shelf.put("201", elsewhere("201", author="Asp", related=(("RetractionIn", "909"),), revised="2099-01-01"))
    version = shelf.refresh()[0].version
    assert [(each.before, each.after) for each in told(version, "status")] == [("published", "retracted")]
