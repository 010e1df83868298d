"""How a case table is scored against the gold."""

from collections.abc import Mapping

import pytest

from litreview.evaluate.comparison import Comparison, Count
from litreview.evaluate.gold import Gold, GoldCase, GoldReport
from litreview.evaluate.score import FoundReport, Scores, score
from litreview.model.case import Case, CaseSource, Finding, Value
from litreview.model.document import Span
from litreview.model.evidence import Evidence
from litreview.model.topic import Topic


def found_case(values: Mapping[str, Value], *, label: str = "", index: int = 1, source: CaseSource = "own") -> Case:
    findings = tuple(
        Finding(attribute, item, (), rule_id=f"{attribute}.1")
        for attribute, value in values.items()
        for item in (value if isinstance(value, tuple) else (value,))
    )
    return Case(label=label, index=index, source=source, findings=findings)


def gold_case(values: Mapping[str, Value], *, pmid: str = "1", index: int = 1, **more: object) -> GoldCase:
    given: dict[str, object] = {"label": "", "source": "own", **more}
    return GoldCase(pmid=pmid, index=index, values=values, **given)  # type: ignore[arg-type]


def scored(topic: Topic, found: list[Case], gold: list[GoldCase], *, eligible: bool = True) -> Scores:
    report = FoundReport(frozenset({"1"}), eligible, tuple(found))
    return score([report], Gold((GoldReport("1", relevant=True),), tuple(gold)), topic)


def results(scores: Scores) -> list[tuple[str, str]]:
    return [(comparison.attribute, comparison.result) for comparison in scores.comparisons]


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        pytest.param({"sex": "male"}, {"sex": "male"}, Count(tp=2), id="right"),
        pytest.param({"sex": "male"}, {"sex": "female"}, Count(tp=1, fp=1, fn=1), id="wrong is both"),
        pytest.param({}, {"sex": "female"}, Count(tp=1, fn=1), id="empty is a false negative"),
        pytest.param({"sex": "male"}, {}, Count(tp=1, fp=1), id="a value where gold has none is a false positive"),
        pytest.param(
            {"drugs": ("MTX", "CsA", "foo")},
            {"drugs": ("cyclosporine", "methotrexate", "bar")},
            Count(tp=3, fp=1, fn=1),
            id="items of a list count one by one",
        ),
        pytest.param(
            {"drugs": ("MTX", "methotrexate")}, {"drugs": ("methotrexate",)}, Count(tp=2), id="an item counts once"
        ),
    ],
)
def test_values_of_a_case_are_counted(
    topic: Topic, found: dict[str, Value], gold: dict[str, Value], expected: Count
) -> None:
    sure: dict[str, Value] = {"doses": 4}

    scores = scored(topic, [found_case(sure | found)], [gold_case(sure | gold)])

    assert scores.values == expected


@pytest.mark.parametrize(
    ("found", "gold", "accepted", "expected"),
    [
        pytest.param({"age": 5.0}, {"age": 4.0}, {"age": (5.0,)}, Count(tp=2), id="another value is as right"),
        pytest.param({}, {"sex": "male"}, {"sex": (None,)}, Count(tp=1), id="null excuses an empty cell"),
        pytest.param(
            {"sex": "female"}, {"sex": "male"}, {"sex": (None,)}, Count(tp=1, fp=1, fn=1), id="null excuses no error"
        ),
        pytest.param({}, {}, {"sex": ("male",)}, Count(tp=1), id="empty is right where gold lacks the attribute"),
        pytest.param({"sex": "male"}, {}, {"sex": ("male",)}, Count(tp=2), id="and so is what is accepted"),
        pytest.param({"sex": "female"}, {}, {"sex": ("male",)}, Count(tp=1, fp=1), id="but nothing else"),
        pytest.param(
            {"drugs": ("a", "b")}, {"drugs": ("a",)}, {"drugs": ("b",)}, Count(tp=2), id="an item may be there"
        ),
        pytest.param({"drugs": ("a",)}, {"drugs": ("a", "b")}, {"drugs": ("b",)}, Count(tp=2), id="or may not"),
        pytest.param({"drugs": ("c",)}, {"drugs": ("a",)}, {"drugs": (("c",),)}, Count(tp=2), id="a whole other list"),
        pytest.param({}, {"drugs": ("a",)}, {"drugs": (None,)}, Count(tp=1), id="null excuses an empty list"),
    ],
)
def test_what_is_also_accepted_is_as_right(
    topic: Topic,
    found: dict[str, Value],
    gold: dict[str, Value],
    accepted: dict[str, tuple[Value | None, ...]],
    expected: Count,
) -> None:
    sure: dict[str, Value] = {"doses": 4}

    scores = scored(topic, [found_case(sure | found)], [gold_case(sure | gold, also_accept=accepted)])

    assert scores.values == expected


def test_cases_are_aligned_by_best_agreement_and_not_by_order(topic: Topic) -> None:
    first, second = {"sex": "male", "age": 3.0, "doses": 4}, {"sex": "female", "age": 40.0, "doses": 4}

    scores = scored(
        topic,
        [found_case(second, index=1), found_case(first, index=2)],
        [gold_case(first, index=1), gold_case(second, index=2)],
    )

    assert scores.values == Count(tp=6)
    assert scores.cases == Count(tp=2)


