from dataclasses import replace

import pytest
from extract_tables import ACROSS, DOWN, document, lines, topic, vocabulary
from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.tables.layout import grids
from litreview.model.clock import Clock, EventKind
from litreview.model.document import Cell, Document, Span, Table

TOPIC = topic()


def people(made):
    (grid,) = grids(made, TOPIC)
    return grid.people


def entries(person):
    return [(entry.header, entry.words) for entry in person.entries]


def parts(made, header):
    found = [entry for person in people(made) for entry in person.entries if entry.header == header]
    return [[(name, words) for name, words, _ in entry.parts] for entry in found]


@pytest.mark.parametrize("head", ["Patient", "No.", "UPN", "Case", "Pt", "#", "Subject", "ID", "Patient no.", "Case #"])
def test_rows_are_patients_under_a_header_for_them(head):
    found = people(lines(f"{head} | Age | Outcome\n1 | 4 | well\n2 | 9 | died"))
    assert [person.label for person in found] == ["1", "2"]
    assert entries(found[1])[1:] == [("Age", "9"), ("Outcome", "died")]


@pytest.mark.parametrize(
    "labels", [("Patient 1", "Patient 2"), ("P1", "P2"), ("UPN 212", "UPN 305"), ("#3", "#6"), ("Case A", "Case B")]
)
def test_labels_are_known_without_a_header(labels):
    found = people(lines(f" | Age | Outcome\n{labels[0]} | 4 | well\n{labels[1]} | 9 | died"))
    assert [person.label for person in found] == list(labels)


@pytest.mark.parametrize("stub", ["Parameter", "", "Characteristic", "Variable", "Patient"])
@pytest.mark.parametrize(
    "labels", [("Patient 1", "Patient 2"), ("P1", "P2"), ("UPN 212", "UPN 305"), ("Case A", "Case B"), ("#3", "#4")]
)
def test_columns_are_patients_under_their_labels(stub, labels):
    found = people(lines(f"{stub} | {labels[0]} | {labels[1]}\nAge, y | 4 | 9\nOutcome | well | died"))
    assert [person.label for person in found] == list(labels)
    assert entries(found[1]) == [("Age, y", "9"), ("Outcome", "died")]


def test_bare_numbers_beside_the_word_patient_are_labels_of_columns():
    found = people(lines("Patient | 1 | 2 | 3\nAge | 4 | 9 | 11\nSex | F | M | M"))
    assert [person.label for person in found] == ["1", "2", "3"]
    assert entries(found[2]) == [("Age", "11"), ("Sex", "M")]


def test_one_patient_beside_parameters_is_a_person():
    found = people(lines("Characteristic | Our patient\nAge | 4\nDonor | brother"))
    assert [entries(person) for person in found] == [[("Age", "4"), ("Donor", "brother")]]


def test_a_list_of_parameters_without_a_header_is_one_person_without_a_label():
    found = people(lines("Age | 11 years\nSex | female\nDonor | brother", heads=0))
    assert [(person.label, entries(person)) for person in found] == [
        ("", [("Age", "11 years"), ("Sex", "female"), ("Donor", "brother")])
    ]


def test_rows_that_only_age_and_sex_tell_apart_have_no_label():
    found = people(lines("Age | Sex | Disease | Outcome\n4 | F | A | well\n9 | M | B | died"))
    assert [(person.label, entries(person)[0]) for person in found] == [("", ("Age", "4")), ("", ("Age", "9"))]


def test_a_patient_over_several_columns_keeps_what_stands_below_the_label():
    rows = [
        ["", "Patient 1", ACROSS, "Patient 2", ACROSS],
        ["Test", "Pre", "Post", "Pre", "Post"],
        ["IgG", "9", "3", "8", "4"],
    ]
    found = people(document(rows, heads=2))
    assert [entries(person) for person in found] == [
        [("IgG | Pre", "9"), ("IgG | Post", "3")],
        [("IgG | Pre", "8"), ("IgG | Post", "4")],
    ]


def test_header_rows_are_joined_and_spans_filled():
    rows = [
        ["Patient", "Cytopenia", ACROSS, "Relapse"],
        [DOWN, "Type", "Day", DOWN],
        ["1", "A", "58", "no"],
        ["2", "B", "60", "yes"],
    ]
    found = people(document(rows, heads=2))
    assert [header for header, _ in entries(found[0])] == ["Patient", "Cytopenia | Type", "Cytopenia | Day", "Relapse"]


