"""The timeline of one patient, on an invented topic: roses that wilt after planting and are sprayed with florazol."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litreview.extract.parsed import Parsed, Segment, Subject, Told
from litreview.extract.sentences import sentences
from litreview.extract.timeline.timeline import days_between, timeline
from litreview.model.document import Document, Section, Span
from litreview.model.topic import Topic

DRUG = {"name": "drug", "entries": [{"value": "florazol", "terms": ["florazol"]}]}
EVENTS = [
    {
        "kind": "planting",
        "name": "planting",
        "keep": "last",
        "cues": [{"pattern": r"\b(?:was|were)\s+planted\b|\bplanting\s+was\b"}],
        "anchors": [r"\b(?:re)?planting\b"],
    },
    {
        "kind": "wilt",
        "name": "wilt",
        "after": ["planting"],
        "cues": [
            {"pattern": r"\bwilted|\bdeveloped\s+(?:a\s+)?wilt\b|\bwilt\s+appeared", "strength": 0.9},
            {"pattern": r"\bwilt\s+was\s+diagnosed", "reach": "paragraph", "strength": 0.8},
            {"pattern": r"\bleaves\s+drooped", "strength": 0.5},
            {"pattern": r"\bleaves\s+yellowed", "strength": 0.7},
        ],
        "anchors": [r"^(?:the\s+)?(?:diagnosis|wilt)\b"],
    },
    {
        "kind": "spraying",
        "name": "spraying",
        "agents": "drug",
        "after": ["planting", "wilt"],
        "cues": [{"pattern": r"<drug>[^;]{0,40}?\bwas\s+(?:started|begun|given)|(?:started|received)\s+<drug>"}],
        "anchors": [r"^(?:the\s+)?(?:treatment|start\b|<drug>)"],
    },
    {
        "kind": "end",
        "name": "end",
        "anchors": [r"^(?:the\s+)?(?:end|cessation)\s+of\s+treatment"],
        "after": ["spraying"],
    },
    {
        "kind": "dose",
        "name": "dose",
        "series": True,
        "first_is": "spraying",
        "last_is": "end",
        "agents": "drug",
        "after": ["spraying"],
        "cues": [{"pattern": r"<drug>[^;]{0,30}?\bgiven|received\s+<drug>|\brepeated\b|\bsprays\b", "reach": "clause"}],
        "anchors": [r"^(?:the\s+)?(?:(?:first|second|third|fourth|last)\s+(?:and\s+)?)*spray\b"],
    },
    {
        "kind": "bloom",
        "name": "bloom",
        "after": ["wilt", "spraying"],
        "cues": [{"pattern": r"\bbloomed|\bbuds\s+(?:appeared|opened)"}],
        "anchors": [r"^(?:the\s+)?bloom\b"],
    },
    {
        "kind": "visit",
        "name": "last contact",
        "keep": "last",
        "after": ["spraying"],
        "ignore_context": ["negated"],
        "cues": [{"pattern": r"\bfollow-up|\bremains|\bis\s+(?:well|healthy)|\blatest\s+visit"}],
    },
    {"kind": "death", "name": "death", "after": ["planting"], "cues": [{"pattern": r"\bdied|\bwas\s+lost"}]},
]
NEGATED = {"category": "negated", "patterns": [r"\b(?:no|not|never)\b"], "stops": [r"\b(?:but|until)\b"]}
PLANNED = {"category": "planned", "patterns": [r"\bplanned\b", r"\bwill\s+be\b"]}


def rose_topic():
    return Topic.model_validate(
        {
            "name": "roses",
            "title": "Roses",
            "question": "Do they bloom?",
            "version": "1",
            "clock": {"index": "planting", "start": "spraying", "condition": "wilt"},
            "events": EVENTS,
            "triggers": [NEGATED, PLANNED],
            "vocabularies": {"drug": DRUG, "clauses": CLAUSES},
            "eligibility": {"question": "q", "case_needs": [], "exclusions": []},
        }
    )


CLAUSES = {
    "name": "clauses",
    "entries": [
        {"value": "contrast", "terms": ["but", "whereas"], "tags": ["contrast"]},
        {"value": "verb", "terms": ["was", "were"], "tags": ["verb"]},
    ],
}
ROSES = rose_topic()


def told_of(*paragraphs, patients=(0,), kinds=None):
    """One patient's document: a segment per sentence."""
    text = "\n\n".join(paragraphs)
    spans, position = [], 0
    for paragraph in paragraphs:
        spans.append(Span(position, position + len(paragraph)))
        position += len(paragraph) + 2
    kinds = kinds or ["case"] * len(spans)
    sections = tuple(Section(kind, span) for kind, span in zip(kinds, spans, strict=True))
    document = Document("d1", "fulltext", "text", "roses.txt", text, sections, tuple(spans))
    parsed = Parsed(document, None, sentences(document), ())
    segments = tuple(Segment(one.span, one.index, patients) for one in parsed.sentences)
    return Told((Subject(0, "the rose"),), segments), parsed


