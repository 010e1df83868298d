"""Values that are made without a guard are compared, hashed, copied and sent like frozen dataclasses."""

import pickle
from dataclasses import FrozenInstanceError, asdict, fields, replace

import pytest

from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic
from litreview.model.values import dataclass


def test_equal_values_are_one_key() -> None:
    assert {Span(1, 2): "a", Span(1, 2): "b"} == {Span(1, 2): "b"}
    assert hash(Evidence("d", Span(1, 2), "x")) == hash(Evidence("d", Span(1, 2), "x"))
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]


def test_values_are_copied_and_sent_to_other_processes_whole() -> None:
    told = Evidence("d", Span(1, 2), "x", "case", "anchor")

    assert pickle.loads(pickle.dumps(told)) == told
    assert replace(told, quote="y").span == Span(1, 2)
    assert asdict(told)["span"] == {"start": 1, "end": 2}
    assert [field.name for field in fields(told)][:3] == ["document_id", "span", "quote"]


def test_what_is_compared_by_identity_stays_so() -> None:
    @dataclass(frozen=True, eq=False)
    class Made:
        topics: tuple[Topic, ...] = ()

    assert len({Made(), Made()}) == 2


def test_a_value_has_no_room_for_what_it_does_not_name() -> None:
    with pytest.raises((AttributeError, FrozenInstanceError)):
        object.__setattr__(Span(1, 2), "colour", "red")