def test_a_second_header_row_is_known_though_only_the_first_is_marked():
    rows = [["Patient", "Cytopenia", ACROSS], ["", "Type", "Day"], ["1", "A", "58"], ["2", "B", "60"]]
    assert entries(people(document(rows, heads=1))[0]) == [
        ("Patient", "1"),
        ("Cytopenia | Type", "A"),
        ("Cytopenia | Day", "58"),
    ]


def test_a_header_is_known_though_nothing_is_marked():
    found = people(lines("Patient | Age\n1 | 4\n2 | 9", heads=0))
    assert [entries(person) for person in found] == [[("Patient", "1"), ("Age", "4")], [("Patient", "2"), ("Age", "9")]]


def test_a_title_over_the_whole_width_is_no_header():
    rows = [["All our patients", ACROSS], ["Patient", "Age"], ["1", "4"], ["2", "9"]]
    assert entries(people(document(rows, heads=2))[0]) == [("Patient", "1"), ("Age", "4")]


def test_a_repeated_header_is_no_patient():
    found = people(lines("Patient | Age\n1 | 4\nPatient | Age\n2 | 9"))
    assert [person.label for person in found] == ["1", "2"]


def test_a_group_row_goes_before_the_headers_after_it():
    rows = [
        ["", "P1", "P2"],
        ["Transplant", ACROSS, ACROSS],
        ["Day", "0", "0"],
        ["Outcome", ACROSS, ACROSS],
        ["Day", "90", "70"],
    ]
    assert entries(people(document(rows))[0]) == [("Transplant | Day", "0"), ("Outcome | Day", "90")]


def test_a_group_row_over_patients_is_an_entry_without_a_header():
    rows = [
        ["Patient", "Age", "Sex"],
        ["Adults", ACROSS, ACROSS],
        ["1", "40", "F"],
        ["Children", ACROSS, ACROSS],
        ["2", "4", "M"],
    ]
    found = people(document(rows))
    assert [entries(person)[0] for person in found] == [("", "Adults"), ("", "Children")]


@pytest.mark.parametrize("word", ["Median", "Total", "All", "Mean (range)", "Median (range)", "Overall"])
def test_a_row_that_sums_up_is_no_patient(word):
    found = people(lines(f"Patient | Age\n1 | 4\n2 | 9\n{word} | 6.5"))
    assert [person.label for person in found] == ["1", "2"]


def test_a_patient_in_several_rows_is_one_person():
    rows = [
        ["Patient", "Drug", "Effect"],
        ["1", "A", "none"],
        [DOWN, "B", "good"],
        ["2", "A", "none"],
        ["", "C", "good"],
    ]
    found = people(document(rows))
    assert [entries(person)[1:] for person in found] == [
        [("Drug", "A"), ("Effect", "none"), ("Drug", "B"), ("Effect", "good")],
        [("Drug", "A"), ("Effect", "none"), ("Drug", "C"), ("Effect", "good")],
    ]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Smith et al. [3]", "Smith et al."),
        ("Smith et al 3", "Smith et al"),
        ("Smith 2019", "Smith 2019"),
        ("Dubrov et al, 2019", "Dubrov et al, 2019"),
        ("Smith and Jones, 2020", "Smith and Jones, 2020"),
    ],
)
@pytest.mark.parametrize("head", ["Reference", "Study", "Author", "First author, year", ""])
def test_rows_of_other_papers_are_cited(head, printed, label):
    found = people(lines(f"{head} | Age/sex | Donor\n{printed} | 4/F | A\nMiller 2021 | 9/M | B"))
    assert [(person.label, person.cites) for person in found] == [(label, printed), ("Miller 2021", "Miller 2021")]


def test_several_patients_of_one_paper_are_told_apart():
    rows = [
        ["Reference", "Age", "Sex"],
        ["Smith 2019", "4", "F"],
        [DOWN, "9", "M"],
        ["", "11", "M"],
        ["Miller 2020", "2", "F"],
    ]
    found = people(document(rows))
    assert [person.label for person in found] == [
        "Smith 2019, 4/F",
        "Smith 2019, 9/M",
        "Smith 2019, 11/M",
        "Miller 2020",
    ]
    assert {person.cites for person in found} == {"Smith 2019", "Miller 2020"}


