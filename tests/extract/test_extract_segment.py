import pytest
from extract_told import assignments, case, document, roles, sexes, told, whose

LETTER = (
    ("other", "", "To the Editor: Thrombocytopenia after transplantation is rare."),
    ("other", "", "We saw a 17-year-old with anemia. On day +60 her platelets fell. Prednisone failed."),
    ("other", "", "The antibody was given weekly. She is well."),
    ("other", "", "Oduya et al. treated a 61-year-old man [4]. A 5-year-old girl died [5]. In our patient it lasted."),
)
TWO = "Patient 1, a 9-year-old boy, had AIHA. Patient 2, a 4-year-old girl, had ITP. "
FOUR = "Patients 1, 2, 3 and 4 were treated. "


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            [
                ("title", "", "Rescue of a boy"),
                (
                    "abstract",
                    "Abstract",
                    "Haemolysis is feared. A boy was pale. Rituximab failed. We conclude that it works.",
                ),
                ("introduction", "Introduction", "Between 2% and 6% of children are affected [1]."),
                ("case", "Case", "The patient is a boy. Rituximab achieved nothing. SCID is a rare disorder [2]."),
                (
                    "discussion",
                    "Discussion",
                    "Rituximab is slow. In our patient it lasted. He recovered. Trials are needed.",
                ),
            ],
            [
                ("Rescue of a boy", {0}),
                ("Haemolysis is feared.", set()),
                ("Rituximab failed.", {0}),
                ("We conclude that it works.", set()),
                ("Between 2% and 6%", set()),
                ("Rituximab achieved nothing.", {0}),
                ("SCID is a rare disorder", set()),
                ("Rituximab is slow.", set()),
                ("it lasted.", {0}),
                ("He recovered.", {0}),
                ("Trials are needed.", set()),
            ],
        ),
        (
            LETTER,
            [
                ("is rare", set()),
                ("Prednisone failed.", {0}),
                ("The antibody was given weekly.", {0}),
                ("61-year-old man", set()),
                ("A 5-year-old girl died", set()),
                ("it lasted.", {0}),
            ],
        ),
        (
            [
                ("case", "Cases/Patient 1", "A boy bled. Steroids failed."),
                ("case", "Cases/Patient 1", "Rituximab failed."),
                ("case", "Cases/Patient 2", "A girl bled. The same regimen as in patient 1 was used. IVIG failed."),
                ("caption", "Cases", "Figure 1. Counts in patient 2."),
                ("caption", "Cases", "Figure 2. Arrows mark infusions."),
                ("results", "Review of literature", "Including our patients 1 and 2, four of twelve patients died."),
                ("discussion", "Discussion", "Patient 1 was pale. It is known that IgG falls."),
            ],
            [
                ("Steroids failed.", {0}),
                ("Rituximab failed.", {0}),
                ("The same regimen as in patient 1", {1}),
                ("IVIG failed.", {1}),
                ("Counts in patient 2.", {1}),
                ("Arrows mark", set()),
                ("four of twelve", set()),
                ("was pale", {0}),
                ("It is known", set()),
            ],
        ),
    ],
    ids=["one-patient", "letter", "two-patients"],
)
def test_sections_are_told_of_whom_they_are_about(parts, expected):
    assert assignments(document(*parts), expected) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (TWO + "The girl attained CR; the man-like boy had PR.", [("attained CR", {1}), ("had PR", {0})]),
        (TWO + "P1 responded, whereas P2 did not.", [("responded", {0}), ("did not", {1})]),
        (TWO + "The boy's counts rose. He was well.", [("counts rose", {0}), ("He was well", {0})]),
        (TWO + "He was well.", [("He was well", {0})]),
        (TWO + "The second patient died.", [("died", {1})]),
        (TWO + "The former recovered, the latter died.", [("recovered", {0}), ("latter died", {1})]),
        (TWO + "The younger patient died.", [("died", {1})]),
        (TWO + "The 9-year-old recovered.", [("recovered", {0})]),
        (TWO + "Both patients had failed rituximab.", [("failed rituximab", {0, 1})]),
        (TWO + "Neither patient 1 nor patient 2 relapsed.", [("relapsed", {0, 1})]),
        (TWO + "Both are alive.", [("alive", {0, 1})]),
        (TWO + "IVIG was stopped in both.", [("stopped", {0, 1})]),
        (TWO + "In contrast to patient 1, patient 2 relapsed.", [("relapsed", {1})]),
        (TWO + "Response rates were 50% and 60%, respectively.", [("50%", set()), ("60%", set())]),
        (TWO + "One of the patients relapsed.", [("relapsed", set())]),
        (TWO + "P1 had AIHA and ITP on days +58 and +83, respectively.", [("+58", {0}), ("+83", {0})]),
        (
            TWO + "Patients 1 and 2 got four and six doses of 16 and 8 mg/kg, respectively.",
            [("four", {0}), ("six", {1}), ("16", {0}), ("8 mg", {1})],
        ),
        (TWO + "Both patients recovered after two and three doses, respectively.", [("two", {0}), ("three", {1})]),
        (
            TWO + "Patients 1 and 2 had rhinovirus and adenovirus infections, respectively.",
            [("rhinovirus", {0}), ("adenovirus", {1})],
        ),
        (FOUR + "Chimerism was 100% in patients 2 and 4 and 94% in patient 1.", [("100%", {1, 3}), ("94%", {0})]),
        (
            FOUR + "CR was seen in #1 and #2, PR in #3 and none in #4.",
            [("CR was", {0, 1}), ("PR in", {2}), ("none in", {3})],
        ),
        (TWO + "In case 1, counts rose, but case 2 needed six doses.", [("counts rose", {0}), ("six", {1})]),
        (FOUR + "Ten adults improved; patients 2 and 4 did not.", [("Ten adults", set()), ("did not", {1, 3})]),
        (
            TWO + "Onset was day +30 (patient 1) and day +90 (patient 2).",
            [("Onset was", {0, 1}), ("+30", {0}), ("+90", {1})],
        ),
        (FOUR + "All patients responded.", [("responded", {0, 1, 2, 3})]),
        (FOUR + "No patient died.", [("died", {0, 1, 2, 3})]),
        (FOUR + "All but patient 4 responded.", [("responded", {0, 1, 2})]),
        (FOUR + "All but one responded.", [("responded", set())]),
        (FOUR + "There were no reactions except in patients 1 and 4.", [("no reactions", {1, 2})]),
        (
            FOUR + "No patient but patient 2 had a reaction: he wheezed.",
            [("No patient", {0, 2, 3}), ("had a reaction", {0, 1, 2, 3}), ("he wheezed", {1})],
        ),
        (
            FOUR + "All patients but patient 4 were given infusions; patient 4 received injections.",
            [("given infusions", {0, 1, 2}), ("received injections", {3})],
        ),
        (FOUR + "Patient 2 died. The remaining three patients are alive.", [("are alive", {0, 2, 3})]),
        (FOUR + "All four are alive.", [("alive", {0, 1, 2, 3})]),
        (FOUR + "All three are alive.", [("alive", set())]),
        (FOUR + "The test was positive in patient 3, as it was in patients 1 and 4.", [("positive", {0, 2, 3})]),
        (FOUR + "Responses were seen in 3 of 4 patients, complete in 2.", [("complete", set())]),
        (FOUR + "The first two patients relapsed.", [("relapsed", {0, 1})]),
        (FOUR + "Case 2 had fever, as did case 3.", [("had fever", {1, 2})]),
        (
            TWO + "At last visit, after 13 and 7 months, respectively, patient 1 was well and patient 2 had died.",
            [("13", {0}), ("7 months", {1}), ("was well", {0}), ("had died", {1})],
        ),
        (
            TWO + "Chimerism was full on day +30 in patient 1, and 6% recipient cells were found in patient 2.",
            [("full", {0}), ("6%", {1})],
        ),
        (FOUR + "In the only one with neutropenia (patient 3), counts rose.", [("counts rose", {2})]),
    ],
    ids=lambda value: value[-48:] if isinstance(value, str) else "",
)
def test_a_statement_goes_to_the_patients_it_is_about(words, expected):
    assert assignments(document(("results", "Results", words)), expected) == expected


