"""What a report says of all its patients at once: seen through whole extractions of short invented reports."""

from dataclasses import replace

import pytest

from litreview.extract import extract
from litreview.extract.example import example_document
from litreview.extract.reread import rederive
from litreview.model.case import DocumentCase
from litreview.model.document import Document, Section, SectionKind, Span
from litreview.model.topic import Example, Topic
from litreview.rules.load import load

TITLE = "Daratumumab for pure red cell aplasia in two children"
FIRST = "Patient 1, a 5-year-old boy, was transplanted at the age of 4. Four infusions of 16 mg/kg were given weekly. "
SECOND = "Patient 2, a girl of 9 years, received two infusions of 16 mg/kg. Her reticulocytes rose."


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load("anti_cd38_cytopenia")


def cases(topic: Topic, parts: list[tuple[SectionKind, str]]) -> tuple[DocumentCase, ...]:
    text, sections, paragraphs = "", [], []
    for kind, words in parts:
        span = Span(len(text), len(text) + len(words))
        sections.append(Section(kind, span))
        paragraphs.append(span)
        text += words + "\n\n"
    document = Document("d", "fulltext", "test", "", text, sections=tuple(sections), paragraphs=tuple(paragraphs))
    return extract(document, topic)


def values(case: DocumentCase, attribute: str) -> list[object]:
    return [finding.value for finding in case.findings if finding.attribute == attribute]


TABLE = "Patient | Age/sex | Doses | Response\n1 | 5/M | 4 | CR\n2 | 9/F | 2 | PR"


def tabled(topic: Topic, kind: SectionKind, words: str, table: str) -> tuple[DocumentCase, ...]:
    """One paragraph of that kind, and a table of the patients."""
    document, _ = example_document(Example(text=words, table=table, expect=""))
    end = len(words)
    sections = (Section(kind, Span(0, end)), Section("results", Span(end, len(document.text))))
    return extract(replace(document, sections=sections), topic)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("title", TITLE, id="title"),
        pytest.param("abstract", "Daratumumab was effective in pure red cell aplasia.", id="abstract"),
        pytest.param("methods", "All children with PRCA who were given daratumumab were included.", id="methods"),
    ],
)
def test_what_is_told_of_all_is_taken_by_those_with_doses(topic: Topic, kind: SectionKind, words: str) -> None:
    found = tabled(topic, kind, words, TABLE)
    assert [values(case, "anti_cd38_agent") for case in found] == [["daratumumab"], ["daratumumab"]]
    assert [values(case, "cytopenia_type") for case in found] == [["PRCA"], ["PRCA"]]


def test_what_is_taken_is_derived_and_follows_again(topic: Topic) -> None:
    second = tabled(topic, "title", TITLE, TABLE)[1]
    for name in ("anti_cd38_agent", "cytopenia_type"):
        taken = next(finding for finding in second.findings if finding.attribute == name)
        assert taken.origin == "derived"
        assert taken.evidence[0].quote in TITLE
        assert rederive(taken, second.findings, second.events, topic)
        assert not rederive(replace(taken, value="other"), second.findings, second.events, topic)


def test_without_doses_nothing_is_taken(topic: Topic) -> None:
    found = tabled(topic, "title", TITLE, "Patient | Age/sex\n1 | 5/M\n2 | 9/F")
    assert [values(case, "anti_cd38_agent") for case in found] == [[], []]


@pytest.mark.parametrize(
    ("title", "case"),
    [
        pytest.param(TITLE, "Patient 2, a girl of 9 years, recovered after rituximab alone.", id="never given"),
        pytest.param(TITLE, "Patient 2, a girl of 9 years, was not given daratumumab.", id="denied"),
        pytest.param("Daratumumab or isatuximab for PRCA in two children", SECOND, id="two antibodies"),
        pytest.param("No need for daratumumab in two children with PRCA", SECOND, id="denied in the title"),
    ],
)
def test_nobody_takes_what_does_not_hold_of_all(topic: Topic, title: str, case: str) -> None:
    found = cases(topic, [("title", title), ("case", FIRST), ("case", case)])
    assert values(found[1], "anti_cd38_agent") == []


def test_two_conditions_in_the_title_are_nobodys(topic: Topic) -> None:
    found = cases(
        topic, [("title", "Daratumumab for PRCA or immune thrombocytopenia"), ("case", FIRST), ("case", SECOND)]
    )
    assert [values(case, "cytopenia_type") for case in found] == [[], []]


def test_methods_and_abstract_speak_of_all_without_a_noun(topic: Topic) -> None:
    methods = "None had undergone transplantation. All received daratumumab subcutaneously."
    first = "Patient 1, a 45-year-old man, had PRCA and got four doses. "
    second = "Patient 2, a woman of 39 years, had PRCA and got two doses."
    found = cases(topic, [("title", TITLE), ("methods", methods), ("case", first), ("case", second)])
    assert [values(case, "transplanted") for case in found] == [["no"], ["no"]]
    assert [values(case, "route") for case in found] == [["SC"], ["SC"]]


DEFINED = "All were given daratumumab for AIHA. Complete response (CR) was a normal hemoglobin without transfusion."
OUTCOMES = "Patient | Age/sex | Doses | Response\n1 | 5/M | 4 | CR\n2 | 9/F | 2 | NR"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(DEFINED, [["yes"], []], id="a-definition-that-contains-it"),
        pytest.param(DEFINED.replace("without transfusion", "for age"), [[], []], id="a-definition-that-does-not"),
        pytest.param(
            "All were given daratumumab for AIHA. No responder was transfused after week 6.",
            [["yes"], []],
            id="responders",
        ),
    ],
)
def test_what_a_definition_says_holds_for_those_whose_value_it_defines(
    topic: Topic, words: str, expected: list[list[object]]
) -> None:
    found = tabled(topic, "methods", words, OUTCOMES)
    assert [values(case, "transfusion_independent") for case in found] == expected
