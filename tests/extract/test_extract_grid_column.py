import pytest
from extract_tables import HB, PLT, lines, topic, vocabulary

from litreview.extract.tables.cell_text import Cell
from litreview.extract.tables.column import read_cell
from litreview.extract.tables.layout import grids
from litreview.model.rule import ColumnRule
from litreview.model.topic import Attribute

DRUGS = vocabulary(
    "drugs",
    steroids=("prednisolone", "corticosteroids", "steroids", "S"),
    rituximab=("rituximab", "R"),
    bortezomib=("bortezomib",),
    fludarabine=("fludarabine",),
    methotrexate=("methotrexate", "MTX"),
    replacement=("immunoglobulin replacement",),
)
KINDS = vocabulary(
    "kinds", hemolysis=("AIHA", "hemolytic anemia"), thrombopenia=("AIT",), several=("ES", "Evans syndrome")
)
TOPIC = topic(DRUGS, KINDS, analytes=(HB, PLT))


def attribute(**more):
    return Attribute.model_validate(
        {"name": "made", "type": "category", "definition": "made", "rules": (), "examples": (), **more}
    )


def read(head, cell, *, foot=(), kind="category", unit="", plausible=None, text="The patient was treated.", **rule):
    """The document, and what a rule reads from a cell under a header."""
    made = lines(f"Patient | {head}\n1 | {cell}", foot=foot, text=text)
    (grid,) = grids(made, TOPIC)
    column = ColumnRule(kind="column", **{"header": ".", **rule})
    known = attribute(type=kind, unit=unit, plausible=plausible)
    return made, read_cell(Cell(grid.people[0].entries[1]), column, known, TOPIC)


def values(head, cell, **more):
    return [found.value for found in read(head, cell, **more)[1]]


@pytest.mark.parametrize(
    ("header", "rule", "cell", "expected"),
    [
        ("Age/sex", "^age", "11/F", [11]),
        ("Age/sex", "sex", "11/F", []),
        ("Age, y/sex", "age", "4.2/M", [4.2]),
        ("Type, day", r"\bday", "ES2, 171", [171]),
        ("Response (after dose)", "after dose", "CR (2)", [2]),
        ("Status (mo)", r"\bmo\b", "A (2.3)", [2.3]),
        ("Status (mo)", r"status \(mo", "A (2.3)", [2.3]),
        ("Doses, n", "doses", "4", [4]),
        ("Outcome", "doses", "4", []),
    ],
)
def test_a_number_is_read_of_the_part_that_the_header_names(header, rule, cell, expected):
    assert values(header, cell, header=rule, kind="number", number="number") == expected


@pytest.mark.parametrize(
    ("header", "cell", "unit", "expected"),
    [
        ("Age", "9 mo", "years", [0.7496]),
        ("Age", "9", "years", [9]),
        ("Age (months)", "18", "years", [1.4992]),
        ("Age, mo", "18 y", "years", [18]),
        ("Follow-up (weeks)", "24", "months", [5.5263]),
        ("Follow-up", "2 years", "months", [24.0132]),
        ("Onset", "4 months", "days", [122]),
        ("Onset (d)", "+58", "days", [58]),
        ("Onset", "58", "days after graft", [58]),
    ],
)
def test_times_are_turned_into_the_unit_of_the_attribute(header, cell, unit, expected):
    kind = "integer" if unit.startswith("days") else "number"
    assert values(header, cell, kind=kind, unit=unit, number=kind) == pytest.approx(expected, abs=0.001)


def test_a_scale_of_the_rule_stands_above_the_unit_of_the_header():
    assert values("Follow-up (weeks)", "24", kind="number", unit="months", number="number", scale=0.5) == [12]


@pytest.mark.parametrize(
    ("cell", "qualifier"), [(">95", ">"), ("<5", "<"), ("~40", "~"), ("about 40", "~"), ("40", "=")]
)
def test_a_number_keeps_its_qualifier(cell, qualifier):
    assert [found.qualifier for found in read("Donor cells", cell, kind="number", number="number")[1]] == [qualifier]


def test_what_is_no_whole_number_is_no_integer():
    assert values("Doses", "2.5", kind="integer", number="integer") == []