def test_phrases_in_order_share_their_lists():
    given = document(
        (
            "abstract",
            "Abstract",
            "We describe a girl with SLE (AIHA, day +75) and a man with CLL (ITP, day +190), in whom two and three "
            "doses, respectively, were given. The girl recovered; the man died.",
        )
    )
    expected = [("day +75", {0}), ("day +190", {1}), ("two", {0}), ("three", {1}), ("recovered", {0}), ("died", {1})]
    assert assignments(given, expected) == expected


def test_a_cast_shares_ages_and_lists():
    text = "We treated two boys and a girl aged 11, 4 and 8 years, respectively, with AIHA on days +30, +60 and +90."
    given = document(("abstract", "Abstract", text))
    expected = [("11", {0}), (" 4 ", {1}), ("8 years", {2}), ("two boys", {0, 1}), ("a girl", {2}), ("+60", {1})]
    assert assignments(given, expected) == expected


def test_letters_alone_are_patients_where_patients_have_letters():
    given = document(
        ("results", "Results", "Pt A: 4-yo M. Pt B: 13-yo F. Pt C: 17-yo F. IgG replacement: A and B, not C.")
    )
    answer = told(given)
    assert whose(given, answer, "A and B") == {0, 1}
    assert whose(given, answer, "not C") == {2}


