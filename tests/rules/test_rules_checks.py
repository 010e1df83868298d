"""The shipped checks, with values that cannot be and values that can; and names that are nothing."""

import shutil
from pathlib import Path

import pytest

from litreview.errors import RuleError
from litreview.extract.checks import checked
from litreview.model.case import Finding, Value
from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.rules import load

TOPICS = Path(__file__).parents[1] / "topics"
NAME = "antivenom_envenoming"
TOPIC = load("anti_cd38_cytopenia")

IMPOSSIBLE: tuple[tuple[dict[str, Value], str], ...] = (
    ({"infusions_to_response": 4, "infusion_count": 3}, "a response after 4 doses, but 3 given"),
    ({"anti_cd38_start_day": 50, "cytopenia_onset_day": 58}, "begun on day 50, before the onset on day 58"),
    (
        {"anti_cd38_delay_days": 300, "anti_cd38_start_day": 184, "cytopenia_onset_day": 58},
        "300 days from diagnosis to antibody, but day 184 less day 58 is another number",
    ),
    ({"anti_cd38_delay_days": 1500, "age_years": 2.0}, "longer than 2 years of life"),
    ({"anti_cd38_delay_days": 5461}, "5461 days from diagnosis to antibody is uncommonly long"),
    ({"days_to_response": 90, "follow_up_months": 2.0}, "after 90 days, but followed for 2 months"),
    ({"days_to_response": 79, "infusions_to_response": 3}, "after 79 days, but noted after 3 doses"),
    ({"days_to_response": 548}, "a response after 548 days is uncommonly late"),
    ({"cytopenia_onset_day": -30, "transplanted": "yes"}, "onset on day -30, before the transplant"),
    ({"transplanted": "no", "donor_type": "MSD"}, "never transplanted, but donor"),
    ({"transplanted": "no", "conditioning_agents": "busulfan"}, "never transplanted, but donor"),
    ({"prior_therapy_count": 0, "prior_therapies": "rituximab"}, "0 lines before the antibody, but rituximab is told"),
    ({"response": "NR", "relapse": "yes"}, "no response, but a relapse"),
    ({"response": "NR", "transfusion_independent": "yes"}, "no response, but independent of transfusions"),
    ({"response": "CR", "transfusion_independent": "no"}, "but not independent of transfusions"),
    ({"response": "NR", "days_to_response": 14}, "no response, but a day or dose of response"),
    ({"age_years": 43.0, "sex": "girl"}, "43 years old, but called a child"),
    ({"age_years": 4.0, "sex": "woman"}, "4 years old, but called a man or woman"),
    ({"aiha_subtype": "warm", "cytopenia_type": "PRCA"}, "a kind of hemolytic anemia, but the cytopenia is PRCA"),
    ({"donor_type": "MSD", "hla_match": "5/10"}, "a matched sibling or matched donor, but HLA 5/10"),
    ({"dose_mg": 1800.0, "dose_mg_per_kg": 8.0}, "make a weight that nobody has"),
    ({"dose_mg": 16.0, "dose_mg_per_kg": 16.0}, "make a weight that nobody has"),
)
POSSIBLE: tuple[dict[str, Value], ...] = (
    {"infusions_to_response": 3, "infusion_count": 3},
    {"anti_cd38_start_day": 58, "cytopenia_onset_day": 58},
    {"anti_cd38_delay_days": 120, "anti_cd38_start_day": 184, "cytopenia_onset_day": 58},
    {"anti_cd38_delay_days": 700, "age_years": 1.5},
    {"days_to_response": 60, "follow_up_months": 2.0},
    {"days_to_response": 49, "infusions_to_response": 4},
    {"cytopenia_onset_day": -30, "transplanted": "no"},
    {"transplanted": "yes", "donor_type": "MSD", "conditioning_agents": "busulfan"},
    {"prior_therapy_count": 1, "prior_therapies": "rituximab"},
    {"prior_therapy_count": 0},
    {"response": "PR", "relapse": "yes", "transfusion_independent": "no", "days_to_response": 14},
    {"age_years": 17.0, "sex": "girl"},
    {"age_years": 16.0, "sex": "woman"},
    {"aiha_subtype": "warm", "cytopenia_type": "ES"},
    {"donor_type": "HAPLO", "hla_match": "5/10"},
    {"dose_mg": 1200.0, "dose_mg_per_kg": 16.0},
    {"vital_status": "dead", "response": "CR", "transfusion_independent": "yes"},
)


