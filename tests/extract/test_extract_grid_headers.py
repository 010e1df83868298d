"""Families of header wordings of tables that list patients, in rows and in columns, read by the shipped topic."""

import functools

import pytest
from extract_tables import document

from litreview.extract.example import read_as_report
from litreview.rules import load

TEXT = "Patients with immune cytopenia after HSCT are listed in the table."


@functools.cache
def shipped():
    return load("anti_cd38_cytopenia")


def in_rows(header, cell):
    return [["Patient", header, "Site"], ["1", cell, "A"], ["2", "-", "B"]]


def in_columns(header, cell):
    return [["", "Patient 1", "Patient 2"], ["Site", "One", "Two"], [header, cell, "-"]]


def read(attribute, rows):
    """The values of the first patient."""
    first, *_ = read_as_report(document(rows, text=TEXT), shipped())
    return [found.value for found in first.findings if found.attribute == attribute]


FAMILIES = [
    ("age_years", ("Age (y)", "Age at dara (years)", "Age at HCT (yr)", "Age in years", "Pt age"), "11", [11]),
    ("sex", ("Gender", "Sex", "Sex (M/F)", "M/F"), "F", ["female"]),
    ("donor_type", ("Donor", "Donor/HLA", "Type of donor", "Allograft", "HCT type"), "MUD 10/10", ["MUD"]),
    ("graft_source", ("Stem cell source", "SC source", "Graft", "HPC source", "Product"), "BM", ["BM"]),
    ("abo_mismatch", ("ABO (D→R)", "ABO D/R", "Blood group D→R", "ABO donor → recipient"), "A → O", ["major"]),
    ("conditioning_intensity", ("Cond.", "Conditioning", "Prep regimen"), "RIC", ["RIC"]),
    ("gvhd_prophylaxis", ("GVHD ppx", "GvHD prophylaxis", "aGVHD ppx", "GVHD prev."), "Tac", ["tacrolimus"]),
    ("cytopenia_type", ("AIC type", "Type of AIC", "Cytopenia", "Autoimmune dx"), "AIHA", ["AIHA"]),
    ("cytopenia_type", ("AIC", "Type of AIC", "Immune cytopenia"), "AIHA + ITP", ["ES"]),
    ("cytopenia_onset_day", ("Onset (days after HCT)", "HCT to AIC (days)", "Time to AIC (d)"), "58", [58]),
    ("cytopenia_onset_day", ("Time from HCT to AIHA (mo)", "Onset after HSCT (months)"), "4", [122]),
    ("prior_therapy_count", ("Prior lines (n)", "# prior tx", "Lines before dara"), "4", [4]),
    ("prior_therapies", ("Previous tx", "Pre-dara therapy", "Tx before dara"), "IVIG", ["IVIG"]),
    ("anti_cd38_agent", ("Daratumumab", "Dara doses", "Dara start, day"), "6", ["daratumumab"]),
    ("anti_cd38_start_day", ("Dara start, day", "Days from HSCT to dara", "1st dara (d post HCT)"), "118", [118]),
    ("anti_cd38_delay_days", ("Time from dx to dara (d)", "AIC → dara (d)", "Dx-to-dara time, d"), "25", [25]),
    ("dose_mg_per_kg", ("Dara dose, mg/kg", "Dose (mg/kg)", "Daratumumab (mg/kg)"), "16", [16]),
    ("infusion_count", ("No. of dara doses", "Doses (n)", "# doses", "Cycles of dara"), "6", [6]),
    ("concomitant_therapies", ("Concurrent IS", "Tx during dara", "Added to dara"), "Sirolimus", ["sirolimus"]),
    ("response", ("Response", "Best response (time)", "Resp."), "PR, wk 4", ["PR"]),
    ("days_to_response", ("Time to response, wk", "Time to Hb recovery (wk)"), "4", [28]),
    ("days_to_response", ("Best response (time)", "Response (time)"), "CR (day 21)", [21]),
    ("transfusion_independent", ("Tx independence", "Off transfusions"), "Yes (m 9)", ["yes"]),
    ("relapse", ("AIC relapse", "Recurrent cytopenia", "Flare"), "No", ["no"]),
    ("follow_up_months", ("F/U (mo)", "Last FU (mo)", "F-up, mo", "Observation period (months)"), "14", [14]),
    ("ivig_substitution", ("IgG replacement", "IVIG post dara", "IgRT"), "Yes", ["yes"]),
    ("adverse_events", ("AEs", "Tox.", "SAE", "Side effects"), "fatigue", ["fatigue"]),
    ("vital_status", ("Outcome", "Status at last FU", "Vital status"), "Died d+120 (sepsis)", ["dead"]),
    ("vital_status", ("Alive", "Alive at last FU"), "No", ["dead"]),
]
LOOK_ALIKES = [
    ("age_years", ("Donor age (y)", "Age of donor", "Graft age (d)"), "34"),
    ("sex", ("Donor sex", "Sex of donor", "Donor gender"), "F"),
    ("hla_match", ("HLA antibodies",), "9/10"),
    ("donor_chimerism_percent", ("T-cell chimerism", "Recipient chimerism (%)", "Day of full chimerism"), "60"),
    ("dat_result", ("Indirect Coombs", "IAT", "DAT at last FU"), "pos"),
    ("cytopenia_onset_day", ("Time to engraftment (d)", "Platelet engraftment day", "GVHD onset (day)"), "18"),
    ("cytopenia_onset_day", ("Age at onset", "Age at diagnosis", "CMV onset, day"), "18"),
    ("prior_therapy_count", ("No. of prior transplants", "No. of previous transfusions"), "3"),
    ("anti_cd38_start_day", ("Daratumumab, days to response", "Start of rituximab (day)"), "25"),
    ("anti_cd38_delay_days", ("Time from HCT to dara (d)",), "118"),
    ("infusion_count", ("RTX doses", "IVIG doses (n)", "Doses to CR", "Doses of vaccine"), "4"),
    ("response", ("Response to rituximab", "Response to steroids", "Leukemia response"), "CR"),
    ("days_to_response", ("Duration of response (days)", "Time to platelet engraftment"), "18"),
    ("relapse", ("Relapse of leukemia", "AML relapse", "Relapses before dara"), "Yes"),
    ("follow_up_months", ("Follow-up of donor (mo)", "Hb at last follow-up", "Platelets at last follow-up"), "12"),
    ("vital_status", ("Donor status", "Disease status"), "alive"),
    ("baseline_platelets_1e9_l", ("Platelet recovery (d)", "Plt post dara", "Plt at last FU"), "25"),
]