def test_a_patient_of_an_earlier_report_of_ours_is_ours():
    given = document(
        ("other", "", "We previously described in this journal a boy with SCID who recovered [1]. He remained well."),
        ("other", "", "The recurrence recalls the relapse of the girl described by Oduya et al. [2]."),
    )
    answer = told(given)
    assert whose(given, answer, "He remained well.") == {0}
    assert whose(given, answer, "The recurrence") == set()


def test_a_carried_sentence_is_not_explicit():
    given = case("A 7-year-old boy was pale. Rituximab failed.")
    assert [segment.explicit for segment in told(given).segments] == [True, False]


@pytest.mark.parametrize(
    ("methods", "words", "expected"),
    [
        ("None of the patients had been grafted before.", "had been grafted", {0, 1}),
        ("Adults with lymphoma were excluded, and none of the patients had been grafted.", "had been grafted", {0, 1}),
        ("We tell of two patients. Neither had been grafted.", "had been grafted", {0, 1}),
        ("The drug was infused weekly in every patient.", "infused weekly", {0, 1}),
        ("Some of the patients had been grafted.", "had been grafted", set()),
        ("Adults who had been grafted were excluded.", "had been grafted", set()),
    ],
)
def test_a_statement_on_the_whole_group_is_everyones(methods, words, expected):
    given = document(("methods", "Methods", methods), ("case", "Cases", TWO))
    assert whose(given, told(given), words) == expected


def test_a_letter_comes_back_to_its_patient_after_a_paragraph_on_others():
    given = document(
        ("other", "", "To the Editor: We report a man with ITP. He bled."),
        ("other", "", "In most patients prednisone is enough [1]. Rituximab is slow."),
        ("other", "", "He was given romiplostim first. Eltrombopag was no better."),
        ("other", "", "Two groups have used bortezomib [2]. Its price is high."),
    )
    expected = [
        ("He bled.", {0}),
        ("Rituximab is slow.", set()),
        ("romiplostim first", {0}),
        ("Eltrombopag was no better.", {0}),
        ("used bortezomib", set()),
        ("Its price is high.", set()),
    ]
    assert assignments(given, expected) == expected


