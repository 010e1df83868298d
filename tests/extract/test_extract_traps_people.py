"""Ways of writing that mislead about whom a statement is: labels, lists, groups, siblings, and look-alikes."""

import pytest
from extract_told import document
from extract_values import cases, found, results, with_abstract

FIVE = "Five patients (#1 to #5) with AIHA after HSCT were treated with daratumumab. "


def check(given, expected):
    assert found(given, *expected) == expected


PARALLEL = [
    pytest.param(
        results("Between 2018 and 2022 we gave two boys and a girl aged 11, 4 and 8 years, respectively, daratumumab."),
        {"age_years": ["11", "4", "8"], "sex": ["male", "male", "female"]},
        id="counted nouns, then ages",
    ),
    pytest.param(
        results("Three children (two girls and one boy; 2, 6 and 13 years old, respectively) received daratumumab."),
        {"age_years": ["2", "6", "13"], "sex": ["female", "female", "male"]},
        id="in brackets",
    ),
    pytest.param(
        results("Patients 1, 2 and 3 were a man, a woman and a girl aged 57, 44 and 9 years, respectively."),
        {"age_years": ["57", "44", "9"], "sex": ["male", "female", "female"]},
        id="labels, nouns, ages",
    ),
    pytest.param(
        results("P1 and P2, both female, were 33 and 61 years old, respectively, when daratumumab was begun for ITP."),
        {"age_years": ["33", "61"], "sex": ["female", "female"]},
        id="a sex for both",
    ),
    pytest.param(
        cases(
            "We describe a woman and a man, 64 and 71 years of age respectively, who were given daratumumab for PRCA."
        ),
        {"age_years": ["64", "71"], "sex": ["female", "male"]},
        id="nouns with articles",
    ),
    pytest.param(
        results("The two patients (female/male, 23 and 37 years, respectively) received daratumumab for AIHA."),
        {"age_years": ["23", "37"], "sex": ["female", "male"]},
        id="sexes with a slash",
    ),
    pytest.param(
        results("Patient 1 and patient 2 were 12 and 15 years of age and were male and female, respectively."),
        {"age_years": ["12", "15"], "sex": ["male", "female"]},
        id="two lists, one closing",
    ),
    pytest.param(
        cases("We report a 6- and a 9-year-old boy with Wiskott-Aldrich syndrome who received daratumumab for AIHA."),
        {"age_years": ["6", "9"], "sex": ["male", "male"]},
        id="ages share their noun",
    ),
    pytest.param(
        results("Two girls aged 2 and 6 years and a 13-year-old boy were treated with daratumumab for ITP after HSCT."),
        {"age_years": ["2", "6", "13"], "sex": ["female", "female", "male"], "cytopenia_type": ["AIT"] * 3},
        id="a list and one alone",
    ),
    pytest.param(
        results("Four adults (three men, one woman) aged 33, 45, 51 and 67 years were given daratumumab for PRCA."),
        {"age_years": ["33", "45", "51", "67"], "sex": ["male"] * 3 + ["female"]},
        id="nouns in brackets before the ages",
    ),
    pytest.param(
        results("After HSCT, UPN 88, UPN 102 and UPN 131 developed AIHA on days 30, 64 and 210, respectively."),
        {"cytopenia_onset_day": ["30", "64", "210"]},
        id="days",
    ),
    pytest.param(
        cases(
            "A 5-year-old boy had a platelet count and a haemoglobin of 11 and 8, respectively, and got daratumumab."
        ),
        {"age_years": ["5"], "sex": ["male"]},
        id="look-alike: one patient's counts",
    ),
    pytest.param(
        cases(
            "A girl with ITP had failed rituximab and splenectomy at 11 and 13 years, respectively. Daratumumab helped."
        ),
        {"sex": ["female"]},
        id="look-alike: one patient's treatments",
    ),
]


@pytest.mark.parametrize(("given", "expected"), PARALLEL)
def test_parallel_lists_give_each_patient_the_own_item(given, expected):
    check(given, expected)


