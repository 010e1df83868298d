from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.dedupe import records
from litreview.model.bibliography import PartialDate, Record
from litreview.model.linkage import Pair

TITLE = "Antivenom after the bite of a viper in a garden far from home"
ABSTRACT = "A man was bitten by a viper while he weeded a garden that was not his own. " * 4
PAPER = Record(
    TITLE,
    pmid="101",
    doi="10.5555/a",
    authors=("Adder V", "Boa C", "Cobra K"),
    journal="Journal of Venoms and Bites",
    published=PartialDate(2020),
    volume="3",
    issue="2",
    pages="110-112",
)
EDITORIAL = Record(
    "Editorial",
    authors=("Adder V",),
    journal="Journal of Venoms and Bites",
    published=PartialDate(2020),
    volume="3",
    issue="2",
    pages="5-6",
)


def outcome(one: Record, other: Record) -> str:
    pairs, _ = records({"a": one, "b": other})
    return pairs[0].outcome if pairs else "different"


def other(**changes: object) -> Record:
    """The same paper as another source has it, without identifiers unless they are given."""
    return replace(PAPER, **{"pmid": None, "doi": None, **changes})


def early(**changes: object) -> Record:
    """The paper before it was printed: no volume, no pages."""
    return other(**{"volume": "", "issue": "", "pages": "", **changes})


SAME = {
    "same PMID, other words": Record("Envenoming", pmid="101"),
    "same DOI, ahead of print": Record(TITLE, pmid="102", doi="10.5555/a", status="ahead_of_print"),
    "same DOI under two PMIDs": replace(PAPER, pmid="102"),
    "no identifiers": other(),
    "title in capitals with a full stop": other(title=TITLE.upper() + "."),
    "a misprint": other(title=TITLE.replace("garden", "gardne")),
    "title cut off, same page": other(title=TITLE[:48]),
    "title without what follows a colon, same page": other(title="Vipers: " + TITLE),
    "no title, same pages": other(title=""),
    "another language, same pages": other(title="Gegengift nach dem Biss einer Viper in einem fremden Garten"),
    "translated title in brackets": other(title=f"[{TITLE}]. [Spanish]"),
    "a note behind the title": other(title=f"{TITLE}.[Erratum appears in J Venoms Bites. 2020;3(4):200]"),
    "marked as retracted": other(title=f"RETRACTED: {TITLE}"),
    "given and family name turned round": other(authors=("Viktor Adder", "Clara Boa", "Karl Cobra")),
    "family names after a comma": other(authors=("Adder, Viktor", "Boa, Clara", "Cobra, Karl")),
    "first author alone": other(authors=("Adder V",)),
    "authors in another order": other(authors=("Cobra K", "Boa C", "Adder V")),
    "journal by its short name": other(journal="J Venoms Bites"),
    "journal by its initials": other(journal="JVB"),
    "journal with a subtitle": other(journal="Journal of Venoms and Bites : the organ of a society"),
    "journal in two languages": other(journal="Zeitschrift fur Gifte = Journal of Venoms and Bites"),
    "journal translated, same page": other(journal="Zeitschrift fur Gifte"),
    "journal not said": other(journal=""),
    "only first page": other(pages="110"),
    "last page cut short": other(pages="110-2"),
    "letter before the page": other(pages="e110-e112"),
    "a wrong digit in the first page": other(pages="170-112"),
    "a wrong digit in a single page": other(pages="170"),
    "pages one off": other(pages="109-112"),
    "year online": other(published=PartialDate(2019)),
    "a wrong year": other(published=PartialDate(2002)),
    "another issue, same pages": other(issue="3"),
    "volume and issue in one field": other(volume="3(2)"),
    "Roman volume": other(volume="III"),
    "numbers in the wrong fields": other(volume="", issue="3", pages="2"),
    "year in place of the volume": other(volume="2020"),
    "another DOI, same pages": other(doi="10.5555/b"),
    "a DOI that is cut off": other(doi="10.5555/"),
    "ahead of print": early(),
    "ahead of print, the year before": early(published=PartialDate(2019)),
}
POSSIBLE = {
    "elsewhere in print": other(volume="8", pages="99"),
    "years apart": early(published=PartialDate(2016)),
    "another journal": early(journal="Annals of Fangs"),
    "another first author on one page": other(authors=("Krait B",)),
    "neither authors nor journal": early(authors=(), journal=""),
    "a later issue of the volume": other(issue="4", pages="388"),
}
RELATED = {
    "meeting abstract and paper": other(publication_types=("Meeting Abstract",), pages="77", volume="9"),
    "abstract under the name of a congress": other(
        journal="Toxins. Conference: 9th Congress of Toxinology", volume="9", pages=""
    ),
    "abstract in a supplement": other(journal="Toxins", volume="9", issue="Suppl 1", pages="S77"),
    "erratum by its type": other(publication_types=("Published Erratum",), pages="300"),
    "erratum by its title": other(title=f"Erratum to: {TITLE}", pages="300"),
    "correction behind the title": other(title=f"{TITLE} (vol 3, pg 110, 2020)", pages="300"),
    "retraction": other(title=f"Retraction: {TITLE}", volume="4"),
    "reply": other(title=f"{TITLE} - reply", authors=("Krait B",), pages="113"),
    "comment": other(title=f"Comment on: {TITLE}", authors=("Krait B",), volume="4"),
    "preprint": early(journal="medRxiv", doi="10.1101/x"),
    "printed again years later": other(published=PartialDate(2010), journal="Fangs", volume="8", pages="99"),
}
DIFFERENT = {
    "another first author elsewhere": other(authors=("Krait B",), volume="8", pages="99"),
    "another title": other(title="Sea snakes and what they eat in warm waters of the south", pages="300-305"),
    "another title on a meeting's page": replace(
        EDITORIAL, title="Sea snakes and their prey in warm waters", pages="110"
    ),
    "a title that says nothing": replace(PAPER, title="Reply", doi=None, pmid=None, volume="", pages=""),
    "second part": other(title=f"{TITLE}. Part II", volume="4", pages="9-12"),
    "other patients": other(title=TITLE.replace("a viper", "a mamba"), volume="4", pages="9-12"),
}


