"""Ways between places on the timeline: the same whether ties come in one by one, with questions between, or at once."""

from hypothesis import given
from hypothesis import strategies as st

from litreview.extract.timeline.anchors import Node
from litreview.extract.timeline.ties import Tie, Web

PLACES = [Node(name) for name in ("transplant", "onset", "dose", "response", "death")]
TIES = st.builds(
    Tie, st.sampled_from(PLACES), st.sampled_from(PLACES), st.integers(-60, 400), st.sampled_from([0, 3, 15])
)


@given(ties=st.lists(TIES, max_size=9))
def test_a_tie_that_comes_later_leads_where_it_leads_if_it_is_there_from_the_first(ties: list[Tie]) -> None:
    web = Web([])
    for tie in ties:
        for place in PLACES:
            web.ways(place)
        web.add([tie])

    assert {place: web.ways(place) for place in PLACES} == {place: Web(ties).ways(place) for place in PLACES}


def test_the_surest_way_is_taken_through_a_place_that_was_tied_last() -> None:
    transplant, onset, dose = PLACES[:3]
    web = Web([Tie(transplant, onset, 159, 0), Tie(transplant, dose, 200, 15)])
    assert web.ways(transplant)[dose].exact == 15

    web.add([Tie(onset, dose, 41, 0)])

    assert (web.ways(transplant)[dose].days, web.ways(transplant)[dose].exact) == (200, 0)
