"""What PubMed and PMC do to records over time and between each other, from the server to the pooled table."""

from collections.abc import Callable
from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write, write_fulltext

from litreview import rules, store
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import refresh
from litreview.steps.workspace import Workspace

RETRACTED = "<PublicationType>Retracted Publication</PublicationType>"
TOLD = {"101": MAN, "102": f"{MAN} He was glad."}
Refresh = Callable[..., list[str]]


@pytest.fixture
def refreshed(work: Workspace, tmp_path: Path) -> Refresh:
    """Refreshes from a library of these articles and its full texts; what was fetched, as database and ids."""

    def run(*articles: str, folder: Path = tmp_path / "library") -> list[str]:
        folder.mkdir(exist_ok=True)
        write(folder / "all.xml", *articles)
        with Replay(folder) as server:
            refresh(work, Client(Settings(base_url=server.url, rate=1e6)))
            asked = [request for request in server.requests if request.program == "efetch.fcgi"]
        return [f"{request('db')}: {', '.join(request.ids)}" for request in asked]

    return run


def rows(work: Workspace, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in work.db.execute(sql).fetchall()]


def with_link(text: str, kind: str, pmid: str) -> str:
    link = f'<CommentsCorrections RefType="{kind}"><PMID>{pmid}</PMID></CommentsCorrections>'
    return text.replace(
        "</MedlineCitation>", f"<CommentsCorrectionsList>{link}</CommentsCorrectionsList></MedlineCitation>"
    )


def test_a_record_ahead_of_print_becomes_the_final_one_under_its_pmid(work: Workspace, refreshed: Refresh) -> None:
    early = article("101").replace("<Volume>1</Volume>", "")
    refreshed(early.replace("ppublish", "aheadofprint"))
    assert rows(work, "SELECT pmid, status FROM records") == [("101", "ahead_of_print")]
    assert refreshed(article("101", revised="2099-05-01")) == ["pubmed: 101"]
    assert rows(work, "SELECT pmid, status FROM records") == [("101", "published")]
    assert next(iter(store.load_records(work.db).values())).volume == "1"
    assert rows(work, "SELECT count(*) FROM patients") == [(1,)]


def test_an_original_that_its_retraction_was_written_over_leaves_the_pool(work: Workspace, refreshed: Refresh) -> None:
    refreshed(article("101"), article("102", WOMAN, author="Boa"))
    over = article(
        "101", "This article has been retracted.", title="RETRACTED: Antivenom and a snake", revised="2099-01-01"
    )
    refreshed(over.replace("<Year>2020</Year>", "<Year>2024</Year>"), article("102", WOMAN, author="Boa"))
    assert rows(work, "SELECT pmid, status, eligible FROM records ORDER BY pmid") == [
        ("101", "retracted", "no"),
        ("102", "published", "yes"),
    ]
    assert rows(work, "SELECT pmids FROM patients") == [("102",)]


@pytest.mark.parametrize("kind", ["ErratumIn", "CorrectedandRepublishedIn"])
def test_a_correction_that_amends_the_abstract_amends_the_values(
    kind: str, work: Workspace, refreshed: Refresh
) -> None:
    refreshed(article("101"))
    refreshed(with_link(article("101", MAN.replace("5 vials", "8 vials"), revised="2099-01-01"), kind, "999"))
    assert rows(work, "SELECT status FROM records") == [("corrected",)]
    assert rows(work, "SELECT antivenom_vials FROM cases") == [(8,)]


def test_an_expression_of_concern_is_shown_and_takes_no_patient_out(work: Workspace, refreshed: Refresh) -> None:
    refreshed(with_link(article("101"), "ExpressionOfConcernIn", "999"))
    assert rows(work, "SELECT status, eligible FROM records") == [("concern", "yes")]
    assert rows(work, "SELECT count(*) FROM patients") == [(1,)]


def test_what_is_called_a_duplicate_publication_is_no_duplicate_by_that_name_alone(
    work: Workspace, refreshed: Refresh
) -> None:
    copies = [
        article(pmid, text, title="Antivenom after the bite of a snake in a garden") for pmid, text in TOLD.items()
    ]
    called = "<PublicationType>Duplicate Publication</PublicationType></PublicationTypeList>"
    refreshed(*(copy.replace("</PublicationTypeList>", called) for copy in copies))
    assert rows(work, "SELECT eligible, duplicate_of FROM records") == [("yes", None)] * 2
    assert rows(work, "SELECT outcome FROM links WHERE kind = 'record'") == [("possible",)]


