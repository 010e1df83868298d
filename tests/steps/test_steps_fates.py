"""The life of a record: each state that PubMed may bring it to, met by a refresh."""

from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article
from steps_server import TOPICS, Shelf, share, told

from litreview.model.review import Decision
from litreview.steps.add import Naming, add
from litreview.steps.decide import decide
from litreview.steps.pool import pool
from litreview.steps.update import update
from litreview.steps.workspace import workspace

LATER = "2099-01-01"
BETTER = MAN.replace("5 vials", "7 vials")


@pytest.fixture
def shelf(tmp_path: Path, path: Path) -> Shelf:
    made = Shelf(tmp_path / "library", path)
    made.put("101", article("101"))
    made.put("102", article("102", WOMAN, author="Boa"))
    return made


def pooled(shelf: Shelf) -> list[tuple[object, ...]]:
    return shelf.ask("SELECT pmids, antivenom_vials FROM patients ORDER BY pmids")


def fates(shelf: Shelf) -> list[tuple[object, ...]]:
    return shelf.ask("SELECT pmid, status, patients, left_out FROM fates")


def test_ahead_of_print_becomes_final_under_the_same_number(shelf: Shelf) -> None:
    shelf.put("103", article("103", BETTER, author="Cobra", state="aheadofprint"))
    shelf.refresh()
    assert shelf.ask("SELECT status FROM records WHERE pmid = '103'") == [("ahead_of_print",)]
    shelf.put("103", article("103", BETTER.replace("7 vials", "8 vials"), author="Cobra", revised=LATER))

    version = shelf.refresh()[0].version

    assert [(each.before, each.after) for each in told(version, "status")] == [("ahead_of_print", "published")]
    assert [(each.before, each.after, each.why) for each in told(version, "value")] == [(7, 8, "record revised")]
    assert told(version, "case") == []