def test_what_is_not_plausible_is_left():
    assert values("Age", "2019", kind="number", number="number", plausible=(0, 110)) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("MUD (10/10)", ["10/10"]), ("9 of 10", ["9/10"]), ("MSD", []), ("12/10", []), ("3/4/2020", [])],
)
def test_a_fraction_is_matched_of_tested(cell, expected):
    assert values("HLA", cell, kind="text", number="fraction") == expected


@pytest.mark.parametrize(
    ("cell", "foot", "expected"),
    [
        ("prednisolone, bortezomib", "", ["steroids", "bortezomib"]),
        ("S, R, B", "B, bortezomib; R, rituximab; S, corticosteroids", ["steroids", "rituximab", "bortezomib"]),
        ("S, R", "R, radiotherapy; S, sirolimus", []),
        ("MTX, Flu", "Flu, fludarabine (30 mg); MTX, methotrexate", ["methotrexate", "fludarabine"]),
        ("MTX", "MTX, an antifolate", ["methotrexate"]),
        ("prednisolone, then prednisolone", "", ["steroids"]),
        ("no rituximab, S", "S, steroids", ["steroids"]),
        ("Ig replacement", "Ig, immunoglobulin", []),
        ("immunoglobulin replacement", "", ["replacement"]),
        ("NR", "NR, not reported", []),
        ("–", "", []),
    ],
)
def test_all_concepts_of_a_cell_are_read_through_the_legend(cell, foot, expected):
    assert values("Therapy", cell, foot=[foot] if foot else [], kind="list", vocabulary="drugs") == expected


def test_an_abbreviation_of_the_running_text_is_resolved():
    assert values("Therapy", "BTZ", text="He had bortezomib (BTZ).", kind="list", vocabulary="drugs") == ["bortezomib"]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [("Type, day", "ES, 171", ["several"]), ("Type, day", "AIHA, 9; AIT, 30", ["hemolysis", "thrombopenia"])],
)
def test_concepts_are_read_of_the_part(header, cell, expected):
    assert values(header, cell, header="type", vocabulary="kinds") == expected


def test_evidence_shows_cell_header_and_legend():
    made, (found,) = read("Prior therapy", "B", foot=["B, bortezomib; R, rituximab"], kind="list", vocabulary="drugs")
    assert [(made[span], role) for span, role in found.evidence] == [
        ("B", "value"),
        ("Prior therapy", "header"),
        ("B, bortezomib", "legend"),
    ]


def test_the_span_of_a_value_is_its_own_words():
    made, found = read(
        "Therapy*",
        "S†,  rituximab,\nbortezomib".replace("\n", " "),
        foot=["S, steroids"],
        kind="list",
        vocabulary="drugs",
    )
    assert [made[one.span] for one in found] == ["S", "rituximab", "bortezomib"]


SEX = {"^(?:f|female|girl)": "female", "^(?:m|male|boy)": "male"}


@pytest.mark.parametrize(
    ("cell", "expected"), [("11/F", ["female"]), ("4/m", ["male"]), ("4/–", []), ("4/Female", ["female"])]
)
def test_a_map_reads_codes(cell, expected):
    assert values("Age/sex", cell, header="sex", map=SEX) == expected


def test_a_map_reads_what_the_legend_says():
    foot = ["A, alive; D, dead"]
    assert values("Status (mo)", "D (2.3)", header="status", foot=foot, map={"alive": "alive", "dead": "dead"}) == [
        "dead"
    ]


@pytest.mark.parametrize(("cell", "expected"), [("A/O", ["major"]), ("O/A", ["minor"]), ("NR", []), ("A/A", [])])
def test_a_pair_of_sides_is_read_as_a_whole(cell, expected):
    assert values("ABO, D/R", cell, header="ABO", map={"^A/O$": "major", "^O/A$": "minor"}) == expected


