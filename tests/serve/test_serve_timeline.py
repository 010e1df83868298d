import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litreview.serve.timeline import WIDTH, timeline


class Topic:
    """As much of a topic as a course needs."""

    class clock:  # noqa: N801
        index, start = "bite", "treatment"

    events = ()


class Known:
    topic = Topic


def event(kind, day, clock="bite", **given):
    return {
        "kind": kind,
        "agent": "",
        "day": day,
        "day_qualifier": "=",
        "clock": clock,
        "amount": None,
        "unit": "",
        "exact": 0.0,
    } | given


def drawn(*events):
    return timeline(events, [("d1-0-1",)] * len(events), Known)


def test_events_stand_to_scale():
    spots = {
        spot.kind: spot.x for spot in drawn(event("bite", 0), event("treatment", 25), event("response", 100)).spots
    }
    assert (spots["treatment"] - spots["bite"]) * 4 == pytest.approx(spots["response"] - spots["bite"], abs=0.5)


def test_what_is_dated_from_the_start_of_treatment_is_moved_to_the_common_clock():
    found = drawn(event("treatment", 30), event("response", 10, "treatment"))
    assert [(spot.kind, spot.day) for spot in found.spots] == [("bite", 0), ("treatment", 30), ("response", 40)]


def test_without_a_date_on_the_index_clock_all_is_told_from_the_start():
    found = drawn(event("response", 10, "treatment"), event("relapse", 40, "treatment"))
    assert found.clock == "treatment"
    assert [spot.day for spot in found.spots] == [0, 10, 40]


def test_an_event_told_on_both_clocks_is_drawn_once():
    found = drawn(event("treatment", 30), event("response", 41), event("response", 10, "treatment"))
    assert [spot.day for spot in found.spots if spot.kind == "response"] == [41]


@pytest.mark.parametrize("events", [[], [event("bite", None)], [event("bite", 0)]], ids=["none", "undated", "one"])
def test_less_than_two_dated_events_are_no_course(events):
    assert drawn(*events) is None


def test_about_and_how_far_off_are_told():
    found = drawn(event("bite", 0), event("response", 12, day_qualifier="~", exact=3.0))
    assert found.spots[1].told == "about 12 ± 3"
    assert found.spots[1].off > 0


@given(st.lists(st.floats(-400, 4000), min_size=2, max_size=25, unique=True))
@example([0.0, 5.5e-307])
def test_no_name_covers_another_or_a_stem_that_passes_it(days):
    found = drawn(*(event(f"kind {n}", day) for n, day in enumerate(days)))
    spots = found.spots
    for one in spots:
        assert 0 <= one.x <= WIDTH
        end = one.label_x + 8 * len(f"{one.name} {one.told}")
        for other in spots:
            if other is not one and other.lane >= one.lane:
                assert not (one.label_x < other.x < end and other.lane > one.lane) or other.x <= one.x
            if other is not one and other.lane == one.lane and other.x > one.x:
                assert end <= other.label_x
    assert found.lanes == max(spot.lane for spot in spots) + 1