def test_a_case_without_counterpart_brings_all_its_values(topic: Topic) -> None:
    sure: dict[str, Value] = {"sex": "male", "doses": 4}

    missed = scored(topic, [found_case(sure)], [gold_case(sure), gold_case({"sex": "female", "age": 9.0}, index=2)])
    invented = scored(
        topic, [found_case(sure), found_case({"age": 9.0, "drugs": ("a", "b")}, index=2)], [gold_case(sure)]
    )

    assert (missed.values, missed.cases) == (Count(tp=2, fn=2), Count(tp=1, fn=1))
    assert (invented.values, invented.cases) == (Count(tp=2, fp=3), Count(tp=1, fp=1))
    assert [comparison.matched for comparison in missed.comparisons] == [True, True, False, False]


@pytest.mark.parametrize("source", ["found", "gold"])
def test_cited_cases_are_not_scored(topic: Topic, source: str) -> None:
    sure: dict[str, Value] = {"sex": "male"}
    found, gold = [found_case(sure)], [gold_case(sure)]
    if source == "found":
        found.append(found_case({"age": 9.0}, index=2, source="cited"))
    else:
        gold.append(gold_case({"age": 9.0}, index=2, source="cited"))

    scores = scored(topic, found, gold)

    assert (scores.values, scores.cases) == (Count(tp=1), Count(tp=1))


def test_cases_of_a_report_that_was_left_out_are_missed(topic: Topic) -> None:
    scores = scored(topic, [found_case({"sex": "male"})], [gold_case({"sex": "male"})], eligible=False)

    assert scores.values == Count(fn=1)
    assert scores.screened[0].relevant
    assert not scores.screened[0].eligible


def test_cases_of_a_report_that_gold_leaves_out_are_false(topic: Topic) -> None:
    gold = Gold((GoldReport("1", relevant=False, reason="secondary"),), ())

    scores = score([FoundReport(frozenset({"1"}), True, (found_case({"sex": "male"}),))], gold, topic)

    assert (scores.values, scores.cases) == (Count(fp=1), Count(fp=1))


def test_reports_that_gold_does_not_know_are_left_alone(topic: Topic) -> None:
    gold = Gold((GoldReport("1", relevant=True),), (gold_case({"sex": "male"}),))
    other = FoundReport(frozenset({"2"}), True, (found_case({"sex": "male"}),))

    scores = score([other], gold, topic)

    assert scores.values == Count(fn=1)
    assert scores.screened[0].reason == "not in the database"


TWINS = Gold(
    (GoldReport("1", relevant=True, doi="10.5555/x"), GoldReport("2", relevant=True, doi="10.5555/x")),
    (
        gold_case({"sex": "male", "age": 3.0}, duplicate_of="2#1"),
        gold_case({"sex": "male"}, pmid="2", duplicate_of="1#1"),
    ),
)


def test_two_records_of_one_paper_may_be_taken_as_one(topic: Topic) -> None:
    together = FoundReport(frozenset({"1", "2", "10.5555/x"}), True, (found_case({"sex": "male", "age": 3.0}),))

    scores = score([together], TWINS, topic)

    assert (scores.values, scores.cases) == (Count(tp=2), Count(tp=1))


def test_two_records_of_one_paper_may_be_kept_apart(topic: Topic) -> None:
    one = FoundReport(frozenset({"1", "10.5555/x"}), True, (found_case({"sex": "male", "age": 3.0}),))
    other = FoundReport(frozenset({"2", "10.5555/x"}), True, (found_case({"sex": "male"}),))

    scores = score([one, other], TWINS, topic)

    assert (scores.values, scores.cases) == (Count(tp=3), Count(tp=2))


def test_evidence_that_shares_words_with_the_golds_quote_is_counted(topic: Topic) -> None:
    text = "A 4-year-old\n  boy was seen. The girl had none."
    here, elsewhere = (Evidence("d", Span(start, start + 3), text[start : start + 3]) for start in (15, 33))
    report = FoundReport(
        frozenset({"1"}),
        True,
        (Case("", 1, "own", (Finding("sex", "male", (here,)), Finding("age", 4.0, (elsewhere,)))),),
        texts={"d": text},
    )
    quotes = {"sex": "4-year-old boy", "age": "A 4-year-old"}
    gold = Gold((GoldReport("1", relevant=True),), (gold_case({"sex": "male", "age": 4.0}, evidence=quotes),))

    scores = score([report], gold, topic)

    assert scores.overlapping() == (1, 2)


def test_rules_are_charged_with_what_they_got_wrong(topic: Topic) -> None:
    scores = scored(
        topic, [found_case({"sex": "male", "age": 4.0, "doses": 2})], [gold_case({"sex": "male", "age": 5.0})]
    )

    assert scores.by_rule() == {"sex.1": Count(tp=1), "age.1": Count(fp=1), "doses.1": Count(fp=1)}
    assert results(scores) == [("age", "wrong"), ("doses", "extra"), ("sex", "right")]


def test_what_the_gold_has_and_the_topic_has_not_is_missing(topic: Topic) -> None:
    scores = scored(topic, [found_case({"sex": "male"})], [gold_case({"sex": "male", "unheard": ("a", "b")})])

    assert scores.values == Count(tp=1, fn=2)
    assert isinstance(scores.comparisons[-1], Comparison)
