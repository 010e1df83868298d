import pytest
from extract_told import case, document, sexes, told, topic, whose

from litreview.extract.people.people import refs
from litreview.extract.people.words import Lexicon, keys, lexicon
from litreview.extract.tables.grid import Entry, Grid, Person
from litreview.model.document import Span
from litreview.model.vocabulary import Entry as VocabularyEntry


@pytest.mark.parametrize(
    ("text", "sex", "age"),
    [
        ("a 9-year-old boy bled", "male", 9),
        ("a 41-year old man bled", "male", 41),
        ("a woman aged 52 bled", "female", 52),
        ("a 63-year-old white man bled", "male", 63),
        ("a six-year-old girl bled", "female", 6),
        ("a three-and-a-half-year-old boy bled", "male", 3.5),
        ("an 18-month-old infant bled", "", 1.5),
        ("this 41-year-old female patient bled", "female", 41),
        ("a man of 61 years bled", "male", 61),
        ("a boy (4 years) bled", "male", 4),
        ("4-yo M, XIAP deficiency", "male", 4),
        ("a 16-year-old with a rash", "", 16),
        ("A 31-Year-Old with a Rash", "", 31),
        ("a male infant bled", "male", None),
        ("an unrelated, 9/10 HLA-matched (DQ mismatch) 22-year-old man gave", "male", 22),
    ],
)
def test_age_and_sex_are_read_from_a_phrase(text, sex, age):
    found = [ref for ref in refs(text, Span(0, len(text)), lexicon(topic()).scan(text), topic()) if ref.introduces]
    assert [(ref.sex, ref.age) for ref in found] == [(sex, pytest.approx(age) if age else None)]


@pytest.mark.parametrize("text", ["female mice, 8 weeks old", "the patient population", "he was 9 months old"])
def test_what_is_no_person_introduces_nobody(text):
    assert not [r for r in refs(text, Span(0, len(text)), lexicon(topic()).scan(text), topic()) if r.introduces]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:has|have) been", {"has", "hav"}),
        (r"(?:an?\s+)?transplant\w*", {"a", "an", "tra"}),
        (r"(?<!as )(?:reported|described) by", {"rep", "des"}),
        (r"\d+ years", set()),
    ],
)
def test_a_pattern_is_looked_up_by_what_it_begins_with(pattern, expected):
    assert keys(pattern) == expected


ONE = [
    "A 7-year-old boy was grafted from a 33-year-old woman. His 12-year-old sister is well. At 6 years he bled.",
    "The patient is a girl. Her brother had died aged 5. In the 4-year-old boy reported by Ames haemolysis recurred.",
    "A 61-year-old teacher, father of two, bled. His daughter, a 28-year-old woman, donated stem cells.",
    "In our patient the variant was found at birth. He was grafted at 2 years. His donor was a 29-year-old man.",
    "A 45-year-old man bled. A 30-year-old unrelated woman donated marrow. This 47-year-old man recovered.",
    "A 45-year-old man bled. In the next bed a 20-year-old girl was pale. He recovered.",
    "A 52-year-old woman, wife of a 60-year-old farmer, bled. Her husband, a 60-year-old man, was well.",
    "Patient 1 was a 30-year-old man. He had been diagnosed as a 12-year-old boy.",
]


@pytest.mark.parametrize("words", ONE)
def test_a_report_on_one_patient_has_one_subject(words):
    assert len(told(case(words)).subjects) == 1


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            [("abstract", "Abstract", "We describe an 8-year-old girl with SLE and a 31-year-old man with CLL.")],
            ["female", "male"],
        ),
        (
            [("abstract", "Abstract", "We treated two boys and a girl aged 11, 4 and 8 years, respectively.")],
            ["male", "male", "female"],
        ),
        (
            [
                ("case", "Cases/Warm haemolysis", "A 34-year-old nurse had SLE. She was pale."),
                ("case", "Cases/Evans syndrome", "The second patient, a man aged 52, had CVID."),
            ],
            ["female", "male"],
        ),
        (
            [("case", "Cases", "Case 1. A 58-year-old man bled. Case 2. A 33-year-old woman bled. She died.")],
            ["male", "female"],
        ),
        ([("case", "Cases", "Patient 1 (47/F) had AIHA. Patient 2 (M, 60 years) had ITP.")], ["female", "male"]),
        (
            [("case", "Cases", "We present 2 cases. A 5-year-old boy bled. He died. A 9-year-old girl bled.")],
            ["male", "female"],
        ),
        ([("results", "Results", "#1, #4 and #5 relapsed, #2 and #3 did not.")], [""] * 5),
        ([("results", "Results", "UPN 117 received four doses and UPN 203 six.")], ["", ""]),
        (
            [("case", "Cases", "Case 1. A 30-year-old clerk bled. She was pale. Case 2. A man bled.")],
            ["female", "male"],
        ),
        ([("case", "Cases", "A 6-year-old boy bled. Another child's vial was shared. He recovered.")], ["male"]),
        (
            [
                ("abstract", "Abstract", "We saw a boy and a girl."),
                ("case", "Cases/Patient 1", "A 4-year-old boy bled. He died."),
                ("case", "Cases/Patient 2", "She was pale. The 5-year-old girl recovered."),
            ],
            ["male", "female"],
        ),
    ],
    ids=[
        "listed",
        "cast",
        "sections",
        "run-in",
        "codes",
        "announced",
        "hashes",
        "upn",
        "she",
        "others",
        "abstract-body",
    ],
)
def test_every_patient_is_counted_once(parts, expected):
    assert sexes(told(document(*parts))) == expected