LABELS = [
    pytest.param(
        cases(
            "Patient 1 (P1), a 4-year-old girl with SCID, had AIHA. Daratumumab was given, and P1 attained a "
            "complete response. Patient 2 (P2), a 9-year-old boy with MDS, had PRCA. In P2, daratumumab failed: no "
            "response."
        ),
        {"age_years": ["4", "9"], "cytopenia_type": ["AIHA", "PRCA"], "response": ["CR", "NR"]},
        id="P1 behind its noun",
    ),
    pytest.param(
        results(
            "Six patients were given daratumumab for AIHA. Complete responses were seen in four (#1, #3, #4, #5), no "
            "response in two (#2, #6)."
        ),
        {"response": ["CR", "NR", "CR", "CR", "CR", "NR"]},
        id="hashes in brackets behind a count",
    ),
    pytest.param(
        cases(
            "Case I: A 20-year-old woman with ITP received daratumumab and achieved CR. Case II: A 21-year-old woman "
            "with AIHA received daratumumab and achieved PR. Case III: A 22-year-old woman with PRCA received "
            "daratumumab; there was no response."
        ),
        {"age_years": ["20", "21", "22"], "response": ["CR", "PR", "NR"]},
        id="run-in headings, Roman",
    ),
    pytest.param(
        results(
            "UPN 117 was a 31-year-old man with AML and UPN 230 a 55-year-old woman with CLL. Both received "
            "daratumumab for AIHA. UPN 117 had a complete response, UPN 230 a partial response."
        ),
        {"age_years": ["31", "55"], "sex": ["male", "female"], "response": ["CR", "PR"]},
        id="unique patient numbers",
    ),
    pytest.param(
        cases(
            "M.K., a 12-year-old boy with AIHA, was given daratumumab. M.K. attained CR. S.T., a 6-year-old girl "
            "with ITP, was given daratumumab and did not respond."
        ),
        {"age_years": ["12", "6"], "sex": ["male", "female"], "response": ["CR", "NR"]},
        id="initials",
    ),
    pytest.param(
        cases(
            "(1) A 5-year-old girl with AIHA received daratumumab. CR followed. (2) A 9-year-old boy with ITP "
            "received daratumumab. He did not respond."
        ),
        {"age_years": ["5", "9"], "response": ["CR", "NR"]},
        id="numbers in brackets",
    ),
    pytest.param(
        results(
            "Patients (i), (ii) and (iii) were treated with daratumumab for PRCA. Patients (i) and (iii) became "
            "transfusion-independent, (ii) still needed transfusions."
        ),
        {"transfusion_independent": ["yes", "no", "yes"]},
        id="small Roman numbers",
    ),
    pytest.param(
        cases(
            "Patient A, a 19-year-old woman, had ITP. Patient B, a 27-year-old man, had AIHA. Daratumumab was given "
            "to both. Complete response was seen in A, partial response in B."
        ),
        {"age_years": ["19", "27"], "cytopenia_type": ["AIT", "AIHA"], "response": ["CR", "PR"]},
        id="letters",
    ),
    pytest.param(
        cases(
            "After HSCT, child A (male, 4 years) and child B (female, 6 years) received daratumumab for AIHA on days "
            "+90 and +120, respectively. Child A reached a complete response after two infusions, child B a partial "
            "response after six."
        ),
        {
            "age_years": ["4", "6"],
            "sex": ["male", "female"],
            "anti_cd38_start_day": ["90", "120"],
            "response": ["CR", "PR"],
        },
        id="children by letters, described in brackets",
    ),
    pytest.param(
        cases(
            "We saw a man of 61 years and a woman of 44 years with refractory AIHA after HSCT.",
            "The former was started on daratumumab on day +150 and the latter on day +310. Both had failed rituximab.",
        ),
        {"anti_cd38_start_day": ["150", "310"], "prior_therapies": ["rituximab", "rituximab"]},
        id="the former and the latter, one verb",
    ),
    pytest.param(
        results(
            "Three patients received daratumumab for PRCA. All three had failed rituximab. The first attained CR, "
            "the second PR, and the third did not respond."
        ),
        {"prior_therapies": ["rituximab"] * 3, "response": ["CR", "PR", "NR"]},
        id="nothing but ordinals",
    ),
    pytest.param(
        cases(
            "Our two patients were both adults. The first had CLL and AIHA, the second MDS and PRCA. Daratumumab was "
            "given to both. Complete response was seen in the second patient, partial response in the first."
        ),
        {"cytopenia_type": ["AIHA", "PRCA"], "response": ["PR", "CR"]},
        id="ordinals, the second without its verb",
    ),
    pytest.param(
        cases(
            "The first child, a 3-year-old girl, had AIHA, the second child, a boy of 8 years, ITP. Both were given "
            "daratumumab. In the second child, a complete response was reached, in the first a partial response."
        ),
        {"age_years": ["3", "8"], "cytopenia_type": ["AIHA", "AIT"], "response": ["PR", "CR"]},
        id="the second child before the first",
    ),
    pytest.param(
        results(
            "Both children (patients 1 and 2) were given daratumumab for AIHA. The older child (patient 2) had a "
            "complete response, the younger a partial response."
        ),
        {"response": ["PR", "CR"]},
        id="the younger",
    ),
    pytest.param(
        results(
            "Patient no. 3 and patient no. 7 of our registry received daratumumab for ITP. No. 3 attained CR, no. 7 PR."
        ),
        {"response": ["CR", "PR"]},
        id="numbers with their abbreviation",
    ),
    pytest.param(
        results(
            "Pat. 1: 4 y, m, SCID, AIHA, daratumumab 4 doses, CR. Pat. 2: 7 y, f, WAS, ITP, daratumumab 8 doses, PR."
        ),
        {"age_years": ["4", "7"], "sex": ["male", "female"], "response": ["CR", "PR"]},
        id="catchwords",
    ),
    pytest.param(
        results(
            "Two patients were treated. P1, a girl of 12 years, received daratumumab for AIHA; the drug is approved "
            "for patients 18-65 years of age. P2, a man of 40 years, received it for ITP."
        ),
        {"age_years": ["12", "40"], "sex": ["female", "male"]},
        id="look-alike: an age range behind patients",
    ),
    pytest.param(
        results("The P1 and P2 promoters were silent (P1 = 0.3). P2 was cloned. Daratumumab bound CD38 in both."),
        {"response": []},
        id="look-alike: promoters",
    ),
]


