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
