"""The pooled table exported, with what its formats show besides."""

from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from lxml import html
from steps_papers import MAN, WOMAN, article, write

from litreview.errors import RuleError
from litreview.model.journal import Journal, JournalColumn
from litreview.model.review import Decision
from litreview.rules import load
from litreview.rules.naming import check_naming
from litreview.steps.add import add
from litreview.steps.decide import decide
from litreview.steps.export import export
from litreview.steps.exported import Source
from litreview.steps.exported.journal import printed
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"
JOURNAL = Journal(
    title="Bites",
    columns=(
        JournalColumn(head="Report", parts=("{report}",)),
        JournalColumn(head="AV", parts=("{antivenom_vials} vials", "day {antivenom_delay_days}"), join=", "),
        JournalColumn(head="Outcome", parts=("{outcome}",)),
    ),
    words={"outcome": {"died": "D"}},
    abbreviations={"AV": "antivenom", "D": "died", "R": "recovered"},
    notes=("Days from the bite.",),
)


@pytest.fixture
def filled(work: Workspace, tmp_path: Path) -> Workspace:
    add(work, [write(tmp_path / "a.xml", article("101", MAN), article("102", WOMAN, author="Boa-Constrictor"))])
    update(work)
    return work


def source(work: Workspace, path: Path, journal: Journal = JOURNAL) -> Source:
    made = Source(work.db, path, TOPICS)
    made.topic = work.topic.model_copy(update={"journal": journal})
    return made


@pytest.mark.parametrize("table", ["cases", "patients"])
def test_the_printed_table_has_the_topics_columns_and_words(filled: Workspace, path: Path, table: str) -> None:
    found = printed(source(filled, path), table)

    assert found.columns == ("Report", "AV", "Outcome")
    assert found.rows == (("Adder 2020", "5\u00a0vials", "recovered"), ("Boa-Constrictor 2020", "12\u00a0vials", "D"))
    assert found.title.startswith("Bites: 2 ")


def test_only_abbreviations_that_occur_are_explained(filled: Workspace, path: Path) -> None:
    assert printed(source(filled, path), "cases").abbreviations == (("AV", "antivenom"), ("D", "died"))


def test_a_value_that_a_person_entered_is_marked_and_the_mark_explained(filled: Workspace, path: Path) -> None:
    before = printed(source(filled, path), "cases")
    case_id = filled.db.execute("SELECT case_id FROM cases WHERE pmid = '101'").fetchone()[0]

    decide(filled, Decision(case_id, "correct", "outcome", "died"))
    after = printed(source(filled, path), "cases")

    assert before.footnotes == ()
    assert after.rows[0][2] == "Dᵇ"
    assert [mark for mark, _ in after.footnotes] == ["ᵇ"]


def test_what_is_not_reported_is_dashed_and_a_part_without_its_value_left_out(filled: Workspace, path: Path) -> None:
    filled.db.execute("UPDATE cases SET outcome = NULL, antivenom_vials = NULL, antivenom_delay_days = 2")

    assert printed(source(filled, path), "cases").rows[0][1:] == ("day\u00a02", "–")


def test_a_topic_that_says_nothing_of_print_has_a_column_for_each_reported_attribute(
    filled: Workspace, path: Path
) -> None:
    found = printed(source(filled, path, Journal()), "cases")

    assert found.columns == ("Report", "age years", "antivenom vials", "outcome")


def test_cases_of_excluded_reports_are_not_printed(filled: Workspace, path: Path) -> None:
    decide(filled, Decision("101", "exclude", value="aggregate_only"))

    assert [row[0] for row in printed(source(filled, path), "cases").rows] == ["Boa-Constrictor 2020"]


def test_a_printed_column_names_what_there_is(filled: Workspace) -> None:
    journal = Journal(columns=(JournalColumn(head="X", parts=("{antivenom_vial}",)),))

    with pytest.raises(RuleError, match="antivenom_vial") as error:
        check_naming(filled.topic.model_copy(update={"journal": journal}))

    assert "antivenom_vials" in error.value.hint


def test_a_workbook_of_cases_has_codebook_and_evidence(filled: Workspace, path: Path, tmp_path: Path) -> None:
    export(path, "cases", tmp_path / "cases.xlsx", rules_dir=TOPICS)

    book = openpyxl.load_workbook(tmp_path / "cases.xlsx")
    names = [cell.value for cell in book["cases"][1]]
    vials = book["cases"].cell(2, names.index("antivenom_vials") + 1)
    assert (vials.value, "5 vials" in vials.comment.text) == (5, True)
    assert [row[0].value for row in book["codebook"].iter_rows(min_row=2)] == names


def test_a_workbook_without_the_topics_rules_is_written_all_the_same(
    filled: Workspace, path: Path, tmp_path: Path
) -> None:
    export(path, "cases", tmp_path / "cases.xlsx", rules_dir=tmp_path)

    assert openpyxl.load_workbook(tmp_path / "cases.xlsx")["cases"]["A2"].value


def test_parquet_has_the_kinds_of_the_tables_columns(filled: Workspace, path: Path, tmp_path: Path) -> None:
    export(path, "cases", tmp_path / "cases.parquet")

    schema = pyarrow.parquet.read_schema(tmp_path / "cases.parquet")
    kinds = {name: str(schema.field(name).type) for name in ("pmid", "year", "age_years", "antivenom_delay_days")}
    assert kinds == {"pmid": "string", "year": "int64", "age_years": "double", "antivenom_delay_days": "int64"}


def test_cases_are_printed_as_a_page(filled: Workspace, path: Path, tmp_path: Path) -> None:
    told = export(path, "cases", tmp_path / "cases.html", rules_dir=TOPICS)

    page = html.fromstring((tmp_path / "cases.html").read_bytes())
    assert told == "2 rows of cases"
    assert [row[0].text for row in page.iter("tr")] == ["Report", "Adder 2020", "Boa-Constrictor 2020"]


def test_the_shipped_topic_says_how_its_table_is_printed() -> None:
    journal = load("anti_cd38_cytopenia").journal

    assert len(journal.columns) > 8
    assert set(journal.words["prior_therapies"].values()) - set(journal.abbreviations) == {"IS withdrawal"}