def doubts(values: dict[str, Value]) -> list[str]:
    """What the checks have against such values; the word for the sex is the words it rests on."""
    told = tuple(
        Finding(name, "told" if name == "sex" else value, (Evidence("d", Span(0, 1), str(value), "case"),))
        for name, value in values.items()
    )
    return [doubt for finding in checked(told, (), TOPIC) for doubt in finding.doubts]


@pytest.mark.parametrize(("values", "words"), IMPOSSIBLE, ids=[words for _, words in IMPOSSIBLE])
def test_what_cannot_be_is_doubted(values: dict[str, Value], words: str) -> None:
    assert any(words in doubt for doubt in doubts(values))


@pytest.mark.parametrize("values", POSSIBLE, ids=str)
def test_what_can_be_is_not_doubted(values: dict[str, Value]) -> None:
    assert doubts(values) == []


def test_every_check_has_an_example_here() -> None:
    told = [doubt for values, _ in IMPOSSIBLE for doubt in doubts(values)]
    told.append("check failed: alive, but a death is told")  # an event: shown with the mechanism's own tests

    assert [each.says for each in TOPIC.checks if not any(_fits(each.says, doubt) for doubt in told)] == []


def _fits(says: str, doubt: str) -> bool:
    return all(part.rpartition("}")[2] in doubt for part in says.split("{"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TOPICS / NAME, tmp_path / NAME)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "text", "message", "hint"),
    [
        (
            "checks.yaml",
            "checks: [{says: too many, when: [{attribute: antivenom_vial, above: '90'}]}]",
            "checks.yaml, check 1: 'antivenom_vial' is not an attribute",
            "did you mean 'antivenom_vials'?",
        ),
        (
            "checks.yaml",
            "checks: [{says: '{outcom} is odd', when: [{attribute: outcome}]}]",
            "checks.yaml, check 1: 'outcom' is not an attribute",
            "did you mean 'outcome'?",
        ),
        (
            "checks.yaml",
            "checks: [{says: odd, when: [{event: antivenon}]}]",
            "checks.yaml, check 1: 'antivenon' is not an event",
            "did you mean 'antivenom'?",
        ),
        (
            "checks.yaml",
            "checks: [{says: odd, when: [{atribute: outcome}]}]",
            "checks.yaml: checks, 1, when, 1, atribute is not something this file can have",
            "did you mean 'attribute'?",
        ),
        (
            "confidence.yaml",
            "signs: {in a tabel: 1}",
            "confidence.yaml: 'in a tabel' is not a sign",
            "did you mean 'in a table'?",
        ),
        (
            "confidence.yaml",
            "bas: 1",
            "confidence.yaml: bas is not something this file can have",
            "did you mean 'base'?",
        ),
    ],
    ids=["attribute", "placeholder", "event", "key of a check", "sign", "key of the weights"],
)
def test_a_name_that_is_nothing_is_told_with_the_nearest(
    file: str, text: str, message: str, hint: str, folder: Path
) -> None:
    (folder / NAME / file).write_text(text)

    with pytest.raises(RuleError) as told:
        load(NAME, folder)

    assert (told.value.message, told.value.hint) == (message, hint)


def test_a_topic_has_its_own_weights_or_the_common_ones(folder: Path) -> None:
    common = load(NAME, folder)
    (folder / NAME / "confidence.yaml").write_text("base: 0.25\nsigns: {in a table: -1}\n")

    own = load(NAME, folder)

    assert common.confidence.signs["in a table"] > 0
    assert (own.confidence.base, own.confidence.signs) == (0.25, {"in a table": -1.0})
    assert own.rules_hash != common.rules_hash


def test_a_topic_says_from_which_confidence_values_are_filled_in(folder: Path) -> None:
    assert load(NAME, folder).fill_from == 0.5
    (folder / NAME / "checks.yaml").write_text("fill_from: 0.8\n")
    assert load(NAME, folder).fill_from == 0.8
