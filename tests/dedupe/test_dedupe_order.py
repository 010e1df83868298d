"""The order in which reports come makes no difference to which cases are one patient."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litreview import rules
from litreview.dedupe import patients
from litreview.model.linkage import Profile
from litreview.model.topic import Topic

Outcome = tuple[frozenset[frozenset[str]], frozenset[tuple[frozenset[str], str]]]


@pytest.fixture(scope="module")
def told() -> tuple[Profile, ...]:
    """Every third scene, as it is and spoiled: cases that join, wait, and are rivals for one patient."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(Path(__file__).parents[2] / "benchmarks"), *sys.path])
        from patient_scenes import read, spoiled

    topic = rules.load("anti_cd38_cytopenia", None)
    scenes = read("development")
    return tuple(case for case in spoiled(scenes, 3, topic).cases if int(case.case_id[1:].split("-")[0]) % 3 == 0)


def found(cases: Sequence[Profile], topic: Topic) -> Outcome:
    pairs, clusters = patients(cases, topic)
    groups = frozenset(frozenset(cluster.members) for cluster in clusters)
    return groups, frozenset((frozenset((pair.left, pair.right)), pair.outcome) for pair in pairs)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_of_the_cases_gives_the_same_patients(data: st.DataObject, told: tuple[Profile, ...]) -> None:
    topic = rules.load("anti_cd38_cytopenia", None)
    turned = data.draw(st.permutations(told))
    assert found(turned, topic) == found(told, topic)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_names_of_the_cases_make_no_difference(data: st.DataObject, told: tuple[Profile, ...]) -> None:
    topic = rules.load("anti_cd38_cytopenia", None)
    names = dict(zip((case.case_id for case in told), data.draw(st.permutations(range(len(told)))), strict=True))
    renamed = [replace(case, case_id=f"c{names[case.case_id]}") for case in told]
    groups, _ = found(renamed, topic)
    expected, _ = found(told, topic)
    assert groups == frozenset(frozenset(f"c{names[name]}" for name in group) for group in expected)