@pytest.mark.parametrize("name", ["Mr L.", "Mr. Osei", "Mister T.", "Mr B.-K."])
def test_a_name_in_a_letter_is_the_patient(name):
    given = document(
        ("other", "", "To the Editor: A man was transfused for a year. Others have waited longer [1]."),
        ("other", "", f"{name}, retired, had myelofibrosis treated by ruxolitinib. Splenic irradiation followed."),
    )
    expected = [("had myelofibrosis", {0}), ("Splenic irradiation followed.", {0})]
    assert assignments(given, expected) == expected


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("Three adults received daratumumab.", {0, 1, 2}),
        ("Three children with AIHA had been given IVIG.", {0, 1, 2}),
        ("In a previous series, three adults received daratumumab [4].", set()),
        ("Seven adults received daratumumab.", set()),
    ],
)
def test_an_abstract_that_counts_as_many_as_are_told_of_tells_of_all(words, whom):
    given = document(("abstract", "Abstract", words), ("case", "Cases", FOUR.replace("2, 3 and 4", "2 and 3")))
    answer = told(given)
    assert whose(given, answer, words.split()[-2]) == whom


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("He was treated by splenectomy.", {0}),
        ("A woman treated by Okafor and colleagues died.", set()),
        ("Relapse was treated by another team with bortezomib.", set()),
    ],
)
def test_treated_by_tells_of_others_where_people_follow(words, whom):
    given = case(f"A 40-year-old man had ITP. {words}")
    assert whose(given, told(given), words.split()[-1]) == whom


@pytest.mark.parametrize(
    "words",
    [
        "Considering the experience of Patient 1, she was given daratumumab.",
        "Encouraged by the good result in Patient 1, we gave her daratumumab.",
        "In view of the outcome of Patient 1, daratumumab was begun early.",
    ],
)
def test_a_patient_who_only_taught_something_is_not_told_of(words):
    given = document(
        ("case", "Cases", "Patient 1, a 9-year-old boy, had AIHA."),
        ("case", "Cases", f"Patient 2 was a girl of 4 years with ITP. {words}"),
    )
    last = words.rstrip(".").split(", ")[1]
    assert whose(given, told(given), last) == {1}


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("IgG fell in patients 1 and 3, of whom only the latter had infections.", {2}),
        ("IgG fell in patients 1 and 3, of whom the former had infections.", {0}),
        ("IgG fell in patients 1 and 3, and the latter had infections.", {2}),
        ("Patients 1 and 3 had steroids and IVIG, and the latter was stopped for infections.", {0, 2}),
        ("IgG fell in patients 1 and 3, of whom one had infections.", set()),
        ("IgG fell in patients 1 and 3, both of whom had infections.", {0, 2}),
    ],
)
def test_of_whom_tells_of_the_one_that_is_meant(words, whom):
    given = case(FOUR + words)
    assert whose(given, told(given), "infections") == whom


def test_a_relative_who_had_died_is_told_of_apart():
    given = case("A woman had AIHA. She declined splenectomy, her mother having died of sepsis after the operation.")
    answer = told(given)
    assert whose(given, answer, "declined splenectomy") == {0}
    assert ("relative", "her mother having died of sepsis after the operation.") in roles(given, answer)


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("Two patients with refractory anemia were treated.", {0, 1}),
        ("Characteristics of the two patients who were treated.", {0, 1}),
        ("None of the two patients was treated.", {0, 1}),
        ("One of the two patients was treated.", set()),
        ("Three patients with refractory anemia were treated.", set()),
        ("Two patients with refractory anemia were treated by Oduya et al. [4].", set()),
        ("Patients with refractory anemia are rarely treated.", set()),
    ],
)
def test_as_many_patients_with_something_as_are_told_of_are_all_of_them(words, whom):
    given = document(("case", "Cases", f"{words} {TWO}"))
    assert whose(given, told(given), words.split()[-1]) == whom


