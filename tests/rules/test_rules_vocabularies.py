"""What the shipped vocabularies take words for."""

import re

import pytest

from litreview.model.vocabulary import term_pattern
from litreview.rules import load


@pytest.fixture(scope="module")
def concepts():
    vocabularies = load("anti_cd38_cytopenia").vocabularies

    def find(text, vocabulary, tag=""):
        found = set()
        for entry in vocabularies[vocabulary].entries:
            pattern = "|".join([*map(term_pattern, entry.terms), *entry.patterns])
            if (not tag or tag in entry.tags) and re.search(pattern, text, re.IGNORECASE):
                found.add(entry.value)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "vocabulary", "values"),
    [
        ("DARZALEX was started", "antibody", {"daratumumab"}),
        ("an anti-CD38 monoclonal antibody", "antibody", {"other"}),
        ("antibodies against CD38", "antibody", {"other"}),
        ("CD38+ plasma cells", "antibody", set()),
        ("methyl-prednisolone pulses", "therapies", {"corticosteroids"}),
        ("a steroid-sparing agent", "therapies", set()),
        ("steroid-refractory", "therapies", {"corticosteroids"}),
        ("high dose immunoglobulins", "therapies", {"IVIG"}),
        ("steroids, immunoglobulin, and rituximab", "therapies", {"corticosteroids", "IVIG", "rituximab"}),
        ("immunoglobulin levels fell", "therapies", set()),
        ("anti-CD20 antibody", "therapies", {"rituximab"}),
        ("the anti-CD20 antibody obinutuzumab", "therapies", {"obinutuzumab"}),
        ("cyclosporin A, then FK506", "therapies", {"cyclosporine", "tacrolimus"}),
        ("therapeutic plasmapheresis", "therapies", {"plasma exchange"}),
        ("a TPO receptor agonist", "therapies", {"thrombopoietin receptor agonists"}),
        ("tapering of immunosuppression", "therapies", {"immunosuppression withdrawal"}),
        ("tacrolimus and immunosuppressants were stopped", "therapies", {"tacrolimus", "immunosuppression withdrawal"}),
        ("alt flu symptoms", "conditioning_agents", set()),
        ("FluBu4", "conditioning_agents", {"fludarabine", "busulfan"}),
        ("Flu/Mel/TBI", "conditioning_agents", {"fludarabine", "melphalan", "TBI"}),
        ("TBF", "conditioning_agents", {"thiotepa", "busulfan", "fludarabine"}),
        ("BuCy", "conditioning_agents", {"busulfan", "cyclophosphamide"}),
        ("PTCy, Tac and MMF", "prophylaxis_agents", {"cyclophosphamide", "tacrolimus", "mycophenolate mofetil"}),
        ("warm autoimmune haemolytic anaemia", "cytopenias", {"AIHA"}),
        ("immune-mediated thrombocytopenia", "cytopenias", {"AIT"}),
        ("Evans’ syndrome", "cytopenias", {"ES"}),
        ("erythroid precursors were absent", "cytopenias", {"PRCA"}),
        ("alloimmune neutropenia", "cytopenias", {"AIN"}),
        ("her HLA-identical younger brother", "donors", {"MSD"}),
        ("the brother was fully HLA matched", "donors", {"MSD"}),
        ("transfused by her brother", "donors", set()),
        ("mobilised peripheral blood stem cells", "grafts", {"PBSC"}),
        ("DAT (IgG and C3d) was positive", "dat", {"positive"}),
        ("direct Coombs test 3+", "dat", {"positive"}),
        ("the Coombs test remained negative", "dat", {"negative"}),
        ("a non-myeloablative regimen", "conditioning_intensity", {"NMA"}),
        ("myeloablative conditioning", "conditioning_intensity", {"MAC"}),
        ("CMV reactivation", "adverse_events", {"infection"}),
        ("she wheezed", "adverse_events", {"infusion reaction"}),
        ("hypogammaglobulinaemia", "adverse_events", {"hypogammaglobulinemia"}),
        ("given i.v. over 4 h", "routes", {"IV"}),
        ("the pathway was derived", "routes", set()),
        ("all were alive", "vital_status", {"alive"}),
        ("succumbed to sepsis", "vital_status", {"dead"}),
        ("partially responded", "response_grades", {"PR"}),
        ("DOCK8 deficiency", "diseases", {"DOCK8 deficiency", "inborn error of immunity"}),
        ("G6PD deficiency", "diseases", set()),
        ("B-precursor ALL", "diseases", {"B-cell acute lymphoblastic leukemia", "acute lymphoblastic leukemia"}),
    ],
)
def test_words_stand_for_their_concepts(text, vocabulary, values, concepts):
    tag = "immune" if vocabulary == "cytopenias" else "graded" if vocabulary == "response_grades" else ""

    assert concepts(text, vocabulary, tag) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10/10 HLA-matched unrelated donor", "MUD"),
        ("unrelated donor (10/10)", "MUD"),
        ("a nine of ten matched unrelated female donor", "MMUD"),
        ("unrelated, 9/10 HLA-matched man", "MMUD"),
        ("haplo-identical father", "HAPLO"),
        ("double cord blood", "UCB"),
    ],
)
def test_match_and_relation_together_tell_the_donor(text, value, concepts):
    described = concepts(text, "donors", "described") | (concepts(text, "donors", "named") - {"MUD"})

    assert value in described


def test_every_disease_has_a_group_of_the_codebook():
    topic = load("anti_cd38_cytopenia")
    groups = {group.lower().replace(" ", "_") for group in topic.attribute("primary_disease_group").vocabulary}

    assert {entry.tags[0] for entry in topic.vocabulary("diseases").entries} <= groups


def test_no_pattern_of_a_vocabulary_holds_a_group_of_its_own():
    entries = [
        entry for vocabulary in load("anti_cd38_cytopenia").vocabularies.values() for entry in vocabulary.entries
    ]

    assert [pattern for entry in entries for pattern in entry.patterns if re.compile(pattern).groups] == []
