"""`patients.yaml`: what makes two cases one patient, and what is said of a file that cannot be used."""

import shutil
from pathlib import Path

import pytest

from litreview.dedupe.traits import traits
from litreview.errors import RuleError
from litreview.model.sameness import Trait
from litreview.rules import load

TOPICS = Path(__file__).parents[1] / "topics"
NAME = "antivenom_envenoming"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TOPICS / NAME, tmp_path / NAME)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / NAME / "patients.yaml").write_text(text, encoding="utf-8")


def test_a_topic_without_the_file_takes_what_the_common_one_says_of_its_attributes() -> None:
    topic = load(NAME, TOPICS)
    assert topic.patients.attributes.keys() == {"age_years"}
    assert topic.patients.attributes["age_years"].changes == "years"


def test_a_topic_says_otherwise_of_one_attribute_and_keeps_the_rest(folder: Path) -> None:
    write(folder, "same: 9\nattributes:\n  outcome: {agree: [0.8, 0, 0], chance: [0.4, 0, 0]}\n")
    known = load(NAME, folder).patients
    assert known.same == 9
    assert known.attributes["outcome"].agree == (0.8, 0, 0)
    assert "age_years" in known.attributes


def test_what_no_file_names_counts_for_its_type() -> None:
    known = traits(load(NAME, TOPICS))
    assert known["antivenom_delay_days"].telling
    assert not known["outcome"].telling
    assert all(isinstance(trait, Trait) for trait in known.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("attributes: {outcom: {agree: [0.8, 0, 0], chance: [0.4, 0, 0]}}", "'outcom' is not an attribute"),
        (
            "attributes: {outcome: {agree: [0.8, 0, 0], chance: [0.4, 0, 0], unless: [aeg]}}",
            "patients.yaml, outcome: 'aeg' is not an attribute",
        ),
        (
            "attributes: {outcome: {agree: [0.8, 0, 0], chance: [0.4, 0, 0], after: {bite_dai: 0.1}}}",
            "patients.yaml, outcome: 'bite_dai' is not an attribute",
        ),
        ("attributes: {outcome: {agree: [0.8, 0.3, 0], chance: [0.4, 0, 0]}}", "patients.yaml"),
        ("attributes: {outcome: {agre: [0.8, 0, 0], chance: [0.4, 0, 0]}}", "patients.yaml"),
        ("samme: 7", "patients.yaml"),
        ("attributes: [outcome]", "patients.yaml"),
    ],
    ids=[
        "no attribute",
        "beside no attribute",
        "after no attribute",
        "shares above 1",
        "another key",
        "another word",
        "a list",
    ],
)
def test_a_mistake_is_told_with_the_file(folder: Path, text: str, message: str) -> None:
    write(folder, text)
    with pytest.raises(RuleError) as error:
        load(NAME, folder)
    assert message in error.value.message