@pytest.mark.parametrize("twin", SAME.values(), ids=SAME.keys())
def test_one_paper_is_known_however_it_is_entered(twin: Record) -> None:
    assert outcome(PAPER, twin) == outcome(twin, PAPER) == "same"


def test_the_beginning_of_a_long_title_names_it_however_long_it_goes_on() -> None:
    long = replace(
        PAPER, title=f"{TITLE} and the course of eleven others who were bitten far away from any clinic", pages="S110"
    )
    cut = replace(long, title=long.title[:60], pmid=None, doi=None)
    assert outcome(long, cut) == outcome(cut, long) == "same"


@pytest.mark.parametrize("like", POSSIBLE.values(), ids=POSSIBLE.keys())
def test_what_may_be_one_paper_is_left_to_a_person(like: Record) -> None:
    assert outcome(PAPER, like) == outcome(like, PAPER) == "possible"


@pytest.mark.parametrize("abstract", [ABSTRACT, "A man was bitten."], ids=["long", "short"])
def test_the_same_words_under_other_names_are_put_to_a_person(abstract: str) -> None:
    elsewhere = other(authors=("Krait B",), volume="8", pages="99", abstract=abstract)
    (pair,), _ = records({"a": replace(PAPER, abstract=abstract), "b": elsewhere})
    assert pair.outcome == "possible"
    assert pair.reasons[0] == "the same words by others"
    assert (
        outcome(replace(PAPER, abstract=abstract), replace(elsewhere, abstract="Sea snakes eat eels.")) == "different"
    )


@pytest.mark.parametrize("relative", RELATED.values(), ids=RELATED.keys())
def test_what_is_about_a_paper_or_went_before_it_is_linked_and_never_joined(relative: Record) -> None:
    assert outcome(PAPER, relative) == outcome(relative, PAPER) == "related"


@pytest.mark.parametrize("stranger", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_another_paper_stays_another(stranger: Record) -> None:
    assert outcome(PAPER, stranger) == outcome(stranger, PAPER) == "different"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "EDITORIAL."}, "same"),
        ({"issue": "3"}, "different"),
        ({"pages": "5-9"}, "different"),
        ({"pages": "6-6"}, "different"),
        ({"volume": "4"}, "different"),
        ({"authors": ("Boa C",)}, "different"),
    ],
    ids=["same in every sign", "another issue", "another end", "the next page", "another volume", "another author"],
)
def test_a_title_that_says_nothing_needs_every_sign_of_its_place(changes: dict[str, object], expected: str) -> None:
    assert outcome(EDITORIAL, replace(EDITORIAL, **changes)) == expected


@pytest.mark.parametrize("page", ["150-155", "120-125"], ids=["elsewhere", "one digit on"])
def test_two_papers_of_one_issue_on_men_and_on_women_are_two(page: str) -> None:
    men = other(title="Bites of vipers and other snakes of the dry north in men who work in gardens and in fields")
    women = replace(men, title=men.title.replace("men", "women"), pages=page)
    assert outcome(men, women) == "different"


def test_a_correction_that_repeats_the_whole_report_is_the_report() -> None:
    paper = replace(PAPER, abstract=ABSTRACT)
    assert outcome(paper, other(title=f"Erratum to: {TITLE}", pages="300", abstract=ABSTRACT)) == "same"


def test_a_letter_and_its_reply_under_one_entry_are_joined_by_it() -> None:
    letter = other(authors=("Adder V",), pages="110-111")
    reply = other(title=f"{TITLE} - reply", authors=("Krait B",), pages="112")
    both = other(title=f"{TITLE} (multiple letters) [1]", authors=("Adder V", "Krait B"))
    assert outcome(letter, reply) == "related"
    assert len(records({"letter": letter, "reply": reply, "both": both})[1]) == 1


def test_many_meeting_abstracts_under_one_doi_stay_apart() -> None:
    titles = ("Vipers of the north", "A cobra in the kitchen", "Antivenom stores and their keepers")
    _, clusters = records({title: Record(title, doi="10.5555/congress") for title in titles})
    assert len(clusters) == 3


