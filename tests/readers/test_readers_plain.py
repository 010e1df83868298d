"""Plain text: what pdftotext makes of a paper, and what people type."""

# ruff: noqa: E501 - samples of markup and text read best on one line

from pathlib import Path

import pytest

from litreview.readers.plain_columns import unweave
from litreview.readers.plain_words import Words


def running(document):
    return [document[span] for span in document.paragraphs]


def outline(document):
    return [(section.kind, section.path) for section in document.sections]


BODY = """A rare cause of bleeding in a girl with a fictional syndrome

Abstract
Background: Bleeding is rare after a graft of this kind and is seldom told.
Case presentation: Patient 1, a girl, bled for weeks and was given much.
(Continued on next page)

* Correspondence: doe@example.org
1
Department of Blood, Clinic of Nowhere, Nowhere Town
© The Author(s). 2021 Open Access This article is licensed under a licence

Doe et al. Annals of Fiction

(2021) 8:5

Page 2 of 7

(Continued from previous page)

Conclusion: Think of it when the count has fallen without any other reason.
Keywords: Bleeding, Graft

Case presentations
Patient 1

Patient 1 is a girl who underwent trans-
plantation for a long-term disease and was trans-
planted again. Anti-
CD20 antibodies were given, 375 mg/
m2 each, and the count rose. A transplantation of this kind is long-
term work.
Two weeks later, the platelet count fell and the

Fig. 1 Course of the platelet count in patient 1 (a) and patient 2 (b)

bone marrow was examined. It was normal.
Patient 2

Patient 2 was a boy. He had no signs of the disease in the first weeks.

Discussion
This is discussed at length here, and it does not end before the table

Table 1 Both patients

Abbreviations: AIC Immune cytopenia, Hb
Hemoglobin
*
At entry
$$
not known

has been shown to the reader.

References
1. Doe A. A tale. Ann Fict 2011;1:1-2.
"""


def test_a_paper_from_a_pdf_is_a_clean_document(read_one):
    record, document = read_one(BODY, "doe.txt")
    assert record.title == "A rare cause of bleeding in a girl with a fictional syndrome"
    assert record.keywords == ("Bleeding", "Graft")
    assert outline(document) == [
        ("title", ()),
        ("abstract", ("Abstract",)),
        ("introduction", ("Abstract", "Background:")),
        ("case", ("Abstract", "Case presentation:")),
        ("discussion", ("Abstract", "Conclusion:")),
        ("case", ("Case presentations",)),
        ("case", ("Case presentations", "Patient 1")),
        ("caption", ("Case presentations", "Patient 1", "Fig. 1")),
        ("case", ("Case presentations", "Patient 2")),
        ("discussion", ("Discussion",)),
        ("caption", ("Discussion", "Table 1")),
        ("back", ("References",)),
    ]
    assert running(document) == [
        "A rare cause of bleeding in a girl with a fictional syndrome",
        "Bleeding is rare after a graft of this kind and is seldom told.",
        "Patient 1, a girl, bled for weeks and was given much.",
        "Think of it when the count has fallen without any other reason.",
        "Patient 1 is a girl who underwent transplantation for a long-term disease and was transplanted again. "
        "Anti-CD20 antibodies were given, 375 mg/m2 each, and the count rose. A transplantation of this kind is "
        "long-term work.",
        "Two weeks later, the platelet count fell and the bone marrow was examined. It was normal.",
        "Course of the platelet count in patient 1 (a) and patient 2 (b)",
        "Patient 2 was a boy. He had no signs of the disease in the first weeks.",
        "This is discussed at length here, and it does not end before the table has been shown to the reader.",
        "Both patients",
        "Abbreviations: AIC Immune cytopenia, Hb Hemoglobin",
        "* At entry",
        "$$ not known",
    ]


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "joined"),
    [
        ("trans-", "plant", "", "transplant"),
        ("the long-", "term use", "long-term", "the long-term use"),
        ("non-", "relapse", "nonrelapse", "nonrelapse"),
        ("anti-", "CD38", "", "anti-CD38"),
        ("B-", "cell", "", "B-cell"),
        ("CD19-", "negative", "", "CD19-negative"),
        ("red-", "cell", "a red thing and a cell here", "red-cell"),
        ("with-", "out", "it is with this out there", "without"),
        ("allo-", "or auto", "", "allo- or auto"),
        ("5.000/", "μl", "", "5.000/μl"),
        ("(n=", "2)", "", "(n=2)"),
        ("2–", "9", "", "2–9"),
        ("soft\u00ad", "ened", "", "softened"),
        ("two", "words", "", "two words"),
    ],
)
def test_hyphens_at_line_ends_go_unless_they_are_the_words_own(before, after, elsewhere, joined):
    assert Words.of([f"x {elsewhere} x"]).join([before, after]) == joined


