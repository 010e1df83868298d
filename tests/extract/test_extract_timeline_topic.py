"""The timeline with the shipped topic's own events, on invented wordings and on a published report."""

from pathlib import Path

import pytest

from litreview.extract.parse import parse
from litreview.extract.parsed import Segment, Subject, Told
from litreview.extract.people.tell import tell
from litreview.extract.tables.grid import Grid
from litreview.extract.timeline.timeline import days_between, timeline
from litreview.model.document import Document, Section, Span
from litreview.readers import read_path
from litreview.rules import load

TOPIC = load("anti_cd38_cytopenia")
ASKED = {
    "onset": ("onset", "transplant"),
    "start": ("treatment", "transplant"),
    "delay": ("treatment", "onset"),
    "response": ("response", "treatment"),
    "contact": ("last_contact", "treatment"),
    "after_end": ("last_contact", "end"),
    "death": ("death", "treatment"),
}
SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "driouk-2021.txt"


def days(events):
    found = {name: days_between(events, kind, since) for name, (kind, since) in ASKED.items()}
    return {name: between.days for name, between in found.items() if between}


def events_of(text):
    span = Span(0, len(text))
    document = Document("d1", "fulltext", "text", "case.txt", text, (Section("case", span),), (span,))
    parsed = parse(document, TOPIC)
    segments = tuple(Segment(one.span, one.index, (0,)) for one in parsed.sentences)
    return timeline(0, Told((Subject(0, "the patient"),), segments), parsed, TOPIC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "A 5-year-old boy underwent allogeneic HSCT for Hurler syndrome. Three months post-transplant he developed "
            "autoimmune hemolytic anemia. Daratumumab was initiated 6 months after HSCT. Hemoglobin normalized 4 weeks "
            "after the first dose. He is alive and well 2 years after daratumumab.",
            {"onset": 91, "start": 182, "delay": 91, "response": 28, "contact": 730},
            id="months after transplant",
        ),
        pytest.param(
            "He was transplanted in March 2018. In June 2018 he presented with jaundice and AIHA was diagnosed. In "
            "October 2018, daratumumab was started.",
            {"onset": 92, "start": 214, "delay": 122},
            id="calendar months",
        ),
        pytest.param(
            "PRCA persisted after major ABO-mismatched HSCT. At day +300 after HSCT daratumumab was commenced. "
            "Reticulocytes increased on day +312 and he became transfusion independent. He died from sepsis "
            "on day +400.",
            {"start": 300, "response": 12, "death": 100},
            id="death",
        ),
        pytest.param(
            "A woman developed Evans syndrome 14 months after haploidentical transplantation. After failure "
            "of steroids "
            "and rituximab, daratumumab (16 mg/kg weekly) was started 3 months after diagnosis. A response "
            "was seen after "
            "two doses, 10 days after initiation. At 20 months from the start of daratumumab she is well.",
            {"onset": 426, "start": 517, "delay": 91, "response": 10, "contact": 608},
            id="start counted from the diagnosis",
        ),
        pytest.param(
            "On day +75 after HSCT he presented with severe anemia and positive DAT. Rituximab was started on day +80. "
            "Due to lack of response, daratumumab was administered on days +110, +117, +124 and +131. Hb "
            "increased from 6 "
            "to 10 g/dL by day +130. Follow-up at day +365 showed ongoing remission.",
            {"onset": 75, "start": 110, "delay": 35, "response": 20, "contact": 255},
            id="a list of doses after another drug",
        ),
        pytest.param(
            "Six months after HSCT she developed AIHA, refractory to steroids. 45 days later, daratumumab "
            "was started. The "
            "patient became transfusion-independent 3 weeks later and remains in remission 18 months after treatment "
            "initiation.",
            {"onset": 182, "start": 227, "delay": 45, "response": 21, "contact": 547},
            id="later and later still",
        ),
        pytest.param(
            "ITP was diagnosed on day 98 post-HSCT. The first infusion of daratumumab was given on day 160. She was "
            "followed for 9 months after the first infusion without relapse.",
            {"onset": 98, "start": 160, "delay": 62, "contact": 274},
            id="days without a sign",
        ),
        pytest.param(
            "Autoimmune hemolytic anemia was diagnosed 2.5 months after HCT; prednisone and rituximab (day "
            "+90 to +111) "
            "failed. Isatuximab was started at 4 months after HCT. She was last seen 7 months after the start of "
            "isatuximab.",
            {"onset": 76, "start": 122, "delay": 46, "contact": 213},
            id="another antibody",
        ),
        pytest.param("Daratumumab was planned on day +100 but he improved.", {}, id="planned only"),
        pytest.param("After HSCT, no daratumumab was given on day +100.", {}, id="not given"),
        pytest.param("The cytopenia occurred at a median of 127 days.", {}, id="a median"),
    ],
)
def test_the_topics_events_are_dated(text, expected):
    assert days(events_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On day +95 after grafting a marrow examination showed pure red cell aplasia.", 95),
        ("Bone marrow aspiration on day 88 showed a severe decrease of erythroblasts.", 88),
        ("On day +62 his mother noticed dark urine. AIHA was diagnosed on day +64.", 62),
        ("On day +204 he was seen for increasing breathlessness. We concluded that he had mixed AIHA.", 204),
        ("Petechiae were first seen on day +41 and immune thrombocytopenia was confirmed on day +44.", 41),
        ("He was readmitted on day +120 with gum bleeding and a platelet count of 2 x 109/L.", 120),
        ("The first sign of ITP, a nosebleed, came on day +120.", 120),
        ("Fatigue was noted on day +30. PRCA was diagnosed on day +120.", 120),
        ("On day +20 he had mucosal bleeding due to mucositis. ITP appeared on day +120.", 120),
        ("On day +50 hematuria was caused by BK virus. AIHA was diagnosed on day +120.", 120),
        ("On day +30 the DAT was negative. On day +120 AIHA was diagnosed.", 120),
        ("PRCA was recognised on day +90.", 90),
        ("On day +25 a marrow examination showed remission. AIHA appeared on day +120.", 120),
        ("Hemoglobin was 10 g/dL on day +30.", None),
    ],
)
def test_the_onset_is_what_a_test_showed_or_what_was_noticed(text, day):
    assert days(events_of("He underwent HSCT. " + text)).get("onset") == day


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("The remission has lasted 15 months so far.", 456),
        ("The response has been maintained for 15 months.", 456),
        ("At month 14 hemoglobin is 12.9 g/dL and no drug is taken.", 426),
        ("At 14 months, platelets are normal and chimerism is full.", 426),
        ("Today, 30 months after the first infusion, she needs no treatment.", 912),
        ("Twenty-two months have elapsed since daratumumab was started.", 669),
        ("She has been well since, at present 19 months after the very first dose.", 578),
        ("At week 60 she was well.", 420),
        ("She reached a complete response, which she maintains after 14 months.", 426),
        ("After four doses she achieved CR, which is maintained for 20 months.", 608),
        ("At 24 wk from first dose pt in ongoing CR.", 168),
        ("Immunoglobulin is replaced to this day, 15 months from the first dose.", 456),
        ("The remission had lasted 9 months when leukemia relapsed.", None),
        ("Hemoglobin has been normal since day +130.", None),
        ("Hemoglobin was 11 g/dL on day +130, two days after the last infusion, and normal ever since.", None),
        ("Daratumumab is usually given for 6 months.", None),
    ],
)
def test_the_last_contact_is_when_something_is_so(text, contact):
    story = "She underwent HSCT. AIHA developed on day +60. Daratumumab was started on day +100. "

    assert days(events_of(story + text)).get("contact") == contact