@pytest.mark.parametrize("arranged", [in_rows, in_columns])
@pytest.mark.parametrize(
    ("attribute", "header", "cell", "expected"),
    [(attribute, header, cell, expected) for attribute, headers, cell, expected in FAMILIES for header in headers],
)
def test_a_header_is_known_in_many_wordings(attribute, header, cell, expected, arranged):
    assert read(attribute, arranged(header, cell)) == expected


@pytest.mark.parametrize("arranged", [in_rows, in_columns])
@pytest.mark.parametrize(
    ("attribute", "header", "cell"),
    [(attribute, header, cell) for attribute, headers, cell in LOOK_ALIKES for header in headers],
)
def test_a_header_that_looks_alike_gives_nothing(attribute, header, cell, arranged):
    assert read(attribute, arranged(header, cell)) == []


@pytest.mark.parametrize("cell", ["-", "none", "0", "0 doses", "not given", "No", "n.a."])
@pytest.mark.parametrize("header", ["Daratumumab", "Dara doses (n)", "Anti-CD38 antibody"])
@pytest.mark.parametrize("arranged", [in_rows, in_columns])
def test_a_patient_whose_row_says_that_none_was_given_has_no_antibody(header, cell, arranged):
    given = arranged(header, cell)

    for attribute in ("anti_cd38_agent", "infusion_count"):
        assert read(attribute, given) == []
