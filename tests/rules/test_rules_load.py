"""Loading a topic: what its files may say, and what is said of a file that cannot be used."""

import shutil
from pathlib import Path

import pytest

from litreview.errors import RuleError, TopicError
from litreview.rules import load, topics
from litreview.rules.load import check_patterns

TOPICS = Path(__file__).parents[1] / "topics"
NAME = "antivenom_envenoming"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TOPICS / NAME, tmp_path / NAME)
    return tmp_path


def mend(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / NAME / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_topic_names_common_attributes_beside_its_own() -> None:
    topic = load(NAME, TOPICS)

    assert [attribute.name for attribute in topic.attributes][:2] == ["age_years", "antivenom_vials"]


def test_scalars_stay_text(folder: Path) -> None:
    mend(folder, "attributes/outcome.yaml", "vocabulary: [recovered, died]", "vocabulary: [no, 9:10, recovered, died]")

    assert load(NAME, folder).attribute("outcome").vocabulary == ("no", "9:10", "recovered", "died")


def test_changed_rules_have_another_hash(folder: Path) -> None:
    before = load(NAME, folder).rules_hash
    mend(folder, "attributes/outcome.yaml", "How the envenoming ended.", "How it ended.")

    assert load(NAME, folder).rules_hash != before


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "hint"),
    [
        (
            "attributes/outcome.yaml",
            "value: recovered}",
            "valu: recovered}",
            "outcome.yaml: rules, 1, valu is not something a rule can have",
            "did you mean 'value'?",
        ),
        (
            "attributes/outcome.yaml",
            "kind: regex",
            "kind: regexp",
            "outcome.yaml: rules, 1 has a kind that rules do not have",
            "the kinds are terms, tokens, regex, quantity, threshold, timepoint, column, derive, lookup",
        ),
        (
            "attributes/outcome.yaml",
            "definition:",
            "definiton:",
            "outcome.yaml: definiton is not something this file can have",
            "did you mean 'definition'?",
        ),
        (
            "events.yaml",
            "<antivenoms>[^",
            "<antivenom>[^",
            "events.yaml, antivenom: <antivenom> is neither a macro nor a vocabulary",
            "did you mean <antivenoms>?",
        ),
        (
            "topic.yaml",
            "attributes: [age_years, antivenom_vials",
            "attributes: [age_years, antivenom_vial",
            "topic.yaml: there is no file attributes/antivenom_vial.yaml",
            "did you mean 'antivenom_vials'?",
        ),
        (
            "attributes/outcome.yaml",
            "type: category",
            "type: category\ntype: text",
            "outcome.yaml, line 3, column 1: 'type' is said twice",
            "mend the YAML there",
        ),
        (
            "attributes/outcome.yaml",
            "rules:\n  - {kind",
            "rules:\n  - {id: outcome.3.regex, kind: regex, pattern: a, value: died}\n"
            "  - {id: outcome.3.regex, kind: regex, pattern: b, value: died}\n  - {kind",
            "outcome.yaml: two rules have the id 'outcome.3.regex'",
            "give one of them another id",
        ),
    ],
    ids=["key of a rule", "kind", "key of an attribute", "vocabulary", "attribute", "twice", "rule id"],
)
def test_what_is_wrong_is_said_with_file_place_and_remedy(
    folder: Path, file: str, old: str, new: str, message: str, hint: str
) -> None:
    mend(folder, file, old, new)

    with pytest.raises(RuleError) as caught:
        load(NAME, folder)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_pattern_that_is_none_is_found_by_the_check(folder: Path) -> None:
    mend(folder, "attributes/outcome.yaml", "(?:died|", "(?:died|(")

    with pytest.raises(RuleError, match=r"outcome\.yaml, rule outcome\.2\.regex: .* is no pattern"):
        check_patterns(load(NAME, folder))


def test_an_unknown_topic_is_told_with_the_nearest_one() -> None:
    with pytest.raises(TopicError) as caught:
        load("antivenom", TOPICS)

    assert caught.value.hint == f"did you mean {NAME!r}?"


def test_topics_are_listed_by_name() -> None:
    assert topics(TOPICS) == (NAME,)