@pytest.mark.parametrize(("given", "expected"), LABELS)
def test_labels_of_all_kinds_tell_patients_apart(given, expected):
    check(given, expected)


LISTS = [
    pytest.param(
        results(FIVE + "AIHA relapsed in #1, #4 and #5; #2 and #3 did not relapse."),
        {"relapse": ["yes", "no", "no", "yes", "yes"]},
        id="hashes",
    ),
    pytest.param(
        results(
            "Three men were given daratumumab for PRCA. A relapse of PRCA occurred in UPN 12 and UPN 40, whereas UPN "
            "33 remained in remission without relapse."
        ),
        {"relapse": ["yes", "no", "yes"]},
        id="unique patient numbers",
    ),
    pytest.param(
        results(
            "All five patients had AIHA. Patients 1–3 and 5 received eight doses of daratumumab, patient 4 had four "
            "doses of daratumumab. Infections were seen in patients 2 & 5."
        ),
        {"infusion_count": ["8", "8", "8", "4", "8"], "adverse_events": ["", "infection", "", "", "infection"]},
        id="a range and one more",
    ),
    pytest.param(
        results("Daratumumab was infused in P1, P2, P3 and P4 for AIHA. P1/P3 achieved CR, P2 and P4 PR."),
        {"response": ["CR", "PR", "CR", "PR"]},
        id="a slash, and a verb left out",
    ),
    pytest.param(
        results(
            "P1, P2 and P3 were given daratumumab for ITP. P1 and P3 reached CR; in P2 the response was partial. P2 "
            "and P3 are alive, P1 has died."
        ),
        {"vital_status": ["dead", "alive", "alive"]},
        id="lists that change",
    ),
    pytest.param(
        results(
            "Pt. 1 (AIHA) and pt. 2 (ITP) were given daratumumab for refractory disease. They needed rituximab before."
        ),
        {"cytopenia_type": ["AIHA", "AIT"], "anti_cd38_agent": ["daratumumab", "daratumumab"]},
        id="one verb for two who are described in brackets",
    ),
    pytest.param(
        results(
            "P1 and P2 had AIHA after HSCT and received daratumumab. P1 is alive. Response rates were 50% and 60%, "
            "respectively."
        ),
        {"response": ["", ""]},
        id="look-alike: rates",
    ),
]


@pytest.mark.parametrize(("given", "expected"), LISTS)
def test_a_label_list_gives_a_statement_to_all_it_names(given, expected):
    check(given, expected)


