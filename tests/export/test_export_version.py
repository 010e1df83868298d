import io
import json

import pytest

from litreview.export.version.json_text import write_json
from litreview.export.version.lsr import items
from litreview.export.version.markdown import lines
from litreview.export.version.words import escaped, figure, value
from litreview.model.change import Asked, Box, Change, Figure, Made, Named, Shift, Version

TITLE = "A <script>alert(1)</script> | [bite](javascript:x) of *snakes*"
VERSION = Version(
    number=3,
    made_at="2026-11-26T10:00:00Z",
    command="refresh",
    topic="bites",
    title="Antivenom after snake bite",
    changes=(
        Change("record", "new", "r1", "r1", why="database PubMed"),
        Change("status", "changed", "r2", "r2", "status", "published", "retracted"),
        Change("screening", "new", "r1", "r1", "eligible", None, "included", "1 of 1 own cases"),
        Change("screening", "changed", "r2", "r2", "eligible", "included", "excluded: retracted", "status: retracted"),
        Change("patient", "new", "p-r1-1", "r1"),
        Change("patient", "gone", "p-r2-1", "r2", why="retracted"),
        Change("value", "changed", "r3-1", "r3", "antivenom_vials", 5.0, 6.5, "full text read"),
    ),
    shifts=(Shift("Recovered", "", "recovered", "share", Figure(1, 2, 0.09, 0.91), Figure(2, 3, 0.21, 0.94)),),
    previous_at="2026-10-26T10:00:00Z",
    made_with=Made("1.0", "2", "a" * 64),
    previous_with=Made("1.0", "1", "a" * 64),
    searches=(Asked("pubmed", "review", "snake|bite", "(snake)", 1200, 7, "2026-11-26T09:59:00Z", "me@example.org"),),
    flow=(Box("screened", "databases", "", 12), Box("included", "databases", "", 5)),
    flow_before=(Box("screened", "databases", "", 9),),
    waiting={"finding": 4},
    people={"MR": 2},
    names={"r1": Named("101", "10.5555/101", TITLE, "Adder V", 2020), "r2": Named("102", "", "Gone", "Boa C", 2019)},
    labels={"r3-1": "Case 1"},
)


def told() -> str:
    return "\n".join(lines(VERSION))


@pytest.mark.parametrize(
    "line",
    [
        "Version 3, made at 2026-11-26T10:00:00Z (UTC) by `litreview refresh`; the version before it was made at "
        "2026-10-26T10:00:00Z.",
        "- pubmed, 2026-11-26T09:59:00Z: 1,200 records, 7 not known before",
        "- Boa C 2019, PMID 102: status published, now retracted",
        "| Adder V 2020, PMID 101 | included |  | 1 of 1 own cases |",
        "- gone: p-r2-1, Boa C 2019, PMID 102 (retracted)",
        "| Case 1 (r3) | antivenom_vials | 5 | 6.5 | full text read |",
        "| Recovered | 1/2 (50 %, 9 to 91) | 2/3 (67 %, 21 to 94) |",
        "- finding: 4",
        "| screened | databases |  | 9 | 12 |",
    ],
)
def test_the_report_tells(line: str) -> None:
    assert line in told().splitlines()


def test_titles_of_others_are_printed_letter_for_letter() -> None:
    assert r"A \<script\>alert(1)\</script\> \| \[bite\](javascript:x) of \*snakes\*" in told()
    assert "<script>" not in told()


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\n\n# b", r"a \# b"), ("anti_cd38", "anti_cd38"), ("_x_", r"\_x\_"), ("`a`", r"\`a\`"), ("50 %", "50 %")],
)
def test_marks_are_escaped_and_nothing_else(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_json_holds_the_same_and_can_be_read_back() -> None:
    stream = io.StringIO()
    assert write_json(VERSION, stream) == len(VERSION.changes)
    given = json.loads(stream.getvalue())
    assert [change["kind"] for change in given["changes"]] == [change.kind for change in VERSION.changes]
    assert given["shifts"][0]["after"] == {"n": 2, "of": 3, "low": 0.21, "high": 0.94} | dict.fromkeys(
        ("median", "minimum", "maximum")
    )
    assert given["reports"]["r1"]["title"] == TITLE


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1", "version 3"),
        ("3", "version 2 of 2026-10-26"),
        ("6", "pubmed, 2026-11-26T09:59:00Z"),
        ("7", "review: snake|bite"),
        ("L2", "topic 1, now 2"),
        ("L3", "1 report newly included"),
        ("L3", "1 report no longer included"),
        ("L3", "Recovered: 1/2 (50 %, 9 to 91), now 2/3 (67 %, 21 to 94)"),
        ("L4", "MR: 2 decisions"),
    ],
)
def test_the_items_of_a_living_review_are_filled_from_the_data(number: str, words: str) -> None:
    assert words in next(item.told for item in items(VERSION) if item.number == number)


def test_items_that_data_cannot_fill_are_left_to_the_authors() -> None:
    assert all(item.told or item.open for item in items(VERSION))
    assert next(item for item in items(VERSION) if item.number == "L1").told == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Figure(), "none"),
        (Figure(0, 0), "none"),
        (Figure(0, 4, 0.0, 0.49), "0/4 (0 %, 0 to 49)"),
        (Figure(n=5, median=12.5, minimum=1, maximum=80), "median 12.5 (1 to 80; N = 5)"),
    ],
)
def test_figures_are_told_with_what_they_rest_on(given: Figure, words: str) -> None:
    assert figure(given) == words


@pytest.mark.parametrize(("given", "words"), [(None, "not reported"), (5.0, "5"), (0.25, "0.25"), ("no", "no")])
def test_values_are_told_as_people_write_them(given: object, words: str) -> None:
    assert value(given) == words  # type: ignore[arg-type]


def test_a_review_without_a_version_says_so() -> None:
    assert "No version" in "\n".join(lines(Version(0, "", "", "bites", "Bites", (), ())))
