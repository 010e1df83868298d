"""The curated baseline: facts and citations as tables of the topic."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from litreview.errors import RuleError, TopicError
from litreview.extract.given import given
from litreview.model.baseline import Baseline
from litreview.model.source import SourceCase, Told
from litreview.model.topic import Topic
from litreview.rules import baseline, load
from litreview.rules.baseline import faults

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "extraction_rules" / "anti_cd38_cytopenia" / "baseline"
FACTS = ROOT.parent / "shared" / "baseline" / "cases_sources.csv"


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load("anti_cd38_cytopenia", ROOT / "extraction_rules")


@pytest.fixture(scope="module")
def shipped(topic: Topic) -> Baseline:
    return baseline(topic, ROOT / "extraction_rules")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_value_is_one_that_the_codebook_takes_and_says_how_it_is_known(topic: Topic, shipped: Baseline) -> None:
    for report in shipped.reports:
        for case in report.cases:
            for told in case.values:
                assert given(told.value, topic.attribute(told.attribute), topic).values, (report.key, told)
                assert told.basis.split(", ")[0] in ("stated", "computed")


def test_the_patients_are_those_whose_antibody_and_cytopenia_are_known(shipped: Baseline) -> None:
    assert sum(len(report.cases) for report in shipped.reports) == 21
    assert "annhematol-05035-2022" not in {report.key for report in shipped.reports}


def test_reports_of_the_review_are_there_to_be_read_though_none_of_their_patients_is_known(shipped: Baseline) -> None:
    silent = {report.key for report in shipped.reports if not report.cases}
    assert silent == {"rautenberg-2020", "salas-2020", "blennerhassett-2019", "even-or-2020"}
    assert silent < set(shipped.reviewed)


def test_no_report_for_another_disease_is_among_them(shipped: Baseline) -> None:
    kinds = {row["report_key"]: row["article_type"] for row in rows(SHIPPED / "reports.csv")}
    assert "negative_control" not in {kinds[report.key] for report in shipped.reports}


def test_no_fact_is_lost_or_changed() -> None:
    if not FACTS.is_file():
        pytest.skip("the facts are not beside this checkout")
    names = ("report_key", "case_label", "attribute", "value")
    shipped = {tuple(row[name] for name in names): row["basis"] for row in rows(SHIPPED / "cases.csv")}
    assert all(shipped[tuple(row[name] for name in names)] == row["basis"] for row in rows(FACTS))


def test_every_printed_figure_names_attributes_of_the_topic(topic: Topic, shipped: Baseline) -> None:
    known = {attribute.name for attribute in topic.attributes} | {criteria.name for criteria in topic.criteria}
    named = {name for each in shipped.statements for name in (each.attribute, *each.where, *each.excluding) if name}
    assert named <= known
    assert len(shipped.statements) == 61


def test_contradictions_are_about_statements_that_are_there(shipped: Baseline) -> None:
    statements = {each.statement for each in shipped.statements}
    assert all(set(each.about) <= statements and each.says for each in shipped.contradictions)


def test_a_topic_without_a_baseline_says_so() -> None:
    topics = ROOT / "tests" / "topics"
    with pytest.raises(TopicError, match="has no curated baseline"):
        baseline(load("antivenom_envenoming", topics), topics)


def test_names_and_values_that_the_codebook_does_not_have_are_to_be_mended(topic: Topic, shipped: Baseline) -> None:
    assert faults(shipped, topic) == ()
    wrong = (Told("age_yaers", "3", place="cases.csv, line 2"), Told("sex", "lady", place="cases.csv, line 3"))
    report = replace(shipped.reports[0], cases=(SourceCase("P1", wrong),))
    statement = shipped.statements[3].model_copy(update={"attribute": "cytopenia"})

    assert faults(replace(shipped, reports=(report,), statements=(statement,)), topic) == (
        "baseline/cases.csv, line 2: 'age_yaers' is not an attribute",
        "baseline/cases.csv, line 3: 'lady' is not in the vocabulary of sex",
        "baseline/printed.csv, cytopenia_prca: 'cytopenia' is neither an attribute nor a grade",
    )


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        pytest.param(
            "printed.csv", ("median,cytopenia_onset_day", "middle,cytopenia_onset_day"), "figure", id="no figure"
        ),
        pytest.param("cases.csv", None, "cases.csv cannot be read", id="a table is missing"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(
    tmp_path: Path, topic: Topic, name: str, change: tuple[str, str] | None, sentence: str
) -> None:
    folder = tmp_path / "anti_cd38_cytopenia"
    shutil.copytree(SHIPPED.parent, folder)
    table = folder / "baseline" / name
    if change is None:
        table.unlink()
    else:
        table.write_text(table.read_text().replace(*change))

    with pytest.raises(RuleError, match=sentence):
        baseline(topic, tmp_path)