LAYOUT = """Ann Fict Med (2020) 3:14                                                    Page 1 of 2

               A fictional rescue of red cell aplasia after a graft
                        A. Doe1, B. Roe2 and C. Poe1,*

Abstract
We treated one patient with the antibody and observed a complete response within a month.

1 Introduction                                  On day +40 the reticulocyte count was still nil
Red cell aplasia is a rare complication of      and a marrow aspirate confirmed the absence of
mismatched grafts. It tends to resolve when     erythroid precursors. A drug was given with-
host plasma cells vanish, although some pa-     out effect. The antibody was started on day +96
tients depend on transfusion for years.         at 10 mg/kg weekly for four doses.

2 Case report                                   3 Discussion
A 44-year-old woman received marrow from a      This course suggests that long-lived plasma
7/8 matched donor. Her disease was a mye-       cells sustain the aplasia, and that they may be
lodysplastic syndrome in first remission.       removed by the antibody.

Table 1 Course of blood counts

Day           Hb (g/L)       Reticulocytes     Transfusions
+40           61             0                 yes
+96           58                               yes
+124          101            44                no

Hb, hemoglobin.
"""


def test_two_columns_are_read_one_after_the_other(read_one):
    record, document = read_one(LAYOUT)
    assert record.title == "A fictional rescue of red cell aplasia after a graft"
    assert running(document)[1:] == [
        "We treated one patient with the antibody and observed a complete response within a month.",
        "Red cell aplasia is a rare complication of mismatched grafts. It tends to resolve when host plasma cells vanish, "
        "although some patients depend on transfusion for years.",
        "A 44-year-old woman received marrow from a 7/8 matched donor. Her disease was a myelodysplastic syndrome in first "
        "remission.",
        "On day +40 the reticulocyte count was still nil and a marrow aspirate confirmed the absence of erythroid "
        "precursors. A drug was given without effect. The antibody was started on day +96 at 10 mg/kg weekly for four doses.",
        "This course suggests that long-lived plasma cells sustain the aplasia, and that they may be removed by the antibody.",
    ]


def test_a_table_kept_by_alignment_is_a_table(read_one):
    _, document = read_one(LAYOUT)
    (table,) = document.tables
    assert (table.label, document[table.caption], [document[foot] for foot in table.foot]) == (
        "Table 1",
        "Course of blood counts",
        ["Hb, hemoglobin."],
    )
    rows = [[document[cell.span] for cell in table.cells if cell.row == row] for row in range(4)]
    assert rows[0] == ["Day", "Hb (g/L)", "Reticulocytes", "Transfusions"]
    assert rows[2] == ["+96", "58", "", "yes"]
    assert [cell.header for cell in table.cells[:5]] == [True, True, True, True, False]


def test_one_column_is_left_alone():
    rows = ["One line of running text that is long.", "And another one  with a gap."]
    assert unweave(rows) == [(row, False) for row in rows]


