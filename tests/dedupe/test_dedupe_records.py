from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.dedupe import records
from litreview.model.bibliography import PartialDate, Record

TITLE = "Antivenom after the bite of a viper in a garden far from home"
PAPER = Record(
    TITLE,
    pmid="101",
    doi="10.5555/a",
    authors=("Adder V", "Boa C"),
    journal="Journal of Venoms and Bites",
    published=PartialDate(2020),
    volume="3",
    issue="2",
    pages="10-12",
)


def outcome(one: Record, other: Record) -> str:
    pairs, _ = records({"a": one, "b": other})
    return pairs[0].outcome if pairs else "different"


def other(**changes: object) -> Record:
    """The same paper as another source has it, without identifiers unless they are given."""
    return replace(PAPER, **{"pmid": None, "doi": None, **changes})


SAME = {
    "same PMID, other words": Record("Envenoming", pmid="101"),
    "same DOI, ahead of print": Record(TITLE, pmid="102", doi="10.5555/a", status="ahead_of_print"),
    "no identifiers": other(),
    "title in capitals with a full stop": other(title=TITLE.upper() + "."),
    "a misprint": other(title=TITLE.replace("garden", "gardne")),
    "title cut off, same page": other(title=TITLE[:48]),
    "given and family name turned round": other(authors=("Viktor Adder",)),
    "journal by its short name": other(journal="J Venoms Bites"),
    "only first page": other(pages="10"),
    "year online": other(published=PartialDate(2019)),
    "translated title in brackets": other(title=f"[{TITLE}]. [Spanish]"),
    "another issue, same page": other(issue="3"),
}
POSSIBLE = {
    "meeting abstract and paper": other(publication_types=("Meeting Abstract",), pages="77", volume="9"),
    "elsewhere in print": other(volume="8", pages="99"),
    "four years apart": other(published=PartialDate(2016), volume="", pages=""),
    "another journal": other(journal="Annals of Fangs", volume="", pages=""),
    "two DOIs": other(doi="10.5555/b"),
}
DIFFERENT = {
    "another first author": other(authors=("Cobra K",)),
    "erratum": other(publication_types=("Published Erratum",)),
    "another title": other(title="Sea snakes and what they eat in warm waters of the south"),
    "a title that says nothing": replace(PAPER, title="Reply", doi=None, pmid=None, volume="", pages=""),
}


@pytest.mark.parametrize("twin", SAME.values(), ids=SAME.keys())
def test_one_paper_is_known_however_it_is_entered(twin: Record) -> None:
    assert outcome(PAPER, twin) == outcome(twin, PAPER) == "same"


@pytest.mark.parametrize("like", POSSIBLE.values(), ids=POSSIBLE.keys())
def test_what_may_be_one_paper_is_left_to_a_person(like: Record) -> None:
    assert outcome(PAPER, like) == outcome(like, PAPER) == "possible"


@pytest.mark.parametrize("stranger", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_another_paper_stays_another(stranger: Record) -> None:
    assert outcome(PAPER, stranger) == outcome(stranger, PAPER) == "different"


def test_many_meeting_abstracts_under_one_doi_stay_apart() -> None:
    titles = ("Vipers of the north", "A cobra in the kitchen", "Antivenom stores and their keepers")
    _, clusters = records({title: Record(title, doi="10.5555/congress") for title in titles})
    assert len(clusters) == 3


def test_the_published_entry_leads_over_the_one_ahead_of_print() -> None:
    ahead = Record(TITLE, pmid="102", doi="10.5555/a", status="ahead_of_print", abstract="long", journal="J")
    _, (cluster,) = records({"ahead": ahead, "final": PAPER})
    assert cluster.leader == "final"
    assert set(cluster.members) == {"ahead", "final"}


def test_every_record_is_in_exactly_one_cluster() -> None:
    _, clusters = records({"a": PAPER, "b": other(), "c": Record("Something else entirely, and long")})
    assert sorted(member for cluster in clusters for member in cluster.members) == ["a", "b", "c"]


def test_pairs_say_why() -> None:
    (pair,), _ = records({"a": PAPER, "b": other(volume="8", pages="99")})
    assert {"same title", "year", "first author", "another volume", "another first page"} <= set(pair.reasons)


_titles = st.sampled_from(
    [TITLE, TITLE.upper(), "Sea snakes and what they eat in warm waters", "Reply", "", "蛇咬伤的治疗"]
)
_entries = st.builds(
    Record,
    title=_titles,
    doi=st.sampled_from([None, "10.5555/a", "10.5555/b"]),
    authors=st.sampled_from([(), ("Adder V",), ("Cobra K",)]),
    volume=st.sampled_from(["", "3", "Suppl 1"]),
    pages=st.sampled_from(["", "10-12", "e7", "iv"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_entries, max_size=6))
def test_the_order_of_the_records_does_not_matter(entries: list[Record]) -> None:
    named = {f"r{n}": entry for n, entry in enumerate(entries)}
    turned = dict(reversed(named.items()))
    assert {frozenset(cluster.members) for cluster in records(named)[1]} == {
        frozenset(cluster.members) for cluster in records(turned)[1]
    }
