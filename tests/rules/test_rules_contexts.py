"""What the shipped contexts do to words of everyday sentences of case reports."""

import pytest

from litreview.extract.context import contexts, scopes
from litreview.model.document import Span
from litreview.rules import load

CANCELLING = {"negated", "planned", "hypothetical", "prevention", "indication", "literature", "family", "comparison"}


@pytest.fixture(scope="module")
def topic():
    return load("anti_cd38_cytopenia")


def categories(text, topic):
    """The cancelling contexts of the words in brackets."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    return contexts(Span(start, end), scopes(plain, topic)) & CANCELLING


@pytest.mark.parametrize(
    "text",
    [
        "He did not respond to [rituximab] and bortezomib.",
        "Neither [rituximab] nor bortezomib led to a response.",
        "Prednisolone and [rituximab] were without effect.",
        "A complete response was not achieved with [rituximab].",
        "Splenectomy was considered, but [daratumumab] was started.",
        "Daratumumab resulted in [remission] without the need for further transfusions.",
        "No infusion reaction occurred and she reached a [complete response].",
        "No adverse events were observed and the platelet count [normalised].",
        "Despite six lines of therapy no remission was reached, and [daratumumab] was begun.",
        "Without prior transplantation, he presented with [ITP].",
        "[Daratumumab], which is approved for the treatment of multiple myeloma, was given.",
        "She remained [transfusion-free] without further therapy.",
        "Three children, none of them transplanted, received [daratumumab].",
    ],
)
def test_words_that_hold_are_left_standing(text, topic):
    assert categories(text, topic) == set()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("There was no [relapse] after nine months.", "negated"),
        ("He had no infections, infusion reactions or [neutropenia].", "negated"),
        ("No [complete response] was seen.", "negated"),
        ("[Rituximab] was not given because of hepatitis.", "negated"),
        ("He was not [transfused] after day 30.", "negated"),
        ("The DAT was not [positive].", "negated"),
        ("[Splenectomy] was regarded as too dangerous.", "negated"),
        ("[Bortezomib] was felt to be unsafe with his neuropathy.", "negated"),
        ("[Splenectomy] was refused by the parents.", "negated"),
        ("The course was complicated by neither GVHD nor [pneumonia].", "negated"),
        ("Infection, [hypogammaglobulinemia] and neutropenia were absent.", "negated"),
        ("Daratumumab was given instead of [rituximab].", "negated"),
        ("[Infections] did not occur.", "negated"),
        ("[Splenectomy] was considered, but daratumumab was started.", "planned"),
        ("A [second transplant] was planned.", "planned"),
        ("If hemolysis recurs, [splenectomy] will be considered.", "planned"),
        ("The boy may have had [hypogammaglobulinemia] before.", "hypothetical"),
        ("Aciclovir to prevent [herpes zoster] was given.", "prevention"),
        ("Daratumumab, which is approved for the treatment of [multiple myeloma], was given.", "indication"),
        ("Complete remission has been reported in patients given [rituximab].", "literature"),
        ("His mother had [immune thrombocytopenia].", "family"),
        ("Unlike [bortezomib], it spares the nerves.", "comparison"),
    ],
)
def test_words_that_do_not_hold_are_put_into_their_context(text, category, topic):
    assert category in categories(text, topic)