@pytest.mark.parametrize(
    "head",
    [
        "Doe et al. Annals of Fiction",
        "M. Doe et al. / Annals Fict Med 27 (2021) 688–691        689",
        "Doe-Roe N, et al. Ann Fict Med 2021;8:140–144. doi:10.5555/afm.1",
        "Page 3 of 9",
        "(2019) 3:14",
        "https://doi.org/10.5555/x",
        "Downloaded from the site by a guest",
    ],
)
def test_page_furniture_inside_a_sentence_is_taken_out(read_one, head):
    _, document = read_one(
        f"Case report\n\nThe patient was given the drug and the count of\n\n{head}\n\nplatelets rose within days.\n"
    )
    assert running(document) == ["The patient was given the drug and the count of platelets rose within days."]


def test_a_sentence_on_other_authors_is_no_furniture(read_one):
    told = "Doe et al. treated two men in 2019, with 3–4 doses each."
    _, document = read_one(f"Case report\n\nThe platelets rose.\n\n{told}\n\nThey fell again.\n")
    assert told in running(document)


def test_a_line_repeated_on_every_page_is_taken_out(read_one):
    pages = [
        f"Annals of fictional medicine 2020\n\n{n}. The {n} patient was told of on this page and did well.\n\n{n}"
        for n in range(1, 5)
    ]
    _, document = read_one("\f".join(pages))
    assert "Annals" not in document.text
    assert "The 3 patient" in document.text


def test_a_short_note_without_headings_or_title_is_read(read_one):
    record, document = read_one("the boy was given two doses and recovered.\n", "note-7.txt")
    assert record.title == "note-7"
    assert running(document) == ["the boy was given two doses and recovered."]
    assert document.kind == "fulltext"


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("Journal of Invented Medicine 2021; 5: 61-62", id="year, volume, pages"),
        pytest.param("Journal of Invented Medicine (2021) 5:61-62", id="year in brackets"),
        pytest.param("Invented Medicine, Vol. 12, pp. 3-9", id="volume and pages"),
        pytest.param("CASE REPORT", id="kind of article"),
    ],
)
def test_what_a_journal_prints_above_the_title_is_not_the_title(read_one, above):
    text = (
        "Two boys bled for a week after a fall from a tree and recovered without any treatment, as their sister had. "
        * 3
    )
    record, _ = read_one(f"{above}\n\nA rare cause of bleeding in two boys\n\n{text}\n")
    assert record.title == "A rare cause of bleeding in two boys"


def test_patients_named_at_the_start_of_a_paragraph_open_sections(read_one):
    _, document = read_one(
        "Letter about two patients with a rare disease\n\nCase 1. A 58-year-old man bled and was treated for it.\n\n"
        "Case 2: A woman did not bleed and was not treated for it.\n"
    )
    assert outline(document)[1:] == [("case", ("Case 1",)), ("case", ("Case 2:",))]


def test_an_abstract_alone_is_an_abstract(read_one):
    record, document = read_one(
        "A title of some length\n\nAbstract\nWe treated one patient, who recovered within weeks.\n"
    )
    assert (document.kind, record.abstract) == ("abstract", "We treated one patient, who recovered within weeks.")


def test_the_papers_own_doi_is_found_and_a_cited_one_is_not(read_one):
    top = "A title of some length\n\nhttps://doi.org/10.5555/Own.7\n\n"
    text = "We treated one patient, who recovered within weeks. " * 100 + "\n\nReferences\n1. Doe. doi: 10.5555/cited\n"
    assert read_one(top + text)[0].doi == "10.5555/own.7"
    assert read_one("A title of some length\n\n" + text)[0].doi is None