EXCEPTIONS = [
    pytest.param(
        results(FIVE + "All but one (#3) responded completely."),
        {"response": ["CR", "CR", "", "CR", "CR"]},
        id="all but one, named",
    ),
    pytest.param(
        results(FIVE + "With the exception of #2, all patients became transfusion-independent."),
        {"transfusion_independent": ["yes", "", "yes", "yes", "yes"]},
        id="the exception first",
    ),
    pytest.param(
        results(FIVE + "All patients other than #4 received eight doses of daratumumab, whereas #4 had one infection."),
        {"infusion_count": ["8", "8", "8", "", "8"], "adverse_events": ["", "", "", "infection", ""]},
        id="other than, and what befell that one",
    ),
    pytest.param(
        results("Patients 1, 2, 3 and 4 received daratumumab for AIHA. Apart from patient 3, who died, all are alive."),
        {"vital_status": ["alive", "alive", "dead", "alive"]},
        id="told of in passing",
    ),
    pytest.param(
        results("UPN 21, UPN 22 and UPN 23 received daratumumab. No patient but UPN 22 had an infusion reaction."),
        {"adverse_events": ["", "infusion reaction", ""]},
        id="nobody but one",
    ),
    pytest.param(
        results("Patients 1, 2, 3 and 4 received daratumumab for AIHA. Everyone had failed rituximab except P4."),
        {"prior_therapies": ["rituximab"] * 3 + [""]},
        id="everyone except",
    ),
    pytest.param(
        results(
            "Patients 1 to 5 had PRCA and got daratumumab. All but two (patients 2 and 5) became transfusion-free."
        ),
        {"transfusion_independent": ["yes", "", "yes", "yes", ""]},
        id="all but two",
    ),
    pytest.param(
        results(FIVE + "All but one responded completely; most relapsed."),
        {"response": [""] * 5, "relapse": [""] * 5},
        id="look-alike: nobody knows who",
    ),
]


@pytest.mark.parametrize(("given", "expected"), EXCEPTIONS)
def test_an_exception_is_left_out_of_a_group(given, expected):
    check(given, expected)


TOLD_APART_BY_OUTCOME = [
    pytest.param(
        cases(
            "We treated two boys with Wiskott-Aldrich syndrome, 4 and 6 years old, with daratumumab for AIHA. One "
            "had a complete response, one none. One relapsed at six months."
        ),
        {"age_years": ["4", "6"], "response": ["", ""], "relapse": ["", ""]},
        id="one ..., one",
    ),
    pytest.param(
        results(
            "P1 and P2, both girls, and P3, a boy, received daratumumab for ITP. Of the girls, one attained complete "
            "response and the other did not respond. P3 attained a partial response."
        ),
        {"response": ["", "", "PR"]},
        id="of the girls",
    ),
    pytest.param(
        results(
            "Patients 1 and 2, both men, were given daratumumab for PRCA. In one, transfusions could be stopped "
            "after the third dose, in the other they could not. Both are alive."
        ),
        {"transfusion_independent": ["", ""], "vital_status": ["alive", "alive"]},
        id="in one, in the other",
    ),
    pytest.param(
        cases(
            "A 7-year-old boy and an 11-year-old girl with DOCK8 deficiency were given daratumumab for AIHA. One of "
            "them relapsed with AIHA, the other is still in complete remission."
        ),
        {"relapse": ["", ""], "response": ["", ""], "age_years": ["7", "11"]},
        id="one of them",
    ),
    pytest.param(
        results(
            "Patients 1 and 2 had PRCA and were given daratumumab. One (patient 2) died of sepsis, the other "
            "(patient 1) is alive and well."
        ),
        {"vital_status": ["alive", "dead"]},
        id="look-alike: both are named",
    ),
]


@pytest.mark.parametrize(("given", "expected"), TOLD_APART_BY_OUTCOME)
def test_outcomes_of_one_and_the_other_are_nobodys(given, expected):
    check(given, expected)


