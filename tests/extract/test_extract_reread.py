"""Values read again from their evidence alone."""

from dataclasses import replace

import pytest

from litreview.extract import extract
from litreview.extract.example import example_document, read_as_report
from litreview.extract.reread import rederive, reread
from litreview.model.case import Finding
from litreview.model.document import Document
from litreview.model.topic import Example, Topic
from litreview.rules import load, topics


@pytest.fixture(scope="module")
def topic() -> Topic:
    return load(topics()[0])


def read(topic: Topic, **given: str) -> tuple[Document, tuple[Finding, ...]]:
    document, _ = example_document(Example(expect="nothing", **given))
    return document, read_as_report(document, topic)[0].findings


PROSE = (
    "A 7-year-old girl was admitted. Her platelet count was 5.000/μl and hemoglobin 82 g/L. "
    "The direct antiglobulin test was positive."
)
TABLE = "Patient | Age, y / Sex\nP1 | 7 / F\nP2 | 40 / M"


@pytest.mark.parametrize("given", [{"text": PROSE}, {"table": TABLE}], ids=["prose", "table"])
def test_what_is_stated_is_read_again_from_its_words(given: dict[str, str], topic: Topic) -> None:
    document, findings = read(topic, **given)
    stated = [finding for finding in findings if finding.origin == "stated"]

    assert len(stated) >= 2
    assert [finding.attribute for finding in stated if not reread(finding, document, topic)] == []


@pytest.mark.parametrize("given", [{"text": PROSE}, {"table": TABLE}], ids=["prose", "table"])
def test_another_value_is_not(given: dict[str, str], topic: Topic) -> None:
    document, findings = read(topic, **given)
    numbers = [finding for finding in findings if finding.origin == "stated" and isinstance(finding.value, float)]

    assert numbers
    assert not any(reread(replace(finding, value=finding.value + 1), document, topic) for finding in numbers)  # type: ignore[operator]


@pytest.mark.parametrize(
    "change",
    [{"rule_id": "gone"}, {"attribute": "gone"}, {"evidence": ()}],
    ids=["no rule", "no attribute", "no evidence"],
)
def test_without_rule_or_evidence_nothing_is_read(change: dict[str, object], topic: Topic) -> None:
    document, findings = read(topic, text=PROSE)

    assert not reread(replace(findings[0], **change), document, topic)  # type: ignore[arg-type]


def test_what_is_derived_follows_again_and_only_from_what_it_rests_on(topic: Topic) -> None:
    text = (
        "A 7-year-old girl received an allogeneic stem cell transplant from her brother. On day +58 immune "
        "thrombocytopenia was diagnosed. Daratumumab was started on day +100 and given four times."
    )
    document, _ = example_document(Example(text=text, expect="nothing"))
    case = extract(document, topic)[0]
    derived = [finding for finding in case.findings if finding.origin == "derived"]

    assert derived
    assert all(rederive(finding, case.findings, case.events, topic) for finding in derived)
    assert not any(rederive(finding, (), (), topic) for finding in derived)


def test_evidence_leaves_another_patients_share_out(topic: Topic) -> None:
    document, _ = example_document(
        Example(
            text="Patient 1, a boy, and patient 2, a girl, had AIHA after HSCT. Patient 1 is well. Patient 2 is well. "
            "Donor chimerism was 100% in patient 2 and 94% in patient 1.",
            expect="nothing",
        )
    )
    first, _ = read_as_report(document, topic)
    (found,) = [finding for finding in first.findings if finding.unit == "% donor"]

    assert found.value == 94
    assert not any("100" in words.quote for words in found.evidence)
    assert reread(found, document, topic)
