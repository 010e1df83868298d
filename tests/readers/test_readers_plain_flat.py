"""Tables of patients that a PDF's text has flattened, and what must not be taken for one."""

import pytest

from litreview.readers.plain_records import kept

BEFORE = """A note on a few people with a fictional illness of the blood

Case reports
The patients were seen in our clinic over ten years and were treated as told below.

"""
AFTER = """

Discussion
This is a line of prose that follows the table and is no part of it, nor a legend.
"""
HEADERS = ["Patient", "Age (years)", "Sex", "Diagnosis", "Donor", "Onset (day)", "Doses", "Best response"]
ROWS = [
    ["1", "34", "F", "Aplastic anaemia", "MUD", "+92", "4", "CR"],
    ["2", "7", "M", "WAS", "Haploidentical father", "+140", "8", "PR"],
    ["3", "56", "M", "AML", "MSD", "+61", "6", "NR"],
]


def columns(headers=HEADERS, rows=ROWS):
    return list(map(list, zip(headers, *rows, strict=True)))


def by_parameter(headers=HEADERS, rows=ROWS):
    return [cell for column in columns(headers, rows) for cell in column]


def by_column():
    return [*HEADERS, *(cell for column in columns() for cell in column[1:])]


def by_patient():
    return [*HEADERS, *(cell for row in ROWS for cell in row)]


def paper(lines, *, caption="Table 1. Patients and outcome", foot="", joint="\n"):
    return (BEFORE + caption + joint + joint.join(lines) + (f"\n{foot}" if foot else "") + AFTER).encode()


def table(document):
    """The first table as label -> header -> words; empty where there is none."""
    if not document.tables:
        return {}
    cells = {(cell.row, cell.column): document[cell.span] for cell in document.tables[0].cells}
    rows, wide = range(1, 1 + max(row for row, _ in cells)), range(1, 1 + max(column for _, column in cells))
    return {cells[0, column]: {cells[row, 0]: cells.get((row, column), "") for row in rows} for column in wide}