@pytest.mark.parametrize(
    ("words", "said", "whom"),
    [
        ("Patient 1 got one dose; the remaining three got four.", "got four", {1, 2, 3}),
        ("Patient 1 had a rash, patient 2 fever; the remaining two tolerated it.", "tolerated", {2, 3}),
        ("Patient 1 had a rash; the remaining two doses were tolerated.", "doses were", {0}),
        ("Platelets normalized in all (complete response).", "normalized", {0, 1, 2, 3}),
    ],
)
def test_those_who_are_left_need_no_noun(words, said, whom):
    given = case(FOUR + words)
    assert whose(given, told(given), said) == whom


def test_the_other_eleven_are_not_the_one_who_is_told_of():
    given = case(
        "One of them, a 17-year-old girl, had the drug. The other eleven responded to it, and three died. She is well."
    )
    answer = told(given)
    assert whose(given, answer, "three died") == set()
    assert whose(given, answer, "She is well") == {0}


@pytest.mark.parametrize(
    ("words", "said", "whom"),
    [
        ("It was begun on day 160 in the former and on day 98 in the latter.", "day 98", {1}),
        ("It was given to both. The latter died.", "died", {1}),
    ],
)
def test_former_and_latter_are_the_two_who_are_told_of(words, said, whom):
    given = case(f"A 14-year-old boy and a 9-year-old girl had ITP. {words}")
    assert whose(given, told(given), said) == whom


def test_ordinals_without_a_noun_bring_in_the_next_patient():
    given = case(
        "The drug was used in three children. The first child, a 7-year-old girl, responded. The second, a 9-year-old "
        "girl, relapsed. The third was a 4-year-old boy who died. All three had failed steroids."
    )
    answer = told(given)
    assert sexes(answer) == ["female", "female", "male"]
    assert [whose(given, answer, words) for words in ("relapsed", "died", "failed")] == [{1}, {2}, {0, 1, 2}]


def test_labels_of_another_paper_are_no_patients_of_this_one():
    given = document(
        ("case", "Case report", "A 6-month-old boy with SCID was given the drug."),
        ("other", "Comparison", "In the series of Driouk et al., patient 2 died and patient 3 relapsed."),
    )
    assert sexes(told(given)) == ["male"]


def test_letters_beside_labels_are_patients():
    given = case(
        "Patients A, B, C and D were treated. Patient A was 60 and patient D 67 years old; B and C were women."
    )
    assert whose(given, told(given), "women") == {1, 2}


def test_what_a_response_means_is_told_of_nobody():
    given = case(TWO + "Response criteria of the two patients were as follows: CR, platelets above 100. Both are well.")
    assert whose(given, told(given), "platelets above") == set()


@pytest.mark.parametrize(
    ("words", "said", "whom"),
    [
        ("Patients 1 to 4 were 2, 5, 7 and 12 years old.", "7", {2}),
        ("All were aged 2, 5, 7 and 12 years.", "12", {3}),
        ("All four were treated on days 2, 5, 7 and 12.", "12", {0, 1, 2, 3}),
        ("Patients 1 to 4 received 2, 5 and 7 doses.", "7", {0, 1, 2, 3}),
    ],
)
def test_as_many_numbers_as_patients_are_one_each(words, said, whom):
    given = case(FOUR + words)
    assert whose(given, told(given), said) == whom


def test_each_alone_is_everybody():
    given = case(TWO + "Each received the antibody.")
    assert whose(given, told(given), "the antibody") == {0, 1}


def test_two_of_them_are_not_the_only_patient():
    given = document(
        ("case", "Case", "We saw a 7-year-old girl with AIHA. Five more were described by others; two of them died."),
    )
    answer = told(given)
    assert whose(given, answer, "two of them died") == set()


def test_a_range_of_letters_in_brackets_names_the_patients():
    given = case("Four patients (A-D) were treated. Patient B died, and patient D relapsed.")
    assert len(sexes(told(given))) == 4