EPISODES = [
    pytest.param(
        results(
            "Daratumumab was given for seven episodes of AIHA in five patients. Six of the seven episodes responded. "
            "Patients 1 to 5 are alive."
        ),
        {"vital_status": ["alive"] * 5, "response": [""] * 5, "infusion_count": [""] * 5},
        id="episodes",
    ),
    pytest.param(
        results(
            "We report three treatment courses of daratumumab in two patients with ITP. P1 had a complete response. "
            "P2 had no response."
        ),
        {"response": ["CR", "NR"], "infusion_count": ["", ""]},
        id="courses",
    ),
    pytest.param(
        results(
            "Six courses of daratumumab were given to patients 1 to 4 for AIHA: 4 of 6 courses led to a complete "
            "response."
        ),
        {"response": [""] * 4, "infusion_count": [""] * 4},
        id="share of courses",
    ),
    pytest.param(
        results(
            "Nine courses of daratumumab were given in six patients (P1 to P6) with ITP. P4 received three courses, "
            "the others one each. All six patients are alive."
        ),
        {"infusion_count": [""] * 6, "vital_status": ["alive"] * 6},
        id="courses of one patient",
    ),
    pytest.param(
        results(
            "Patient 1 had AIHA and was given daratumumab. After 4 of 6 courses patient 1 had a complete response."
        ),
        {"response": ["CR"]},
        id="look-alike: one patient's courses",
    ),
]


@pytest.mark.parametrize(("given", "expected"), EPISODES)
def test_episodes_and_courses_are_no_patients(given, expected):
    check(given, expected)


SIBLINGS = [
    pytest.param(
        cases(
            "A girl and her brother, both with LRBA deficiency, developed AIHA after HSCT. The girl, 9 years old, "
            "received four doses of daratumumab and attained a complete response. Her brother, 6 years old, received "
            "eight doses of daratumumab and had a partial response."
        ),
        {
            "sex": ["female", "male"],
            "age_years": ["9", "6"],
            "infusion_count": ["4", "8"],
            "response": ["CR", "PR"],
            "primary_disease": ["LRBA deficiency", "LRBA deficiency"],
        },
        id="a girl and her brother",
    ),
    pytest.param(
        cases(
            "Two siblings with CTLA-4 haploinsufficiency were treated. The older, a 14-year-old boy, had Evans "
            "syndrome; his 10-year-old sister had ITP. Both received daratumumab. The boy attained CR, the sister "
            "did not respond."
        ),
        {
            "sex": ["male", "female"],
            "age_years": ["14", "10"],
            "cytopenia_type": ["ES", "AIT"],
            "response": ["CR", "NR"],
            "donor_type": ["", ""],
        },
        id="two siblings",
    ),
    pytest.param(
        cases(
            "Patient 1, an 11-year-old girl with DOCK8 deficiency, was transplanted and developed AIHA on day +60. "
            "Daratumumab was given and she recovered completely.",
            "Patient 2, her younger brother, was transplanted at the age of 5 years and developed AIHA on day +90. "
            "Daratumumab was given on day +120.",
        ),
        {"sex": ["female", "male"], "cytopenia_onset_day": ["60", "90"], "anti_cd38_start_day": ["", "120"]},
        id="a label explained by a relation",
    ),
    pytest.param(
        cases(
            "Twin brothers aged 7 years were transplanted for XIAP deficiency. Twin 1 developed ITP on day +50 and "
            "twin 2 AIHA on day +80. Both were given daratumumab."
        ),
        {"sex": ["male", "male"], "age_years": ["7", "7"], "cytopenia_onset_day": ["50", "80"]},
        id="twins with numbers",
    ),
    pytest.param(
        cases(
            "Two sisters with ADA2 deficiency developed pure red cell aplasia after HSCT. The elder, aged 19 years, "
            "was given daratumumab on day +150, the younger, aged 15 years, on day +96. The elder sister attained "
            "CR; the younger sister had no response."
        ),
        {
            "sex": ["female", "female"],
            "age_years": ["19", "15"],
            "anti_cd38_start_day": ["150", "96"],
            "response": ["CR", "NR"],
        },
        id="the elder and the younger",
    ),
    pytest.param(
        cases(
            "The index patient was a 12-year-old boy with CD40L deficiency, treated with daratumumab for AIHA; he "
            "achieved CR. His affected brother, a 9-year-old boy, developed ITP after HSCT and was also treated with "
            "daratumumab, achieving PR."
        ),
        {"age_years": ["12", "9"], "cytopenia_type": ["AIHA", "AIT"], "response": ["CR", "PR"]},
        id="his brother was also treated",
    ),
    pytest.param(
        with_abstract(
            "We report two brothers with XIAP deficiency who received daratumumab for AIHA after transplantation.",
            "Patient 1. This 4-year-old boy developed AIHA on day +33. Daratumumab was started on day +60 and CR was "
            "reached.",
            "Patient 2. His brother, aged 7 years, developed AIHA on day +41. Daratumumab was started on day +77; "
            "there was no response.",
        ),
        {"age_years": ["4", "7"], "sex": ["male", "male"], "response": ["CR", "NR"]},
        id="brothers of abstract and body",
    ),
    pytest.param(
        cases(
            "A girl with LRBA deficiency developed AIHA after HSCT; her brother, also affected, had died of it at 6 "
            "years of age. She was 9 years old when she received daratumumab."
        ),
        {"sex": ["female"], "age_years": ["9"]},
        id="look-alike: a brother who died",
    ),
    pytest.param(
        cases(
            "A 9-year-old girl was transplanted from her brother, who had the same deletion. Her brother, 12 years "
            "old, is healthy. She received daratumumab for AIHA."
        ),
        {"sex": ["female"], "age_years": ["9"]},
        id="look-alike: a brother who donated",
    ),
    pytest.param(
        cases(
            "Two siblings had died of HLH before the patient, a girl of 2 years, was transplanted. Both siblings had "
            "been treated with etoposide. She developed AIHA and was given daratumumab."
        ),
        {"sex": ["female"], "age_years": ["2"]},
        id="look-alike: two siblings who died",
    ),
    pytest.param(
        cases(
            "A 5-year-old boy and his healthy twin brother, his donor, were typed. AIHA developed on day +50 after "
            "HSCT and daratumumab was given."
        ),
        {"sex": ["male"], "age_years": ["5"]},
        id="look-alike: a twin who is typed",
    ),
]