def events_of(*paragraphs, topic=ROSES, kinds=None):
    told, parsed = told_of(*paragraphs, kinds=kinds)
    return timeline(0, told, parsed, topic)


def difference(text, kind, since, topic=ROSES):
    between = days_between(events_of(*([text] if isinstance(text, str) else text), topic=topic), kind, since)
    return between.days if between else None


PLANTED = "The rose was planted in good soil. "


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On day +58 it wilted.", 58),
        ("It wilted four months after planting.", 122),
        ("It wilted 1.5 years post-planting.", 548),
        ("It wilted between day +60 and day +63.", 60),
        ("Five months later it wilted.", 152),
        ("On day 40 it was pruned. Three days later it wilted.", 43),
        ("On day 40 its leaves hung. It was pale. The wilt was diagnosed.", 40),
        ("In the abstract it wilted 2 months after planting. In fact it wilted on day 55.", 55),
        ("On day 20 the leaves drooped. On day 55 it wilted.", 55),
        ("On day 40 the leaves yellowed. On day 55 it wilted.", 40),
        ("On day 10 the leaves yellowed. On day 95 it wilted.", 95),
        ("On day 10 the leaves yellowed.", 10),
    ],
)
def test_the_onset_is_dated_after_the_index_event(text, day):
    assert difference(PLANTED + text, "wilt", "planting") == day


@pytest.mark.parametrize(
    "text",
    [
        "It never wilted on day 30.",
        "It was planned that florazol was given on day 30.",
        "On day 30 it was watered.",
        "It wilted.",
    ],
)
def test_denied_planned_and_undated_events_have_no_day(text):
    assert difference(PLANTED + text, "wilt", "planting") is None
    assert difference(PLANTED + text, "spraying", "planting") is None


def test_a_start_comes_by_subtraction_and_says_so():
    text = PLANTED + "It bloomed on day +159, 41 days after the first spray."

    [start] = [event for event in events_of(text) if event.kind == "spraying"]

    assert (start.day, start.clock, start.exact) == (118, "planting", 0)
    assert "41 days after the first spray" in " ".join(words.quote for words in start.evidence)


def test_a_response_is_counted_from_a_start_that_itself_was_subtracted():
    text = (
        PLANTED + "It wilted on day +58. Twenty-five days after the first spray of florazol buds appeared. "
        "All was normal on day +159, 41 days after the first spray."
    )

    assert difference(text, "bloom", "spraying") == 25
    assert difference(text, "spraying", "wilt") == 60
    blooms = [event for event in events_of(text) if event.kind == "bloom"]
    assert [(event.day, event.clock, event.derived_from) for event in blooms] == [
        (143, "planting", ("spraying",)),
        (25, "spraying", ()),
    ]


def test_an_exact_day_wins_over_a_week_of_the_condition():
    text = PLANTED + (
        "It wilted on day +58. Florazol was started in week 8 of the wilt. "
        "It bloomed on day +159, 41 days after the first spray."
    )

    assert difference(text, "spraying", "planting") == 118


def test_two_events_are_tied_though_neither_is_on_the_index_clock():
    text = PLANTED + "It wilted soon. 44 days after the diagnosis florazol was started."

    assert difference(text, "spraying", "wilt") == 44
    assert difference(text, "spraying", "planting") is None


