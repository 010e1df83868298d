"""Checklists, filled as far as the data go."""

import csv
import io
from pathlib import Path

import docx
import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview.export import FORMATS
from litreview.model.checklist import Checklist
from litreview.rules import load
from litreview.steps.add import add
from litreview.steps.exported import Source
from litreview.steps.exported.checklists import BY_AUTHORS, COLUMNS, FILLED, checklists, load_checklists
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"
ROLES = {
    "demographics": ("age_years",),
    "intervention": ("antivenom_vials",),
    "outcome": ("outcome",),
    "timeline": ("antivenom_delay_days",),
}
Row = dict[str, str]


@pytest.fixture
def source(work: Workspace, path: Path, tmp_path: Path) -> Source:
    add(work, [write(tmp_path / "a.xml", article("101", MAN), article("102", WOMAN, author="Boa"))])
    update(work)
    made = Source(work.db, path, TOPICS)
    made.topic = work.topic.model_copy(update={"roles": ROLES})
    return made


def rows(source: Source, standard: str, subject: str = "") -> list[Row]:
    stream = io.StringIO()
    FORMATS[".csv"].write(checklists(source, ".csv"), stream)
    found = list(csv.DictReader(io.StringIO(stream.getvalue())))
    return [row for row in found if row["standard"] == standard and row["subject"] in (subject or row["subject"],)]


@pytest.mark.parametrize("checklist", load_checklists(), ids=lambda one: one.name)
def test_a_checklist_has_its_citation_and_numbers_in_order(checklist: Checklist) -> None:
    numbers = [int("".join(filter(str.isdigit, item.item))) for item in checklist.items]

    assert "doi:10." in checklist.citation
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, numbers[-1] + 1))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("PRISMA 2020", 42),
        ("PRISMA-S", 16),
        ("JBI case report", 8),
        ("JBI case series", 10),
        ("Murad", 8),
        ("CARE", 16),
    ],
)
def test_a_checklist_has_all_its_items(name: str, count: int) -> None:
    assert [len(each.items) for each in load_checklists() if each.name == name] == [count]


@pytest.mark.parametrize("checklist", load_checklists(), ids=lambda one: one.name)
def test_every_role_that_is_asked_for_is_given_by_the_shipped_topic(checklist: Checklist) -> None:
    roles = load("anti_cd38_cytopenia").roles

    assert {role for item in checklist.items for role in item.roles} <= set(roles)


def test_what_the_database_knows_of_the_review_is_filled_in(source: Source) -> None:
    told = {row["item"]: row for row in rows(source, "PRISMA 2020")}

    assert told["4"]["told"].startswith("Which patients bitten by a snake")
    assert told["17"]["told"].startswith("2 reports with 2 cases, 2 unique patients")
    assert "included (other methods): 2" in told["16a"]["told"]
    assert (told["26"]["answer"], told["26"]["told"]) == (BY_AUTHORS, "")


def test_what_was_not_done_is_left_to_the_authors(source: Source) -> None:
    told = {row["item"]: row for row in rows(source, "PRISMA-S")}

    assert told["5"]["answer"] == BY_AUTHORS
    assert (told["7"]["answer"], told["7"]["told"]) == (FILLED, "2 records by hand")


def test_a_report_of_one_case_is_appraised_with_the_words_behind_each_answer(source: Source) -> None:
    told = {row["item"]: row for row in rows(source, "JBI case report", "Adder 2020")}

    assert (told["1"]["answer"], told["1"]["told"]) == ("yes", "age_years 30 (“30-year-old”)")
    assert told["5"]["told"].startswith("antivenom_vials 5")
    assert told["8"]["answer"] == "to be judged"
    assert rows(source, "JBI case series") == []


def test_an_attribute_that_nobody_tells_is_a_no(source: Source) -> None:
    (row,) = [row for row in rows(source, "CARE", "Boa 2020") if row["item"] == "7"]

    assert (row["answer"], row["told"]) == ("no", "")


def test_completeness_counts_the_items_that_are_told(source: Source) -> None:
    answers = [row for row in rows(source, "CARE", "Adder 2020") if row["item"] != "score"]
    (score,) = [row for row in rows(source, "CARE", "Adder 2020") if row["item"] == "score"]

    assert score["told"] == f"{sum(row['answer'] == 'yes' for row in answers)} of 12"
    assert {row["item"] for row in answers if row["answer"] == "yes"} == {"1", "3", "5", "9", "10"}


def test_nothing_is_confirmed_before_a_person_has(source: Source) -> None:
    assert {row[COLUMNS.index("confirmed_by")] for row in checklists(source, ".csv").rows} == {None}


def test_the_living_review_has_its_items_once_there_is_a_version(source: Source) -> None:
    assert rows(source, "PRISMA-LSR") == []


def test_checklists_are_printed_with_where_they_are_published(source: Source, tmp_path: Path) -> None:
    output = tmp_path / "checklists.docx"
    with output.open("wb") as stream:
        FORMATS[".docx"].write(checklists(source, ".docx"), stream)

    document = docx.Document(str(output))
    review, first, second, cases = document.tables
    assert [cell.text for cell in review.rows[0].cells] == [
        "Item",
        "Asks",
        "Answer",
        "What the data say",
        "Confirmed by",
    ]
    assert [len(each.rows) for each in (first, second)] == [17, 17]  # JBI and Murad of one report, and a header
    assert [cell.text for cell in cases.rows[0].cells][4:8] == ["4", "5a", "5b", "6"]
    assert [row.cells[0].text for row in cases.rows][1:] == ["Adder 2020", "Boa 2020"]
    assert all(len(row.cells[3].text) <= 171 for each in (first, second) for row in each.rows)
    assert any("doi:10.1136/bmj.n71" in paragraph.text for paragraph in document.paragraphs)