@pytest.mark.parametrize(
    "own", ["Present case", "This report", "Our patient", "Present study", "Current report", "Our case 1"]
)
def test_rows_of_this_paper_among_others_are_own(own):
    found = people(lines(f"Reference | Age/sex | Donor\nSmith 2019 | 4/F | A\n{own} | 9/M | B"))
    assert [(person.label, bool(person.cites)) for person in found] == [("Smith 2019", True), (own, False)]


def test_a_patient_s_label_among_references_is_own():
    found = people(lines("Ref. | Age/sex | Donor\nSmith [5] | 8/M | A\nP1 | 9/F | B"))
    assert [(person.label, person.cites) for person in found] == [("Smith", "Smith [5]"), ("P1", "")]


def test_labels_of_columns_may_stand_under_one_word_for_all():
    rows = [["", "Patients", ACROSS], ["", "1", "2"], ["Age", "4", "9"], ["Sex", "F", "M"]]
    found = people(document(rows, heads=2))
    assert [(person.label, entries(person)) for person in found] == [
        ("1", [("Age", "4"), ("Sex", "F")]),
        ("2", [("Age", "9"), ("Sex", "M")]),
    ]


def test_a_column_of_numbers_beside_references_does_not_make_patients_own():
    found = people(lines("No. | Reference | Age\n1 | Smith 2019 | 4\n2 | Present case | 9"))
    assert [(person.label, person.cites) for person in found] == [("Smith 2019", "Smith 2019"), ("2", "")]


def test_only_studies_of_one_patient_are_patients():
    found = people(lines("Study | No. of patients | Age\nSmith 2019 | 1 | 4\nMiller 2020 | 12 | 31 (2-70)"))
    assert [person.label for person in found] == ["Smith 2019"]


@pytest.mark.parametrize(
    "table",
    [
        "Day | +130 | +141 | +171\nHaemoglobin (g/L) | 118 | 48 | 31\nLDH | 420 | 2310 | 3874",
        "Study | n | Design\nSmith 2019 | 12 | cohort\nMiller 2020 | 31 | trial",
        "Response | Definition\nCR | Hb above 12\nPR | Hb above 8",
        "Characteristic | All patients\nMedian age (range) | 34 (2-71)\nMale | 12 (60%)",
        "Characteristic | Value\nAge, median | 34 (2-71)\nMale sex | 12 (60%)",
        "No. | Criterion | Met\n1 | Over 18 | yes\n2 | Consent | no",
        "Case | Findings\nCT scan | normal\nECG | abnormal",
        "District | n | Seroprevalence (%)\nA | 92 | 39.1\nB | 59 | 0",
    ],
    ids=["course", "studies", "definitions", "cohort", "cohort values", "criteria", "tests", "places"],
)
def test_tables_about_no_single_patient_have_no_people(table):
    assert people(lines(table)) == ()