@pytest.mark.skipif(not SEED.is_file(), reason=f"{SEED} is not here")
def test_a_published_report_gives_the_days_that_its_authors_tabulated():
    document = next(item[1] for item in read_path(SEED) if isinstance(item, tuple))
    parsed = parse(document, TOPIC)
    tables: tuple[Grid, ...] = ()
    told = tell(parsed, tables, TOPIC)

    first, second = (timeline(one.index, told, parsed, TOPIC) for one in told.subjects if one.source == "own")

    assert days(first) == {"onset": 58, "start": 118, "delay": 60, "response": 25, "after_end": 274}
    assert days(second) == {"onset": 58, "start": 184, "delay": 126}
    assert [event.day for event in second if event.kind == "dose"] == [184, 192, 200]
    assert not [event for event in second if event.kind == "response"]


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("Daratumumab (infused weekly, four times) led to a count of 54 x 109/L at week 2.", 14),
        ("Daratumumab was started on day +100. Platelets crossed 50 x 109/L on day +121.", 21),
        ("Daratumumab was started on day +100, with normalization of platelets on day +121.", 21),
        ("Daratumumab was started on day +100. He achieved a CR by day +121.", 21),
        ("Daratumumab was started on hospital day 30. He was in CR on hospital day 47.", 17),
        ("Daratumumab was started on day +100. He responded after three weeks.", 21),
        ("Daratumumab was started on day +100. On day +121 the platelet count was normal.", 21),
        ("Daratumumab was started on day +100. His count rose on day +121, and was 210 three months later (CR).", 21),
        (
            "Daratumumab was started. After the fourth dose his count rose, and it was 210 three months later (CR).",
            None,
        ),
        ("Daratumumab was started on day +100. He is in continuing remission 1.5 years after the first dose.", None),
        ("Daratumumab was given. He is in complete remission at 15 months.", None),
        ("Daratumumab was given. He reached a complete response, which he maintains after 14 months.", None),
        ("Daratumumab was started on day +100. He reached a CR on day +121, maintained for 14 months.", 21),
        ("Daratumumab was given. Efgartigimod was begun, and a response was reached within 13 days.", None),
        ("Daratumumab was started on day +100. His leukemia is in molecular remission at 14 months.", None),
    ],
)
def test_the_response_is_the_first_change_that_is_told_after_the_antibody(text, response):
    story = "He underwent HSCT. ITP appeared on day +60. "

    assert days(events_of(story + text)).get("response") == response


@pytest.mark.parametrize(
    "told",
    [
        "We treated three children, to whom the antibody was given before any transplant.",
        "Graft-versus-host disease was not seen, as he received no graft.",
    ],
)
def test_a_transplant_that_was_not_had_is_no_clock(told):
    text = f"{told} He had ITP. Daratumumab was started. On day 23 platelets reached 112 x 109/L."

    assert days(events_of(text)) == {"response": 23}