@pytest.mark.parametrize(
    "parts",
    [
        [("abstract", "Abstract", "Forty-two patients were enrolled. One 34-year-old woman died.")],
        [("abstract", "Abstract", "Prednisolone is recommended in adults. The patient should be monitored.")],
        [
            ("title", "", "Plasma cells: a narrative review"),
            ("abstract", "Abstract", "We present no patients of our own."),
            ("other", "Experience", "A 58-year-old man stopped transfusions,1 whereas a woman did not.2"),
        ],
        [("abstract", "Abstract", "Female mice, 8 weeks old, received the antibody. Two animals died.")],
        [("abstract", "Abstract", "The P2 promoter was silent (P1 = 0.3). P2 was cloned.")],
    ],
    ids=["trial", "guideline", "review", "mice", "promoter"],
)
def test_a_report_without_individuals_has_no_subject(parts):
    assert told(document(*parts)).subjects == ()


def person(label: str, age_and_sex: str, cites: str = "") -> Person:
    return Person(label, Span(0, 1), (Entry("Age/sex", (), age_and_sex, Span(0, 1)),), cites)


def test_rows_without_labels_in_the_text_are_the_patients():
    grid = Grid(0, (person("1", "4/M"), person("2", "13/F"), person("3", "9/M")))
    answer = told(document(("results", "Results", "Table 1 shows three patients.")), (grid,))
    assert sexes(answer) == ["male", "female", "male"]
    assert [(row.row, row.patient) for row in answer.rows] == [(0, 0), (1, 1), (2, 2)]


def test_rows_go_to_the_labels_of_the_text():
    grid = Grid(0, (person("Patient 2", "13/F"), person("Patient 1", "4/M")))
    answer = told(document(("results", "Results", "P1 died. P1 and P2 had fever. P2 recovered.")), (grid,))
    assert [(row.row, row.patient) for row in answer.rows] == [(0, 1), (1, 0)]


def test_rows_go_to_unlabelled_patients_by_age_and_sex():
    grid = Grid(0, (person("a", "31/M"), person("b", "8/F"), person("c", "70/F")))
    text = "We describe an 8-year-old girl with SLE and a 31-year-old man with CLL."
    answer = told(document(("abstract", "Abstract", text)), (grid,))
    assert (0, 1) in [(row.row, row.patient) for row in answer.rows]


def test_rows_with_a_reference_are_cited_patients_and_the_present_one_is_ours():
    grid = Grid(0, (person("Ames [3]", "31/M", "Ames [3]"), person("Present case", "8/F")))
    answer = told(case("An 8-year-old girl bled. She recovered."), (grid,))
    assert [(s.source, s.citation) for s in answer.subjects] == [("own", ""), ("cited", "Ames [3]")]
    assert [(row.row, row.patient) for row in answer.rows] == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("sentence", "words", "expected"),
    [
        ("Another patient's hemolysis relapsed on day +210.", "relapsed", set()),
        ("The drug was given on day +250 because another child's vial could be shared.", "given", {0}),
    ],
)
def test_somebody_else_is_told_of_only_where_a_sentence_begins_with_them(sentence, words, expected):
    given = document(
        ("case", "Case", "A 40-year-old man had AIHA after HSCT. He recovered."), ("case", "Case", sentence)
    )

    assert set(whose(given, told(given), words)) == expected


def test_a_word_that_is_spelled_like_an_acronym_is_none():
    words = topic().vocabularies["literature"]
    added = words.model_copy(update={"entries": (*words.entries, VocabularyEntry(value="a registry", terms=("MAN",)))})
    known = Lexicon(topic().model_copy(update={"vocabularies": {**topic().vocabularies, "literature": added}}))

    said = [(hit.value, hit.vocabulary) for hit in known.scan("A man of MAN.") if hit.vocabulary == "literature"]

    assert said == [("a registry", "literature")]