SEED = Path(__file__).parents[3] / "shared" / "seeds" / "driouk-2021.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the published example paper is not beside this checkout")
def test_a_published_paper_is_read_whole(read_one):
    _, document = read_one(SEED.read_bytes(), SEED.name)
    tops = [(s.kind, s.path) for s in document.sections if len(s.path) == 1]
    assert tops == [
        ("abstract", ("Abstract",)),
        ("case", ("Case presentations",)),
        ("discussion", ("Review of literature",)),
        ("discussion", ("Discussion and conclusions",)),
    ]
    text = running(document)
    assert any("4 administrations, the girl’s platelet count rose rapidly" in paragraph for paragraph in text)
    assert any("outcome measures were defined differently" in paragraph for paragraph in text)
    assert any("hydroxychloroquine since the age of 8 years, and intermittent" in paragraph for paragraph in text)
    captions = [document[p] for p in document.paragraphs if document.section_at(p.start).kind == "caption"]
    assert len(captions) == 10
    assert not any(
        word in document.text for word in ("Page 2 of 7", "Continued on", "Correspondence", "et al. Molecular")
    )


def grid_of(document):
    (table,) = document.tables
    rows = [[""] * (1 + max(cell.column for cell in table.cells)) for _ in range(1 + max(c.row for c in table.cells))]
    for cell in table.cells:
        rows[cell.row][cell.column] = document[cell.span]
    return rows


def test_a_stub_on_several_lines_is_one_row_of_an_aligned_table(read_one):
    _, document = read_one(
        "A report of two patients\n\nTable 1. Course\n\n"
        "Characteristic          Patient 1         Patient 2\n"
        "Underlying disease      Sickle cell       Hurler\n"
        "                        disease           syndrome\n"
        "Onset of anemia, days   151               97\n"
        "post transplant\n"
        "Treatment before        Steroids, IVIG,   Prednisone,\n"
        "the antibody            rituximab x4,     sirolimus\n"
        "                        bortezomib\n"
        "Response                CR                no\n"
        "Status                  Alive, without\n"
        "                        drugs\n\n"
        "CR, complete response; IVIG, immunoglobulins.\n"
    )
    assert grid_of(document) == [
        ["Characteristic", "Patient 1", "Patient 2"],
        ["Underlying disease", "Sickle cell disease", "Hurler syndrome"],
        ["Onset of anemia, days post transplant", "151", "97"],
        ["Treatment before the antibody", "Steroids, IVIG, rituximab x4, bortezomib", "Prednisone, sirolimus"],
        ["Response", "CR", "no"],
        ["Status", "Alive, without drugs", ""],
    ]


def test_the_next_patient_of_a_paper_is_a_row_although_its_first_cell_is_blank(read_one):
    _, document = read_one(
        "A report and a review of patients\n\nTable 1. Cases\n\n"
        "Reference      Age/sex   Prior therapy    Doses   Response\n"
        "Okada 2020     8/F       steroids,        4       PR\n"
        "                         rituximab\n"
        "               11/M      steroids         10      NR\n"
        "Present case   34/M      rituximab        8       CR\n"
    )
    assert [row[:3] for row in grid_of(document)[1:]] == [
        ["Okada 2020", "8/F", "steroids, rituximab"],
        ["", "11/M", "steroids"],
        ["Present case", "34/M", "rituximab"],
    ]


def test_blank_lines_part_the_rows_of_a_table_whose_labels_stand_in_their_middle(read_one):
    _, document = read_one(
        "A report of three patients\n\nTable 1. Course\n\n"
        "Patient   Age/sex   Prior therapy      Response\n\n"
        "                    Steroids, IVIG,\n"
        "1         34/F                         CR\n"
        "                    rituximab\n\n"
        "2         51/M      Steroids           NR\n\n"
        "                    Rituximab,\n"
        "3         40/F                         PR\n"
        "                    splenectomy\n"
    )
    assert grid_of(document)[1:] == [
        ["1", "34/F", "Steroids, IVIG, rituximab", "CR"],
        ["2", "51/M", "Steroids", "NR"],
        ["3", "40/F", "Rituximab, splenectomy", "PR"],
    ]
