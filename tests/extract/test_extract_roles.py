import pytest
from extract_told import case, document, roles, told, whose

TAKEN_WHOLE = [
    ("The donor was a 33-year-old woman, matched at 10/10 loci", "; the boy is group A.", "donor"),
    ("This time the donor was an unrelated man", "; the graft was marrow.", "donor"),
    ("His elder brother had died at 5 years of age and was diagnosed with SCID post mortem.", "", "relative"),
    ("The mother was identified as a carrier.", "", "relative"),
    ("Family history: elder brother, rheumatoid arthritis; mother, diabetes.", "", "relative"),
    ("One of the patient’s siblings also had the disease and succumbed at the age of 4.", "", "relative"),
    ("Her 12-year-old brother was fully HLA matched and had the same blood group as her.", "", "donor"),
    ("His only sibling, a 17-year-old sister, was HLA haploidentical and declined donation.", "", "relative"),
    ("In this setting, the father served as haploidentical donor.", "", "donor"),
    ("Donor: B positive", ".", "donor"),
]


@pytest.mark.parametrize(("words", "rest", "role"), TAKEN_WHOLE, ids=[words[:24] for words, _, _ in TAKEN_WHOLE])
def test_a_clause_about_a_relative_or_donor_is_theirs(words, rest, role):
    given = case(f"A 7-year-old boy was pale. {words}{rest}")
    assert [(found, stretch.rstrip("; ")) for found, stretch in roles(given, told(given))] == [(role, words)]


@pytest.mark.parametrize(
    ("sentence", "role", "stretch"),
    [
        (
            "He was grafted from a 9/10 HLA-matched unrelated male donor.",
            "donor",
            "a 9/10 HLA-matched unrelated male donor",
        ),
        ("HSCT was done from his father aged 55 years using PBSC.", "donor", "father aged 55 years"),
        ("He was grafted from a 29-year-old woman after busulfan.", "donor", "a 29-year-old woman"),
        ("He, like his 49-year-old brother with CVID, was well.", "relative", "49-year-old brother with CVID"),
        ("He was born to consanguineous parents with asthma.", "relative", "consanguineous parents"),
        ("At 45 years HSCT was done from a woman of 30 years.", "donor", "a woman of 30 years"),
        ("Recipient blood type was A+, donor O−.", "donor", "donor O−"),
        ("Mother and son are group O.", "relative", "Mother"),
        ("The recipient typed as B and the donor as A.", "donor", "the donor as A."),
        (
            "A boy, whose brother had died of it, developed AIHA at the age of 7.",
            "relative",
            "brother had died of it",
        ),
        ("We heard that the donor, now 31 years old, had thyroiditis.", "donor", "the donor, now 31 years old"),
        ("As no matched sibling was available, he was given cord blood.", "other_patient", "no matched sibling"),
    ],
    ids=lambda value: value[:30],
)
def test_a_phrase_about_a_relative_or_donor_is_theirs(sentence, role, stretch):
    given = case(f"A 7-year-old boy was pale. {sentence}")
    assert roles(given, told(given)) == [(role, stretch)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Donor chimerism was 100% donor in all lineages.",
        "He had donor-specific antibodies and got two donor lymphocyte infusions.",
        "He is the second son of healthy people.",
        "A 61-year-old teacher, father of two, was pale.",
    ],
)
def test_words_that_only_sound_like_kin_are_the_patients(sentence):
    given = case(sentence)
    assert roles(given, told(given)) == []


def test_a_relative_who_donated_is_the_donor_later():
    given = case("A 7-year-old boy was grafted from his haploidentical mother. The mother was group A.")
    assert roles(given, told(given))[1] == ("donor", "The mother was group A.")


def test_a_pronoun_of_the_other_sex_goes_on_about_the_donor():
    given = case("A 7-year-old boy was grafted. The donor was a 22-year-old woman. She was group A. He was group O.")
    assert roles(given, told(given)) == [
        ("donor", "The donor was a 22-year-old woman."),
        ("donor", "She was group A."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Oduya and colleagues treated an 8-year-old girl, who recovered [3].",
        "In the girl reported by Oduya haemolysis recurred at nine months [3].",
        "In the case of Oduya et al., a 60-year-old man, counts normalised.",
        "The same failed in an older child elsewhere (personal communication).",
        "Of the 11 patients in the literature, 7 responded.",
        "Rescue with bortezomib has been described [4].",
    ],
    ids=lambda value: value[:24],
)
@pytest.mark.parametrize("section", ["case", "discussion"])
def test_other_papers_patients_are_in_no_segment(section, sentence):
    given = document(("case", "Case", "A 7-year-old boy was pale."), (section, "Part", sentence))
    answer = told(given)
    assert len(answer.subjects) == 1
    assert whose(given, answer, sentence) == set()


def test_a_method_that_is_cited_is_told_of_the_patient():
    given = case("A 7-year-old boy was conditioned according to the protocol of Oduya et al. with busulfan.")
    assert whose(given, told(given), "with busulfan") == {0}


@pytest.mark.parametrize("date", ["2017", "8/2019", "03.2018", "March 2020", "12-2016"])
def test_a_date_of_presentation_is_no_citation(date):
    given = case(f"A 61-year-old woman presented in {date} with bleeding.")
    assert len(told(given).subjects) == 1