_BEST = [("Best response", "CR"), ("Best response (day)", "9"), ("Best response (doses)", "3")]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Age/sex", "11/F", [("Age", "11"), ("sex", "F")]),
        ("Age,* y/sex", "4.2/M", [("Age, y", "4.2"), ("sex", "M")]),
        ("Age, y/sex", "4,2/M", [("Age, y", "4,2"), ("sex", "M")]),
        ("Age/sex", "11F", [("Age", "11"), ("sex", "F")]),
        ("Sex and age", "F, 11", [("Sex", "F"), ("age", "11")]),
        ("Donor/HLA/Graft", "MUD/10/10/BM", [("Donor", "MUD"), ("HLA", "10/10"), ("Graft", "BM")]),
        ("Type, day", "ES, 171", [("Type", "ES"), ("Type (day)", "171")]),
        (
            "Type, day",
            "ES, 171; AIN, 200",
            [("Type", "ES"), ("Type (day)", "171"), ("Type", "AIN"), ("Type (day)", "200")],
        ),
        ("Donor (HLA)", "MUD (10/10)", [("Donor", "MUD"), ("HLA", "10/10")]),
        (
            "Cytopenia (day)",
            "ITP (30), AIHA (41)",
            [("Cytopenia", "ITP"), ("Cytopenia (day)", "30"), ("Cytopenia", "AIHA"), ("Cytopenia (day)", "41")],
        ),
        ("Best response (after dose)", "CR (2)", [("Best response", "CR"), ("after dose", "2")]),
        ("Status (mo)", "A (19)", [("Status", "A"), ("Status (mo)", "19")]),
        ("ABO, D/R", "A/O", [("ABO, D", "A"), ("ABO, R", "O")]),
        ("Donor/recipient ABO", "A/O", [("Donor ABO", "A"), ("recipient ABO", "O")]),
        ("DAT (IgG/C3d)", "4+/1+", [("DAT IgG", "4+"), ("DAT C3d", "1+")]),
        ("Dose x number", "16 mg/kg x 4", [("Dose", "16 mg/kg"), ("Dose (number)", "4")]),
        ("Conditioning", "RIC: Flu, Mel", [("Conditioning:prefix", "RIC"), ("Conditioning:rest", "Flu, Mel")]),
        ("Sibling (age, sex)", "1 (4, F)", [("Sibling", "1"), ("age", "4"), ("sex", "F")]),
        ("Type, day/grade", "ES, 171/3", [("Type", "ES"), ("Type (day)", "171"), ("grade", "3")]),
        ("Best response (day; doses)", "CR (9; 3)", _BEST),
        ("Hb before → after (g/L)", "68 → 112", [("Hb before (g/L)", "68"), ("Hb after (g/L)", "112")]),
        ("Plt/Hb (G/L; g/dL)", "6/12.4", [("Plt (G/L)", "6"), ("Hb (g/dL)", "12.4")]),
        ("Hb before/after", "68 → 112", [("Hb before", "68"), ("Hb after", "112")]),
        ("Response at week 4/12", "PR/CR", [("Response at week 4", "PR"), ("Response at week 12", "CR")]),
        ("Hb (g/dL)", "8.2", []),
        ("LDH (U/L; <615)", "420", []),
        ("Hb, g/dL", "8.2", []),
        ("Prior therapy", "S, R", []),
        ("Dose, mg/kg", "16", []),
    ],
)
def test_headers_and_cells_split_alike(header, cell, expected):
    header_words = header.replace("*", "")
    assert parts(lines(f"Patient | {header}\n1 | {cell}"), header_words) == [expected]


def test_a_column_whose_lists_differ_in_length_does_not_split():
    made = lines("Patient | Therapy, prior\n1 | S, R\n2 | S\n3 | S, R, B\n4 | R")
    assert parts(made, "Therapy, prior") == [[], [], [], []]


def test_every_span_gives_the_words_it_stands_for():
    made = lines(
        "Patient | Type†, day | Therapy | Response (dose)\n1* | ES, 171 | S*, IVIG, R | CR (2)\n2 | AIHA, 9 | B | PR",
        foot=["* ongoing. † by the authors.", "S, steroids; R, rituximab."],
    )
    for person in people(made):
        assert made[person.label_span] == person.label
        for entry in person.entries:
            assert made[entry.span].replace("*", "") == entry.words
            assert [made[span] for _, _, span in entry.parts] == [words for _, words, _ in entry.parts]
            assert all(short in made[span] or meaning in made[span] for short, meaning, span in entry.legend)


def test_marks_are_taken_off_and_led_to_their_notes():
    made = lines("Patient | Donor*\n4† | A‡\n5 | B", foot=["* Related first.", "† Second graft; ‡ her brother"])
    first = people(made)[0]
    assert (first.label, entries(first)) == ("4", [("Patient", "4"), ("Donor", "A")])
    assert [note[:2] for entry in first.entries for note in entry.legend] == [
        ("†", "Second graft"),
        ("‡", "her brother"),
    ]
    assert first.entries[1].header_legend[0][:2] == ("*", "Related first.")


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Donora", "Donor"),
        ("CRa", "CR"),
        ("12b", "12"),
        ("5 lines (A)", "5 lines"),
        ("Graft (day)a", "Graft (day)"),
        ("Isa", "Isa"),
        ("Donorab", "Donor"),
        ("Dogma", "Dogma"),
        ("Ritua", "Ritua"),
        ("data", "data"),
        ("6m", "6m"),
        ("3*10^9", "3*10^9"),
    ],
)
def test_letters_are_marks_only_where_the_foot_uses_them_and_a_word_is_left(printed, words):
    made = lines(
        f"Patient | Note\n1 | {printed}\n2 | x",
        foot=["a Age at graft", "b Twice", "m Monthly", "A) ATG, ibrutinib", "Isa, isatuximab; Ritua, rituximab"],
        text="The donor of this series is one who gave data, a ritu and lines.",
    )
    assert entries(people(made)[0])[1] == ("Note", words)