def test_an_erratum_marks_the_report_and_keeps_its_patients(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", related=(("ErratumIn", "901"),), revised=LATER))
    notice = article(
        "901", "Five vials should read seven antivenom vials in a snake bite.", types=("Published Erratum",)
    )
    shelf.put("901", notice)

    version = shelf.refresh()[0].version

    assert [(each.before, each.after) for each in told(version, "status")] == [("published", "corrected")]
    assert [each.after for each in told(version, "screening")] == ["excluded: not_a_report"]
    assert fates(shelf) == [("101", "corrected", 1, 0)]
    assert len(pooled(shelf)) == 2


def test_an_erratum_may_amend_the_abstract_itself(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", BETTER, related=(("ErratumIn", "901"),), revised=LATER))

    version = shelf.refresh()[0].version

    assert [(each.attribute, each.before, each.after) for each in told(version, "value")] == [("antivenom_vials", 5, 7)]


def test_a_concern_is_shown_and_leaves_the_patients_in(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", related=(("ExpressionOfConcernIn", "902"),), revised=LATER))

    version = shelf.refresh()[0].version

    assert [each.after for each in told(version, "status")] == ["concern"]
    assert fates(shelf) == [("101", "concern", 1, 0)]
    assert len(pooled(shelf)) == 2


RETRACTIONS = {
    "by its publication type": {"types": ("Case Reports", "Retracted Publication")},
    "by its link to the notice": {"related": (("RetractionIn", "903"),)},
    "by the title the publisher changed": {"title": "RETRACTED: Antivenom after the bite of a snake"},
}


@pytest.mark.parametrize("given", RETRACTIONS.values(), ids=RETRACTIONS)
def test_a_retracted_report_leaves_the_pool_and_is_counted(given: dict[str, object], shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", revised=LATER, **given))  # type: ignore[arg-type]

    version = shelf.refresh()[0].version

    assert pooled(shelf) == [("102", 12)]
    assert fates(shelf) == [("101", "retracted", 0, 1)]
    assert pool(shelf.path, rules_dir=TOPICS).notes == ("Left out: 1 patient of 1 retracted report",)
    assert share(version, "Recovered") == ((1, 2), (0, 1))


def test_a_report_that_a_person_had_included_leaves_the_pool_all_the_same_until_it_is_included_again(
    shelf: Shelf,
) -> None:
    shelf.refresh()
    include(shelf, "101")
    shelf.put("101", article("101", types=("Case Reports", "Retracted Publication"), revised=LATER))

    version = shelf.refresh()[0].version

    assert [each.after for each in told(version, "screening")] == ["excluded: retracted"]
    assert pooled(shelf) == [("102", 12)]
    assert shelf.ask("SELECT reason FROM queue WHERE kind = 'decision'") == [("screening now says: retracted",)]
    include(shelf, "101")
    assert len(pooled(shelf)) == 2
    assert shelf.ask("SELECT * FROM queue WHERE kind = 'decision'") == []


def include(shelf: Shelf, pmid: str) -> None:
    with workspace(shelf.path, command="review", rules_dir=TOPICS) as work:
        decide(work, Decision(pmid, "include", decided_by="Ann", why="read"))


def test_a_partial_retraction_is_a_correction(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", related=(("PartialRetractionIn", "904"),), revised=LATER))
    shelf.refresh()
    assert fates(shelf) == [("101", "corrected", 1, 0)]


def test_a_retraction_that_the_search_does_not_find_is_followed(shelf: Shelf) -> None:
    shelf.refresh()
    emptied = article("101", "Withdrawn.", title="Withdrawn by its authors", related=(("RetractionIn", "903"),))
    shelf.put("101", emptied.replace("2020</Year><Month>05", "2099</Year><Month>05"))

    refreshed, work = shelf.refresh()

    assert refreshed.found.run.ids == ("102",)
    assert work.counts["followed"] == 1
    assert [each.after for each in told(refreshed.version, "status")] == ["retracted"]
    assert pooled(shelf) == [("102", 12)]


def test_a_deleted_number_leaves_the_pool_and_comes_back_where_it_is_given_again(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.take("101")

    version = shelf.refresh()[0].version

    assert [(each.before, each.after) for each in told(version, "status")] == [("published", "deleted")]
    assert [(each.change, each.why) for each in told(version, "patient")] == [("gone", "not_a_report")]
    assert shelf.ask("SELECT count FROM flow WHERE stage = 'removed before screening' AND arm = 'databases'") == [(1,)]

    shelf.put("101", article("101", revised=LATER))
    shelf.refresh()
    assert len(pooled(shelf)) == 2


def test_a_report_that_the_search_finds_no_more_is_followed_and_changes_nothing_twice(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", MAN.replace("antivenom", "serum"), title="A bite", revised=LATER))

    refreshed, work = shelf.refresh()

    assert refreshed.found.run.ids == ("102",)
    assert work.problems == []
    assert [(each.before, each.after) for each in told(refreshed.version, "revision")] == [("2020-05-01", LATER)]
    assert shelf.ask("SELECT status FROM records WHERE pmid = '101'") == [("published",)]
    assert shelf.refresh()[0].version is None


def test_a_number_merged_into_another_keeps_its_patient_under_both(shelf: Shelf) -> None:
    shelf.refresh()
    patients = shelf.ask("SELECT patient_id FROM patients ORDER BY patient_id")
    shelf.put("101", article("101", title="A bite", abstract=MAN.replace("antivenom", "serum"), revised=LATER))
    shelf.put("205", article("205").replace("10.5555/205", "10.5555/101"))

    _, work = shelf.refresh(merged={"101": "205"})

    assert work.problems == []
    assert shelf.ask("SELECT pmid FROM records ORDER BY pmid") == [("102",), ("205",)]
    assert shelf.ask("SELECT DISTINCT record_id FROM identifiers WHERE value IN ('101', '205')") == shelf.ask(
        "SELECT record_id FROM records WHERE pmid = '205'"
    )
    assert shelf.ask("SELECT patient_id FROM patients ORDER BY patient_id") == patients
    assert shelf.refresh(merged={"101": "205"})[0].version is None


def test_a_number_that_pubmed_never_gave_is_a_problem_and_its_report_stays(shelf: Shelf, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(f"Antivenom after the bite of a viper in a garden\n\nCase report\n\n{MAN}\n", encoding="utf-8")
    with workspace(shelf.path, command="add", rules_dir=TOPICS, create=True) as work:
        add(work, [paper], naming=Naming(pmid="777"))
        update(work)

    for _ in range(2):
        _, work = shelf.refresh()
        assert [(each.subject, each.sentence) for each in work.problems] == [("777", "PubMed does not have this PMID")]

    assert shelf.ask("SELECT status, eligible FROM records WHERE pmid = '777'") == [("published", "yes")]
    assert "777" in [row[0] for row in pooled(shelf)]


def test_a_corrected_report_that_is_published_anew_takes_the_place_of_the_first(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", related=(("CorrectedandRepublishedIn", "105"),), revised=LATER))
    title = "Antivenom after a snake bite: corrected and published again with all vials counted"
    shelf.put("105", article("105", BETTER, title=title, related=(("CorrectedandRepublishedFrom", "101"),)))

    version = shelf.refresh()[0].version

    assert pooled(shelf) == [("102", 12), ("105", 7)]
    assert shelf.ask("SELECT old.pmid FROM records AS old JOIN records AS new ON old.duplicate_of = new.record_id") == [
        ("101",)
    ]
    assert len(told(version, "duplicate")) == 1


def test_a_retracted_report_that_is_published_anew_counts_by_its_new_number_alone(shelf: Shelf) -> None:
    shelf.refresh()
    shelf.put("101", article("101", related=(("RetractedandRepublishedIn", "105"),), revised=LATER))
    title = "Antivenom after a snake bite: published again with all vials counted"
    shelf.put("105", article("105", BETTER, title=title, related=(("RetractedandRepublishedFrom", "101"),)))
    shelf.refresh()
    assert pooled(shelf) == [("102", 12), ("105", 7)]