@pytest.mark.parametrize(
    ("cell", "foot", "expected"),
    [
        ("Hb 3.8", "", [3.8]),
        ("Hb 4.6; Plt 8", "Hb, hemoglobin (g/dL); Plt, platelets (x10^9/L)", [4.6]),
        ("Plt 8", "", []),
        ("Hb 46", "Hb, hemoglobin (g/L)", [4.6]),
        ("46 g/L", "", []),
        ("12", "", []),
    ],
)
def test_an_amount_needs_the_name_of_what_is_measured(cell, foot, expected):
    assert values("Nadir", cell, foot=[foot] if foot else [], kind="number", analyte="hb") == expected


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Hb (g/dL)", "8.2", [8.2]),
        ("Hb, g/L", "82", [8.2]),
        ("Haemoglobin at onset (g/L)", "82", [8.2]),
        ("Hb nadir", "82 g/L", [8.2]),
        ("Hb", "8.2", [8.2]),
        ("Hb/Plt", "8.2/4", [8.2]),
    ],
)
def test_the_unit_of_an_amount_may_stand_in_the_header(header, cell, expected):
    assert values(header, cell, kind="number", analyte="hb", header="hb|haemoglobin") == expected


def test_the_header_may_be_an_abbreviation_that_the_legend_spells_out():
    assert values("IgRT", "Yes", foot=["IgRT, globulin replacement"], header="replacement", map={"^yes": "yes"}) == [
        "yes"
    ]


def test_a_fixed_value_needs_header_and_pattern():
    assert values("Complications", "death from sepsis", pattern="death", value="dead") == ["dead"]
    assert values("Complications", "none", pattern="death", value="dead") == []


def test_a_pattern_narrows_what_is_read():
    made, (found,) = read(
        "Course", "day 40; 3 doses", kind="integer", pattern=r"(?P<value>\d+) doses", number="integer"
    )
    assert (found.value, made[found.span]) == (3, "3")


def test_without_a_way_to_read_the_words_are_the_value():
    assert values("Disease", "XIAP deficiency", kind="text") == ["XIAP deficiency"]
    assert values("Disease", "SAA", foot=["SAA, severe aplastic anemia"], kind="text") == ["severe aplastic anemia"]


@pytest.mark.parametrize(
    ("cell", "expected"), [("9 mo", [(0.7496, "=")]), (">4 y", [(4, ">")]), ("4 years 2 months", [(4, "=")])]
)
def test_a_narrowed_number_keeps_its_unit_and_sign(cell, expected):
    rule = {"pattern": r"(?P<value>\d{1,3}(?:\.\d+)?)", "number": "number"}
    found = read("Age", cell, kind="number", unit="years", **rule)[1]
    assert [(one.value, one.qualifier) for one in found] == [
        (pytest.approx(value, abs=0.001), sign) for value, sign in expected
    ]


def test_a_lettered_note_lists_what_the_cell_only_counts():
    foot = ["A) bortezomib, rituximab (rituximab last) B) prednisolone"]
    assert values("Prior therapy", "2 lines (A)", foot=foot, kind="list", vocabulary="drugs") == [
        "bortezomib",
        "rituximab",
    ]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("† concomitant", ["rituximab"]),
        ("† given concomitantly", ["rituximab"]),
        ("† not concomitant", []),
        ("† late", []),
    ],
)
def test_a_note_on_an_item_serves_as_its_header(note, expected):
    made, found = read("Therapy", "prednisolone, rituximab†, S", foot=[note], header="concomitant", vocabulary="drugs")
    assert [one.value for one in found] == expected
    assert [made[one.span] for one in found] == expected


@pytest.mark.parametrize(
    ("cell", "foot", "expected"),
    [
        pytest.param("3 lines*", "* steroids, rituximab", ["steroids", "rituximab"], id="star"),
        pytest.param("2 (a)", "a) steroids, bortezomib; b) rituximab", ["steroids", "bortezomib"], id="letter"),
        pytest.param("three (A)", "A) rituximab, B) steroids", ["rituximab"], id="ladder"),
        pytest.param("none of ours*", "* rituximab is not licensed", [], id="no-count"),
        pytest.param("bortezomib*", "* after rituximab", ["bortezomib"], id="names-of-its-own"),
    ],
)
def test_a_cell_that_only_counts_holds_what_its_note_lists(cell, foot, expected):
    assert values("Prior treatment", cell, foot=(foot,), kind="list", vocabulary="drugs") == expected