def test_two_records_of_one_doi_are_both_kept(work: Workspace, refreshed: Refresh) -> None:
    refreshed(article("101"), article("102", WOMAN, author="Boa").replace("10.5555/102", "10.5555/101"))
    assert rows(work, "SELECT pmid, doi FROM records ORDER BY pmid") == [("101", "10.5555/101"), ("102", "10.5555/101")]


def test_a_full_text_belongs_to_the_record_that_names_it_whatever_pmid_it_bears(
    work: Workspace, refreshed: Refresh, tmp_path: Path
) -> None:
    (tmp_path / "library").mkdir()
    write_fulltext(tmp_path / "library", "PMC9101", "102", MAN.replace("5 vials", "6 vials"))
    refreshed(article("101", pmcid="PMC9101"), article("102", WOMAN, author="Boa"))
    assert rows(work, "SELECT pmid FROM documents JOIN records USING (record_id) WHERE kind = 'fulltext'") == [("101",)]


def test_front_matter_alone_is_no_full_text_and_is_asked_for_once(
    work: Workspace, refreshed: Refresh, tmp_path: Path
) -> None:
    (tmp_path / "library").mkdir()
    path = write_fulltext(tmp_path / "library", "PMC9101", "101", MAN)
    path.write_text(path.read_text().split("<body>")[0] + "</article>")
    assert refreshed(article("101", pmcid="PMC9101")) == ["pubmed: 101", "pmc: 9101"]
    assert rows(work, "SELECT kind FROM documents") == [("abstract",)]
    assert rows(work, "SELECT pmid, full_text FROM cases") == [("101", "no")]
    assert [row["pmid"] for row in store.wanted(work.db)] == ["101"]
    assert refreshed(article("101", pmcid="PMC9101")) == []


def test_the_licence_of_a_full_text_is_kept_with_it(work: Workspace, refreshed: Refresh, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    path = write_fulltext(tmp_path / "library", "PMC9101", "101", MAN)
    address = "https://creativecommons.org/licenses/by-nc/4.0/"
    granted = f'<permissions><license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{address}"/></permissions>'
    path.write_text(path.read_text().replace("</article-meta>", f"{granted}</article-meta>"))
    refreshed(article("101", pmcid="PMC9101"))
    assert rows(work, "SELECT licence FROM documents WHERE kind = 'fulltext'") == [(address,)]


def test_a_retracted_report_stays_so_although_its_full_text_is_typed_as_research(
    work: Workspace, refreshed: Refresh, tmp_path: Path
) -> None:
    (tmp_path / "library").mkdir()
    path = write_fulltext(tmp_path / "library", "PMC9101", "101", MAN)
    path.write_text(path.read_text().replace("case-report", "research-article"))
    record = article("101", pmcid="PMC9101").replace("<PublicationTypeList>", f"<PublicationTypeList>{RETRACTED}")
    refreshed(record)
    assert rows(work, "SELECT status, eligible, exclusion_reason FROM records") == [("retracted", "no", "retracted")]
    assert rows(work, "SELECT count(*) FROM patients") == [(0,)]


def test_a_record_that_is_not_indexed_yet_is_found_and_read(work: Workspace, refreshed: Refresh) -> None:
    fresh = article("101").replace('Status="MEDLINE"', 'Status="Publisher"')
    refreshed(fresh.split("<PublicationTypeList>")[0] + fresh.split("</PublicationTypeList>")[1])
    assert rows(work, "SELECT pmid, publication_types, eligible FROM records") == [("101", "", "yes")]
    assert rows(work, "SELECT count(*) FROM patients") == [(1,)]


@pytest.mark.parametrize("search", rules.load("anti_cd38_cytopenia").searches, ids=lambda search: search.name)
def test_no_shipped_search_asks_for_a_publication_type_or_for_indexing(search) -> None:  # type: ignore[no-untyped-def]
    text = search.text().lower()
    assert not any(
        tag in text.split(" not ")[0] for tag in ("[pt]", "[publication type]", "medline[sb]", "hasabstract")
    )


def test_a_record_whose_only_abstract_is_in_another_language_is_kept_with_it(
    work: Workspace, refreshed: Refresh
) -> None:
    text = article("101", "").replace("<Abstract><AbstractText></AbstractText></Abstract>", "")
    other = (
        '<OtherAbstract Type="Publisher" Language="spa"><AbstractText>Un niño mordido.</AbstractText></OtherAbstract>'
    )
    refreshed(text.replace("</MedlineCitation>", f"{other}</MedlineCitation>"))
    assert next(iter(store.load_records(work.db).values())).abstract == ""
    assert "Un niño mordido." in str(rows(work, "SELECT text FROM documents"))