def whole(headers=HEADERS, rows=ROWS):
    return {row[0]: dict(zip(headers[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize("joint", ["\n", "\n\n"], ids=["lines", "blocks"])
@pytest.mark.parametrize("layout", [by_parameter, by_column, by_patient])
def test_a_cell_to_a_line_is_a_table_again(read_one, layout, joint):
    _, document = read_one(paper(layout(), joint=joint), "a.txt")
    assert table(document) == whole()
    assert any(section.kind == "discussion" for section in document.sections)


@pytest.mark.parametrize(
    "foot", ["CR, complete response; MUD, matched donor.", "Abbreviations: CR, complete response."]
)
def test_the_legend_below_is_the_tables_foot(read_one, foot):
    _, document = read_one(paper(by_parameter(), foot=foot), "a.txt")
    assert [document[span] for span in document.tables[0].foot] == [foot]


def test_a_caption_of_two_lines_is_left_whole(read_one):
    caption = "Table 1. Patients with a rare illness, what they were\ngiven, and how they fared"
    _, document = read_one(paper(by_patient(), caption=caption), "a.txt")
    assert document[document.tables[0].caption].endswith("given, and how they fared")
    assert table(document) == whole()


@pytest.mark.parametrize(
    ("labels", "stub"),
    [
        (["P1", "P2", "P3"], "Patient"),
        (["Patient 1", "Patient 2", "Patient 3"], "Characteristic"),
        (["A", "B", "C"], "Case"),
        (["Case 1", "Case 2", "Case 3"], "Parameter"),
    ],
)
def test_labels_of_every_kind_tell_how_many_patients_there_are(read_one, labels, stub):
    rows = [[label, *row[1:]] for label, row in zip(labels, ROWS, strict=True)]
    _, document = read_one(paper(by_parameter([stub, *HEADERS[1:]], rows)), "a.txt")
    assert table(document) == whole(rows=rows)


def test_wrapped_cells_are_made_whole(read_one):
    lines = by_parameter()
    for words in ("Aplastic anaemia", "Haploidentical father", "Best response", "Age (years)"):
        at = lines.index(words)
        lines[at : at + 1] = words.split()
    _, document = read_one(paper(lines), "a.txt")
    assert table(document) == whole()


def test_a_parameter_that_has_lost_a_value_is_left_out(read_one):
    lines = by_parameter()
    lines.remove("+140")
    _, document = read_one(paper(lines), "a.txt")
    found = table(document)
    assert all("Onset (day)" not in values for values in found.values())
    assert {label: values["Doses"] for label, values in found.items()} == {"1": "4", "2": "8", "3": "6"}


def test_headers_may_stand_in_the_foot(read_one):
    lines = ["A", "B", "46/F", "63/M", "AML", "MCL", "MUD", "MSD", "4", "2"]
    foot = "Columns: patient, age/sex, diagnosis, donor, number of doses."
    _, document = read_one(paper(lines, foot=foot), "a.txt")
    assert table(document)["B"] == {"age/sex": "63/M", "diagnosis": "MCL", "donor": "MSD", "number of doses": "2"}


def test_rows_on_a_line_are_read_where_their_last_words_look_alike(read_one):
    lines = ["Patient 1 2 3", "Age (years) 34 7 56", "Sex F M M", "Diagnosis aplastic anaemia WAS AML", "Doses 4 8 6"]
    _, document = read_one(paper(lines), "a.txt")
    assert table(document)["2"] == {"Age (years)": "7", "Sex": "M", "Doses": "8"}


def test_patients_on_a_line_are_read_where_words_and_headers_come_out_even(read_one):
    lines = [
        "Patient Age Sex Diagnosis Doses",
        "1 34 F SAA 4",
        "2 7 M WAS 8",
        "3 56 M acute leukaemia 6",
        "4 9 F MDS 4",
    ]
    _, document = read_one(paper(lines), "a.txt")
    found = table(document)
    assert found["2"] == {"Age": "7", "Sex": "M", "Diagnosis": "WAS", "Doses": "8"}
    assert "3" not in found


def test_columns_a_single_blank_apart_are_told_by_where_every_row_begins_a_word(read_one):
    lines = [
        "Pt Age/Sex Diagnosis Donor Groups (D/R) Onset",
        "1  34/F   SAA MUD 10/10   O/O none  +92",
        "2  7/M    WAS Haplo, dad  A/O major +140",
        "3  56/M   AML MSD, sister O/A minor +61",
    ]
    _, document = read_one(paper(lines, joint="\n"), "a.txt")
    found = table(document)
    assert found["2"]["Donor"] == "Haplo, dad"
    assert found["3"] == {
        "Age/Sex": "56/M", "Diagnosis": "AML", "Donor": "MSD, sister", "Groups (D/R)": "O/A minor", "Onset": "+61",
    }  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["Day", "1", "2", "3", "Platelets", "4", "9", "41", "Dose", "1", "1", "0"],
        ["Characteristic", "All (n = 12)", "Age, median", "34", "Male sex", "7 (58%)", "Prior lines", "4 (2-7)"],
        ["1", "2", "3", "The patients were well", "and nothing more", "was to be told"],
        ["Patient", "1", "2", "3", "Age (years)", "34", "7"],
    ],
    ids=["days", "aggregate", "numbers", "too little"],
)
def test_what_is_no_table_of_patients_is_left_as_it_is(read_one, lines):
    _, document = read_one(paper(lines), "a.txt")
    assert not document.tables


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["34", "MUD", "CR"], ("34", "", "MUD", "CR")),
        (["34", "F", "CR"], ("34", "F", "", "")),
        (["34", "aplastic", "anaemia"], ("", "", "", "")),
    ],
)
def test_a_row_keeps_the_cells_that_can_stand_in_one_place_only(cells, expected):
    assert kept(cells, [("7", "F", "MSD", "PR"), ("12", "M", "MUD", "CR")]) == expected