def test_a_vague_start_does_not_blur_what_is_counted_from_it():
    text = PLANTED + "Florazol was started 16 months after planting. Buds appeared on day 10 from the first spray."

    between = days_between(events_of(text), "bloom", "spraying")

    assert (between.days, between.exact) == (10, 0)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Florazol was given on days +180, +187 and +195.", [180, 187, 195]),
        ("Florazol was given on day +180 and day +187.", [180, 187]),
        ("Florazol was given on d+180, d+187 and d+195.", [180, 187, 195]),
        ("Florazol was given on days +180, +181 and +188.", [180, 188]),
        ("On day +180 florazol was started, repeated on days +187 and +195.", [180, 187, 195]),
        ("Florazol was started on day +180. The sprays on days +187 and +195 were borne well.", [180, 187, 195]),
        ("Florazol was started on day +180 and continued weekly for six sprays.", []),
        ("Florazol was started on day +180. Before the fourth spray, on day +200, it stood.", []),
    ],
)
def test_every_printed_day_is_a_dose_and_none_is_inferred(text, days):
    assert [event.day for event in events_of(PLANTED + text) if event.kind == "dose"] == days


def test_a_dose_with_a_known_day_dates_what_is_counted_from_it():
    text = PLANTED + "Florazol was given on days +247, +254 and +268. Ten days after the second spray it bloomed."

    assert difference(text, "bloom", "planting") == 264


def test_days_of_treatment_begin_on_the_first():
    assert (
        len([e for e in events_of("It was potted. Florazol was given on days 1, 8 and 15.") if e.kind == "dose"]) == 3
    )


def test_weeks_of_doses_begin_with_the_first():
    text = "No planting took place. It received florazol in weeks 1, 2, 3 and 5."

    assert [event.day for event in events_of(text) if event.kind == "dose"] == [0, 7, 14, 28]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On day 20 it bloomed.", 20),
        ("It bloomed at week 8.", 56),
        ("It bloomed on day 13 of treatment.", 13),
    ],
)
def test_without_the_index_event_days_count_from_the_start(text, day):
    story = f"The rose never saw planting. It wilted. It received florazol. {text}"

    assert difference(story, "bloom", "spraying") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By day 17 buds opened.", 17),
        ("On day +220 buds opened.", 17),
        ("On day 220 buds opened.", 17),
        ("Buds opened on day 17 of treatment.", 17),
        ("At week 6 buds opened.", 42),
    ],
)
def test_small_unmarked_days_after_the_start_count_from_it(text, day):
    story = PLANTED + f"It wilted on day +141. Florazol was started on day +203. {text}"

    assert difference(story, "bloom", "spraying") == day


def test_a_clock_that_the_text_sets_anew_is_kept():
    story = PLANTED + "Florazol was started on day +50 (in what follows day 0 = first spray). On day 60 buds opened."

    assert difference(story, "bloom", "spraying") == 60


@pytest.mark.parametrize(
    ("setting", "days"),
    [
        ("The first spray (day 0) was on a Monday. On day 60 buds opened.", 60),
        ("All days are counted from the first spray. On day 60 buds opened.", 60),
        ("Here day 0 is the day of the first spray unless days after planting are named. At week 9 buds opened.", 63),
        ("All days are counted from planting. On day 60 buds opened.", 10),
        (
            "Days refer to planting. From here on time is counted from the first spray (day 0). On day 60 buds opened.",
            60,
        ),
        ("On day 60 buds opened. From here on time is counted from the first spray.", 10),
    ],
)
def test_days_count_from_what_the_report_has_last_said_they_count_from(setting, days):
    story = PLANTED + f"Florazol was started on day +50. {setting}"

    assert difference(story, "bloom", "spraying") == days


def test_the_clock_of_the_abstract_is_not_that_of_the_body():
    abstract = "A rose bloomed after florazol (day 0 = first spray)."
    body = PLANTED + "Florazol was started on day +50. On day 60 buds opened."

    between = days_between(events_of(abstract, body, kinds=["abstract", "case"]), "bloom", "spraying")

    assert between.days == 10


def test_the_clock_of_a_caption_is_its_own():
    caption = "Figure 1. Day 0 = first spray."
    body = PLANTED + "Florazol was started on day +50. On day 60 buds opened."

    between = days_between(events_of(caption, body, kinds=["caption", "case"]), "bloom", "spraying")

    assert between.days == 10