def test_a_column_n_beside_single_patients_counts_their_doses():
    made = lines("No | Sex | Age | Drug | n\n1 | F | 41 | Dara | 8\n2 | M | 70 | Dara | 4")
    assert [person.label for person in people(made)] == ["1", "2"]
    groups = lines("No | Age, median | Group | n\n1 | 41 (30-60) | A | 8\n2 | 52 (20-71) | B | 4")
    assert people(groups) == ()


def test_ragged_and_impossible_cells_do_no_harm():
    text = "Patient Age 1 4 2"
    cells = [
        Cell(Span(0, 7), 0, 0, header=True),
        Cell(Span(8, 11), 0, 1, header=True),
        Cell(Span(12, 13), 1, 0, rowspan=60_000),
        Cell(Span(14, 15), 1, 1, colspan=900),
        Cell(Span(16, 17), 2, 0),
        Cell(Span(90, 99), 2, 1),
        Cell(Span(3, 1), 3, 1),
        Cell(Span(0, 1), -1, 0),
        Cell(Span(0, 1), 10**9, 0),
    ]
    made = Document("made", "fulltext", "text", "made", text, tables=(Table(Span(0, len(text)), tuple(cells)),))
    assert [person.label for person in people(made)] == ["1", "2"]


def test_a_table_without_cells_has_no_people():
    made = Document("made", "fulltext", "text", "made", "", tables=(Table(Span(0, 0), ()),))
    assert people(made) == ()


def test_wrapped_cells_keep_their_words_together():
    made = document([["Patient", "Relapse\n(month)"], ["1", "Yes\n(at 4\nmonths)"], ["2", "No"]])
    assert entries(people(made)[0])[1] == ("Relapse (month)", "Yes (at 4 months)")
    assert parts(made, "Relapse (month)")[0] == [("Relapse", "Yes"), ("Relapse (month)", "at 4 months")]


CELLS = st.text(alphabet="Patient 12,;:/()*†$#x=.–\nabAR", max_size=12)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.lists(CELLS, max_size=3),
    st.integers(0, 3),
)
def test_any_table_is_read_without_harm(rows, foot, heads):
    made = document(rows, heads=heads, foot=foot, caption=rows[0][0])
    for person in people(made):
        for entry in person.entries:
            spans = [entry.span, *(part[2] for part in entry.parts), *(item[2] for item in entry.legend)]
            assert all(0 <= span.start <= span.end <= len(made.text) for span in spans)


def told(rows, **more):
    """Label, and header with words of every entry, of each person of a table; the topic knows one intervention."""
    drugs = vocabulary("drugs", theremab=["theremab"])
    start = EventKind(kind="start", name="start", definition="", agents="drugs", cues=())
    made = topic(drugs).model_copy(update={"events": (start,), "clock": Clock(index="graft", start="start")})
    (grid,) = grids(lines(rows, **more), made)
    return [(person.label, [(entry.header, entry.words) for entry in person.entries]) for person in grid.people]


COURSE = """
Line | Treatment | Dose | Response
1 | Prednisone | 1 mg/kg | PR
2 | Ritumab | 375 mg/m2 x 4 | CR
3 | Theremab | 16 mg/kg x 8 | CR
4 | Splenectomy | - | NR
"""


def test_a_table_of_treatments_tells_of_the_intervention_and_of_what_came_before():
    assert told(COURSE) == [
        (
            "",
            [
                ("Earlier | Treatment", "Prednisone"),
                ("Earlier | Treatment", "Ritumab"),
                ("Theremab | Line", "3"),
                ("Theremab | Treatment", "Theremab"),
                ("Theremab | Dose", "16 mg/kg x 8"),
                ("Theremab | Response", "CR"),
            ],
        )
    ]


def test_the_number_of_a_line_of_treatment_is_not_told_of_the_intervention():
    ((_, found),) = told("No. | Drug | Response\n1 | Prednisone | none\n2 | Ritumab | none\n3 | Theremab | CR")
    assert found[-2:] == [("Theremab | Drug", "Theremab"), ("Theremab | Response", "CR")]


def test_numbers_of_doses_that_rise_with_the_rows_stay():
    ((_, found),) = told("Drug | No. of doses\nPrednisone | 1\nTheremab | 2")
    assert ("Theremab | No. of doses", "2") in found


def test_columns_under_another_papers_name_are_its_patients():
    found = people(
        lines("| Case 1 | Case 2 | Case 3\nReference | Ames 2021 | This report | Jain 2020\nAge | 5 | 9 | 41")
    )
    assert [person.cites for person in found] == ["Ames 2021", "", "Jain 2020"]