def test_a_column_is_known_by_its_many_places() -> None:
    columns = {
        f"c{issue}": other(title="Snakes of the season and what came of them", issue=str(issue), pages="")
        for issue in range(1, 6)
    }
    alone = {"x": columns["c1"], "y": replace(columns["c1"], issue="")}
    assert len(records(alone)[1]) == 1
    assert len(records(columns | {"y": alone["y"]})[1]) == 6


def test_an_entry_that_fits_two_papers_does_not_join_them() -> None:
    first = other(volume="3", pages="110-112", issue="")
    second = other(volume="8", pages="60-66", issue="", published=PartialDate(2021))
    _, clusters = records({"first": first, "second": second, "vague": early()})
    joined = {member: cluster.leader for cluster in clusters for member in cluster.members}
    assert joined["first"] != joined["second"]
    assert len(clusters) == 2


def test_what_does_not_join_after_all_is_a_question() -> None:
    second = other(volume="8", pages="60-66", published=PartialDate(2021))
    pairs, _ = records({"first": other(), "second": second, "vague": early()})
    (left_open,) = (pair for pair in pairs if "one is the same as what the other is not" in pair.reasons)
    assert left_open.outcome == "possible"


def test_a_hundred_copies_are_one() -> None:
    pairs, (cluster,) = records({f"r{n}": other() for n in range(100)})
    assert len(cluster.members) == 100
    assert len(pairs) == 99


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
    expected = {"same title", "same authors", "same year", "same journal", "another volume", "another first page"}
    assert expected <= set(pair.reasons)


def test_a_person_parts_what_was_joined_and_joins_what_was_not() -> None:
    given = {"a": PAPER, "b": other(), "c": other(volume="8", pages="99")}
    assert [cluster.members for cluster in records(given)[1]] == [("a", "b"), ("c",)]
    said = [Pair("a", "b", "different", 1.0, ("decided",)), Pair("c", "b", "same", 1.0, ("decided",))]
    pairs, clusters = records(given, said)
    assert [cluster.members for cluster in clusters] == [("a",), ("b", "c")]
    assert {pair for pair in pairs if "decided" in pair.reasons} == set(said)


def test_a_person_parts_what_a_third_record_would_join() -> None:
    given = {"a": PAPER, "b": other(), "c": other(title=TITLE.upper())}
    _, clusters = records(given, [Pair("a", "b", "different", 1.0)])
    joined = {member: cluster.leader for cluster in clusters for member in cluster.members}
    assert joined["a"] != joined["b"]


_titles = st.sampled_from(
    [
        *("", "Reply", "蛇咬伤的治疗", "Sea snakes and what they eat in warm waters"),
        *(TITLE, TITLE.upper(), TITLE[:40], f"Erratum to: {TITLE}"),
    ]
)
_entries = st.builds(
    Record,
    title=_titles,
    doi=st.sampled_from([None, "10.5555/a", "10.5555/b"]),
    authors=st.sampled_from([(), ("Adder V",), ("Cobra K",), ("Adder V", "Boa C")]),
    journal=st.sampled_from(["", "Journal of Venoms and Bites", "J Venoms Bites", "Fangs"]),
    published=st.sampled_from([None, PartialDate(2019), PartialDate(2020), PartialDate(2015)]),
    volume=st.sampled_from(["", "3", "Suppl 1"]),
    issue=st.sampled_from(["", "2", "Suppl 1"]),
    pages=st.sampled_from(["", "10-12", "10", "e7", "iv", "300-301"]),
    publication_types=st.sampled_from([(), ("Meeting Abstract",), ("Comment",)]),
)


def partition(named: dict[str, Record]) -> set[frozenset[str]]:
    return {frozenset(cluster.members) for cluster in records(named)[1]}


@settings(max_examples=150, deadline=None)
@given(st.lists(_entries, max_size=7), st.randoms())
def test_the_order_of_the_records_does_not_matter(entries: list[Record], chance: object) -> None:
    named = {f"r{n}": entry for n, entry in enumerate(entries)}
    turned = list(named.items())
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert partition(named) == partition(dict(turned))


@settings(max_examples=100, deadline=None)
@given(_entries, _entries)
def test_which_of_two_comes_first_does_not_matter(one: Record, another: Record) -> None:
    ((left, _), (right, _)) = records({"a": one, "b": another}), records({"b": another, "a": one})
    assert [(pair.outcome, pair.score, pair.reasons) for pair in left] == [
        (pair.outcome, pair.score, pair.reasons) for pair in right
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(_entries, max_size=6))
def test_the_leaders_alone_do_not_join_again(entries: list[Record]) -> None:
    named = {f"r{n}": entry for n, entry in enumerate(entries)}
    pairs, clusters = records(named)
    told = {frozenset((pair.left, pair.right)) for pair in pairs if pair.outcome == "same"}
    for cluster in clusters:
        assert all(not told & {frozenset((cluster.leader, other.leader))} for other in clusters if other != cluster)
