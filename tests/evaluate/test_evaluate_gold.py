"""Reading gold."""

import csv
import json
from pathlib import Path

import pytest

from litreview import resources
from litreview.errors import ReadError
from litreview.evaluate.gold import read_gold
from litreview.evaluate.score import FoundReport, score
from litreview.model.case import Case, Finding
from litreview.model.topic import Topic

CASE = {"pmid": "1", "case_label": "P1", "case_index": 1, "values": {"drugs": ["a"], "age": 3}}


def test_a_folder_gives_reports_and_cases(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(json.dumps(CASE | {"also_accept": {"age": [None], "drugs": [["b"]]}}) + "\n")
    with (tmp_path / "reports.csv").open("w", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["pmid", "relevant", "exclusion_reason", "split"])
        rows.writerow(["1", "yes", "", "rules"])
        rows.writerow(["2", "no", "secondary", "check"])

    gold = read_gold(tmp_path)

    assert gold.cases[0].values == {"drugs": ("a",), "age": 3}
    assert gold.cases[0].also_accept == {"age": (None,), "drugs": (("b",),)}
    assert [(report.pmid, report.relevant, report.reason) for report in gold.reports] == [
        ("1", True, ""),
        ("2", False, "secondary"),
    ]
    assert gold.splits == ("check", "rules")
    assert gold.split("check").cases == ()


def test_a_file_of_cases_alone_will_do(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(CASE))

    gold = read_gold(path)

    assert [report.pmid for report in gold.reports] == ["1"]


@pytest.mark.parametrize(
    ("line", "told"),
    [('{"pmid": "1"}', "line 2"), ("not json", "line 2"), ('["a"]', "line 2")],
    ids=["a key is missing", "not JSON", "not an object"],
)
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(CASE) + "\n" + line)

    with pytest.raises(ReadError, match=told):
        read_gold(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no file"):
        read_gold(tmp_path)


def test_the_shipped_gold_scores_full_marks_against_itself(topic: Topic) -> None:
    gold = read_gold(resources.corpus_dir() / "gold")
    found = [
        FoundReport(
            report.ids,
            report.relevant,
            tuple(
                Case(
                    case.label,
                    case.index,
                    case.source,
                    tuple(Finding(a, v, ()) for a, v in case.values.items() if a in NAMES),
                )
                for case in gold.cases
                if case.pmid == report.pmid
            ),
            report.reason,
        )
        for report in gold.reports
    ]
    known = topic.model_copy(update={"attributes": tuple(_named(topic))})

    scores = score(found, gold, known)

    assert {name: scores.by_attribute()[name].f1 for name in NAMES} == dict.fromkeys(NAMES, 1.0)
    assert (scores.cases.fp, scores.cases.fn) == (0, 0)
    assert all(screened.relevant == screened.eligible for screened in scores.screened)


NAMES = {"age_years": "age", "sex": "sex", "prior_therapies": "drugs", "infusion_count": "doses"}


def _named(topic: Topic) -> list[object]:
    return [topic.attribute(kind).model_copy(update={"name": name, "_by_name": None}) for name, kind in NAMES.items()]
