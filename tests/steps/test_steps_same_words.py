"""Two records that say the same, word for word, are two witnesses of their own: neither loses what the other does."""

from pathlib import Path

from steps_papers import article, write

from litreview import store
from litreview.steps.add import add
from litreview.steps.remove import remove
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TITLE = "Antivenom after the bite of a viper in a garden"


def given(work: Workspace, folder: Path, *articles: str) -> None:
    add(work, [write(folder / "given.xml", *articles)])
    update(work)


def evidence(work: Workspace) -> dict[str, set[str]]:
    """By the PMID of a case, whose documents its findings quote."""
    quoted: dict[str, set[str]] = {}
    for case, source in work.db.execute(
        "SELECT cases.pmid, records.pmid FROM findings JOIN cases USING (case_id) JOIN documents USING (document_id) "
        "JOIN records ON records.record_id = documents.record_id"
    ).fetchall():
        quoted.setdefault(case, set()).add(source)
    return quoted


def included(work: Workspace) -> dict[str, str]:
    return dict(work.db.execute("SELECT pmid, coalesce(exclusion_reason, eligible) FROM records").fetchall())


def pooled(work: Workspace) -> list[str]:
    return [row[0] for row in work.db.execute("SELECT pmids FROM patients ORDER BY pmids").fetchall()]


def test_each_record_quotes_its_own_document(work: Workspace, tmp_path: Path) -> None:
    given(work, tmp_path, article("101", title=TITLE), article("102", title=TITLE, author="Boa"))
    assert included(work) == {"101": "yes", "102": "yes"}
    assert evidence(work) == {"101": {"101"}, "102": {"102"}}
    before = list(work.db.execute("SELECT * FROM documents").fetchall())
    given(work, tmp_path, article("101", title=TITLE), article("102", title=TITLE, author="Boa"))
    assert list(work.db.execute("SELECT * FROM documents").fetchall()) == before


def test_the_same_words_under_another_name_wait_for_a_person(work: Workspace, tmp_path: Path) -> None:
    given(work, tmp_path, article("101", title=TITLE), article("102", title=TITLE, author="Boa"))
    assert "duplicate record" in [row["kind"] for row in store.waiting(work.db)]


def test_a_patient_told_twice_by_the_same_people_waits_for_a_person(work: Workspace, tmp_path: Path) -> None:
    given(work, tmp_path, article("101", title=TITLE), article("102", title=TITLE))
    waiting = [row["kind"] for row in store.waiting(work.db)]
    assert waiting == ["duplicate record", "duplicate patient"]


def test_a_report_retracted_and_published_again_in_the_same_words_keeps_its_patient(
    work: Workspace, tmp_path: Path
) -> None:
    again = article("102", title=TITLE, related=(("RetractedandRepublishedFrom", "101"),))
    given(work, tmp_path, article("101", title=TITLE), again)
    assert pooled(work) == ["102; 101"]
    link = (("RetractedandRepublishedIn", "102"),)
    given(work, tmp_path, article("101", title=TITLE, revised="2021-05-01", related=link))
    assert included(work) == {"101": "retracted", "102": "yes"}
    assert pooled(work) == ["102"]


def test_what_was_corrected_and_published_again_in_the_same_words_is_read_there(
    work: Workspace, tmp_path: Path
) -> None:
    first = article("101", title=TITLE, related=(("CorrectedandRepublishedIn", "102"),))
    given(work, tmp_path, first, article("102", title=TITLE, related=(("CorrectedandRepublishedFrom", "101"),)))
    assert evidence(work) == {"102": {"102"}}
    assert pooled(work) == ["102"]


def test_taking_one_out_leaves_the_other_its_evidence(work: Workspace, tmp_path: Path) -> None:
    given(work, tmp_path, article("101", title=TITLE), article("102", title=TITLE, author="Boa"))
    remove(work, "101")
    update(work)
    assert evidence(work) == {"102": {"102"}}


def test_two_entries_of_one_paper_are_no_second_witness(work: Workspace, tmp_path: Path) -> None:
    weighed = "SELECT attribute, value, confidence, signs FROM findings ORDER BY attribute"
    one, other = (article(n, title=TITLE).replace(f"10.5555/{n}", "10.5555/one") for n in ("101", "102"))
    given(work, tmp_path, one)
    before = work.db.execute(weighed).fetchall()
    given(work, tmp_path, other)
    assert work.db.execute("SELECT count(*) FROM documents").fetchone()[0] == 2
    assert work.db.execute("SELECT count(*) FROM records WHERE duplicate_of IS NOT NULL").fetchone()[0] == 1
    assert work.db.execute(weighed).fetchall() == before