def test_a_start_beside_a_day_that_counts_from_it_is_still_dated():
    story = (
        PLANTED + "Florazol was started on day +50. The course of florazol (day 0, first spray): day 7, buds opened."
    )

    assert difference(story, "spraying", "planting") == 50
    assert difference(story, "bloom", "spraying") == 7


def test_a_response_to_something_earlier_is_not_the_response():
    text = PLANTED + "It wilted on day +20. On day +98 it bloomed. Florazol was started on day +184."

    assert difference(text, "bloom", "spraying") is None


@pytest.mark.parametrize(
    ("text", "kind", "since", "days"),
    [
        ("Fourteen months after the first spray it remains fresh.", "visit", "spraying", 426),
        ("Nine months after the end of treatment it is well.", "visit", "end", 274),
        ("Nine months after the last spray it is well.", "visit", "end", 274),
        ("Nine months after the fourth and last spray it is well.", "visit", "end", 274),
        ("Fourteen months have now passed since the first spray, and it is well.", "visit", "spraying", 426),
        ("It is well since day +300.", "visit", "spraying", None),
        ("It remains fresh for two years of follow-up.", "visit", "spraying", 730),
        ("It remains fresh for over a year of follow-up.", "visit", "spraying", None),
        ("At 14 months it remains fresh.", "visit", "spraying", 426),
        ("At 3 months it is well, and at 14 months it remains fresh.", "visit", "spraying", 426),
        ("It died 11 months after the first spray.", "death", "spraying", 334),
        ("It died on day +300.", "death", "spraying", 100),
    ],
)
def test_the_last_contact_is_the_latest_time_reached(text, kind, since, days):
    story = PLANTED + "It wilted on day +150. Florazol was started on day +200. " + text

    assert difference(story, kind, since) == days


def test_what_counts_from_an_event_itself_can_be_told_from_what_is_subtracted():
    story = PLANTED + (
        "Florazol was started on day +200. It bloomed on day +240, two days after the last spray. "
        "Nine months after the last spray it is well."
    )

    events = events_of(story)

    assert days_between(events, "visit", "end", direct=True).days == 274
    assert days_between(events, "visit", "spraying").days == 312
    assert days_between(events, "visit", "spraying", direct=True) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Planting was on 1 March 2020. It wilted on 11 March 2020.", 10),
        ("Planting was in May 2016. In May 2018 florazol was started.", None),
        ("Planting was on 03/03/2020. It wilted on 13/03/2020.", 10),
    ],
)
def test_calendar_dates_tie_events(text, days):
    assert difference(text, "wilt", "planting") == days


def test_dates_by_month_tie_events_within_a_month():
    between = days_between(
        events_of("Planting was in May 2016. In May 2018 florazol was started."), "spraying", "planting"
    )

    assert between.days == 730
    assert between.exact == 30


def test_conflicting_days_all_stay_the_one_that_counts_first():
    events = events_of(PLANTED + "It wilted on day +63.", PLANTED + "It wilted on day +60.")

    assert [event.day for event in events if event.kind == "wilt"] == [60, 63]


def test_every_event_shows_its_words():
    told, parsed = told_of(PLANTED + "It wilted on day +58. Florazol was started 40 days after the diagnosis.")

    events = timeline(0, told, parsed, ROSES)

    assert {event.kind for event in events} >= {"planting", "wilt", "spraying"}
    for event in events:
        assert event.evidence
        for words in event.evidence:
            assert parsed.document[words.span] == words.quote
            assert words.section == "case"


def test_other_patients_sentences_are_not_read():
    told, parsed = told_of(PLANTED + "It wilted on day +58.", patients=(1,))

    assert timeline(0, told, parsed, ROSES) == ()


def test_nothing_between_events_that_nothing_ties():
    assert days_between((), "wilt", "planting") is None


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_timeline(text):
    events_of(PLANTED + text.replace("\n", " "))


@given(st.integers(min_value=1, max_value=900), st.integers(min_value=1, max_value=900))
@settings(max_examples=40, deadline=None)
def test_subtraction_and_addition_agree(first, later):
    text = PLANTED + f"It bloomed on day +{first + later}, {later} days after the first spray."

    assert difference(text, "spraying", "planting") == first
