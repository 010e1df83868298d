"""Fictional patients told twice, and look-alikes: what the comparison of patients promises on them."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from litreview import rules
from litreview.dedupe import patients
from litreview.model.topic import Topic

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SETS = ("development", "heldout", "third", "fourth", "fifth")
SEEDS = 20


@pytest.fixture(scope="module")
def scenes() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
        import patient_scenes

        return patient_scenes


@pytest.fixture(scope="module")
def topic() -> Topic:
    return rules.load("anti_cd38_cytopenia", None)


@pytest.mark.parametrize("name", SETS)
def test_what_is_joined_is_right_and_what_is_missed_waits(scenes: ModuleType, topic: Topic, name: str) -> None:
    told = scenes.read(name)
    score = scenes.score(*patients(told.cases, topic), told)
    true = len(told.same)
    assert score.wrong == 0
    assert score.right >= 0.7 * true
    assert score.right + score.waiting >= 0.95 * true
    assert score.waiting + score.idle <= 3 * true


@pytest.mark.parametrize("name", [name for name in SETS if name != "fourth"])
def test_under_noise_most_are_joined_and_hardly_any_wrongly(scenes: ModuleType, topic: Topic, name: str) -> None:
    told = scenes.read(name)
    total = scenes.Score(0, 0, 0, 0, 0)
    for seed in range(SEEDS):
        noisy = scenes.spoiled(told, seed, topic)
        total += scenes.score(*patients(noisy.cases, topic), noisy)
    assert total.right >= 0.95 * (total.right + total.wrong)
    assert total.right >= 0.7 * SEEDS * len(told.same)
    assert total.right + total.waiting >= 0.95 * SEEDS * len(told.same)
    assert total.waiting + total.idle <= 3 * SEEDS * len(told.same)


@pytest.mark.parametrize("name", SETS)
def test_where_both_reports_are_spoiled_more_waits_and_hardly_any_is_joined_wrongly(
    scenes: ModuleType, topic: Topic, name: str
) -> None:
    told = scenes.read(name)
    total = scenes.Score(0, 0, 0, 0, 0)
    for seed in range(SEEDS):
        noisy = scenes.spoiled(told, seed, topic, both=True)
        total += scenes.score(*patients(noisy.cases, topic), noisy)
    assert total.right >= 0.95 * (total.right + total.wrong)
    assert total.right + total.waiting >= 0.95 * SEEDS * len(told.same)
    assert total.waiting + total.idle <= 3 * SEEDS * len(told.same)


def test_there_are_sixty_pairs_and_more(scenes: ModuleType) -> None:
    sets = [scenes.read(name) for name in SETS]
    assert sum(len(each.same) + len(each.different) for each in sets) >= 60