@pytest.mark.parametrize(("given", "expected"), SIBLINGS)
def test_siblings_who_are_patients_are_told_from_those_who_are_not(given, expected):
    check(given, expected)


ALIKE = [
    pytest.param(
        cases(
            "A 34-year-old woman with AML was transplanted and developed AIHA on day +70. Daratumumab was given from "
            "day +100 and she attained a complete response.",
            "A 36-year-old woman with CML was transplanted and developed PRCA on day +20. Daratumumab was given from "
            "day +200 and she had no response.",
        ),
        {"age_years": ["34", "36"], "cytopenia_onset_day": ["70", "20"], "response": ["CR", "NR"]},
        id="two women, a paragraph each",
    ),
    pytest.param(
        cases(
            "We describe two men with PRCA after major ABO-mismatched HSCT. A 57-year-old man with MDS was started "
            "on daratumumab on day +180. He became transfusion-independent. A 58-year-old man with AML was started "
            "on daratumumab on day +240. He still required transfusions."
        ),
        {"age_years": ["57", "58"], "anti_cd38_start_day": ["180", "240"], "transfusion_independent": ["yes", "no"]},
        id="two men in one paragraph",
    ),
    pytest.param(
        cases(
            "A 45-year-old man with AIHA was admitted. Another man, aged 45 years, had ITP. Both were given "
            "daratumumab."
        ),
        {"age_years": ["45", "45"], "cytopenia_type": ["AIHA", "AIT"]},
        id="another of the same age",
    ),
    pytest.param(
        cases(
            "A 61-year-old man with MDS was transplanted from an unrelated donor. PRCA was diagnosed on day +60. He "
            "received daratumumab and became transfusion-independent.",
            "A 62-year-old man with AML was transplanted from his brother. PRCA was diagnosed on day +42. He "
            "received daratumumab without any response.",
            "A 60-year-old man with CMML was transplanted from his sister. PRCA was diagnosed on day +35. "
            "Daratumumab led to a complete response.",
        ),
        {"age_years": ["61", "62", "60"], "cytopenia_onset_day": ["60", "42", "35"], "response": ["R", "NR", "CR"]},
        id="three men",
    ),
    pytest.param(
        cases(
            "A 34-year-old woman with AML developed AIHA on day +70. Daratumumab was given from day +100.",
            "The 34-year-old woman is well. This 35-year-old woman had been transfused for months.",
        ),
        {"age_years": ["34"]},
        id="look-alike: she is spoken of again",
    ),
    pytest.param(
        with_abstract(
            "A 34-year-old woman with AIHA after HSCT was given daratumumab.",
            "A 35-year-old woman with AML developed AIHA on day +70. Daratumumab was given.",
        ),
        {"sex": ["female"]},
        id="look-alike: an abstract a year younger",
    ),
    pytest.param(
        with_abstract(
            "A 61-year-old man with PRCA after HSCT was given daratumumab and recovered.",
            "A 61-year-old man with MDS was transplanted. PRCA was diagnosed on day +60. He received daratumumab.",
            "At the age of 62 years, the man was still in remission. This 62-year-old man is now at work.",
        ),
        {"age_years": ["61"]},
        id="look-alike: a year later",
    ),
]