def test_a_parameter_that_only_sounds_like_a_reference_cites_nobody():
    found = people(lines("| Case 1 | Case 2\nReference range | normal | normal\nAge | 5 | 17"))
    assert [person.cites for person in found] == ["", ""]


def test_what_was_given_for_another_purpose_is_no_earlier_treatment():
    table = """
Drug | Purpose | Day
Cyclosporin | GVHD prophylaxis | -1
Ritumab | anemia | 60
Theremab | anemia | 90
"""
    ((_, found),) = told(table)
    assert [words for header, words in found if header.startswith("Earlier")] == ["Ritumab"]


@pytest.mark.parametrize(
    ("caption", "label"), [("Treatments of patient 2", ["patient 2"]), ("Treatments of all patients", []), ("", [""])]
)
def test_a_table_of_treatments_is_of_one_patient(caption, label):
    assert [person for person, _ in told(COURSE, caption=caption)] == label


def test_of_a_patient_whose_rows_are_treatments_the_other_treatments_responses_are_not_told():
    table = """
Patient | Age | Drug | Response
1 | 33 | Ritumab | CR
^^ | ^^ | Theremab | PR
2 | 41 | Theremab | NR
"""
    assert [entries for _, entries in told(table)] == [
        [
            ("Patient", "1"),
            ("Age", "33"),
            ("Earlier | Drug", "Ritumab"),
            ("Theremab | Drug", "Theremab"),
            ("Theremab | Response", "PR"),
        ],
        [("Patient", "2"), ("Age", "41"), ("Drug", "Theremab"), ("Response", "NR")],
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            " | Baseline | Day 14\nHb | 6.8 | 8.9\nPlatelets | 9 | 34",
            [
                ("Hb | Baseline", "6.8"),
                ("Hb | Day 14", "8.9"),
                ("Platelets | Baseline", "9"),
                ("Platelets | Day 14", "34"),
            ],
        ),
        (
            "Time | Hb | Platelets\nBefore theremab | 6.8 | 9\n2 weeks after | 8.9 | 34",
            [
                ("Hb | Before theremab", "6.8"),
                ("Platelets | Before theremab", "9"),
                ("Hb | 2 weeks after", "8.9"),
                ("Platelets | 2 weeks after", "34"),
            ],
        ),
    ],
    ids=["times above", "times at the side"],
)
def test_values_over_time_are_the_one_patients(table, expected):
    assert told(table) == [("", expected)]


def test_values_of_several_patients_over_time_are_nobodys():
    assert told(" | Baseline | Day 14\nHb | 6.8 ± 1.1 | 8.9 ± 2.0\nPlatelets | 9 | 34") == []
    assert told(" | Baseline | Day 14\nHb | 6.8 | 8.9\nPlatelets | 9 | 34", caption="Means of all patients") == []


def test_short_headers_beside_labels_are_no_patients():
    assert [label for label, _ in told("Patient | AE | TI\n1 | rash | yes\n2 | none | no")] == ["1", "2"]


def test_a_table_that_only_numbers_its_rows_has_the_patients_of_another():
    first = lines("Patient | Age | Sex\n1 | 33 | F\n2 | 41 | M")
    second = lines("No. | Time to response | Outcome\n1 | 14 | CR\n2 | 28 | PR", text=first.text)
    both = replace(second, tables=(*first.tables, *second.tables))
    assert [[person.label for person in grid.people] for grid in grids(both, topic())] == [["1", "2"], ["1", "2"]]
    assert grids(second, topic())[0].people == ()


def test_a_letter_is_a_mark_on_a_word_that_heads_columns():
    made = lines("Patient | Agea, sex | Relapseb\n1 | 4, F | no\n2 | 5, M | no", foot=["a Years. b After the drug."])
    assert [header for header, _ in entries(people(made)[0])] == ["Patient", "Age, sex", "Relapse"]


def test_of_several_episodes_in_rows_of_their_own_the_first_counts():
    table = """
Patient | Age | Episode | Cytopenia | Response
1 | 12 | 1 | AIHA | PR
 | | 2 | ITP | CR
2 | 30 | 1 | ITP | NR
"""
    assert [entries(person)[2:] for person in people(lines(table))] == [
        [("Episode", "1"), ("Cytopenia", "AIHA"), ("Response", "PR")],
        [("Episode", "1"), ("Cytopenia", "ITP"), ("Response", "NR")],
    ]