@pytest.mark.parametrize(("given", "expected"), ALIKE)
def test_patients_of_one_sex_and_near_age_are_told_apart(given, expected):
    check(given, expected)


SECTIONS = document(
    ("case", "Case reports/Case 1", "The patient was a 20-year-old woman with ITP after HSCT. Daratumumab brought CR."),
    ("case", "Case reports/Case 2", "He was 44 years old and had AIHA. Daratumumab was given. There was no response."),
)


def test_a_heading_tells_whose_section_it_is():
    check(SECTIONS, {"age_years": ["20", "44"], "sex": ["female", "male"], "response": ["CR", "NR"]})


NUMBERED = document(
    ("introduction", "1. Introduction", "AIHA is a complication of HSCT."),
    ("case", "2. Case reports/2.1. Patient 1", "A 20-year-old woman had ITP after HSCT. Daratumumab brought CR."),
    (
        "case",
        "2. Case reports/2.2 Patient 2",
        "A man of 44 years had AIHA. Daratumumab was given. There was no response.",
    ),
)
ONE_NUMBERED = document(
    ("introduction", "1. Introduction", "AIHA is a complication of HSCT."),
    ("case", "2. Case presentation/2.1. History", "A 20-year-old woman had AIHA after HSCT."),
    ("case", "2. Case presentation/2.2. Treatment", "Daratumumab was given in four doses."),
    ("results", "3. Outcome", "Hemoglobin normalised two weeks after the first dose. She is well."),
)


def test_the_numbers_of_sections_are_not_those_of_patients():
    check(NUMBERED, {"age_years": ["20", "44"], "sex": ["female", "male"], "response": ["CR", "NR"]})
    check(ONE_NUMBERED, {"age_years": ["20"], "sex": ["female"], "infusion_count": ["4"]})


def test_a_donor_under_a_patients_heading_does_not_lend_age_and_sex():
    given = document(
        (
            "case",
            "2 | CASES/2.1 | Patient 1",
            "At 45 years HSCT was done from a woman of 30 years. He got daratumumab for AIHA.",
        ),
        ("case", "2 | CASES/2.2 | Patient 2", "A girl of 6 years had ITP after HSCT. Daratumumab was given."),
    )
    check(given, {"sex": ["male", "female"]})


def test_a_paragraph_that_opens_with_another_label_leaves_its_heading():
    given = document(
        ("case", "Case 1", "A 20-year-old woman had ITP after HSCT. Daratumumab brought CR."),
        ("case", "Case 1", "Case 2 was a man of 44 years with AIHA. Daratumumab was given without response."),
    )
    check(given, {"age_years": ["20", "44"], "response": ["CR", "NR"]})


def test_each_of_two_in_a_sentence_keeps_the_own_age_and_sex():
    check(
        cases("Case 1 was a 52-year-old woman with ITP and case 2 a 29-year-old man. Both were given daratumumab."),
        {"age_years": ["52", "29"], "sex": ["female", "male"]},
    )


def test_the_children_of_a_patient_are_not_patients():
    check(
        cases(
            "A 33-year-old mother of three (an 8-year-old girl, a 6-year-old boy and a 2-year-old girl) had AIHA."
            " Daratumumab was given to her."
        ),
        {"age_years": ["33"]},
    )


def test_an_age_that_opens_the_sentence_of_the_treatment_is_the_patients():
    check(
        cases("We report a girl. At 14 years, with a platelet count of 4 x 10^9/L, she received daratumumab for ITP."),
        {"age_years": ["14"]},
    )


def test_an_age_at_the_treatment_leads_over_one_at_diagnosis():
    check(
        cases("A woman had ITP, diagnosed at age 19; she was 31 when daratumumab was given."),
        {"age_years": ["31"]},
    )


def test_an_age_at_the_treatment_leads_over_one_in_the_noun():
    check(
        cases("A 3-month-old infant with SCID had AIHA at 7 months. Daratumumab was given at 9 months of age."),
        {"age_years": ["0.75"]},
    )
