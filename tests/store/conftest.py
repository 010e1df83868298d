"""A topic of four attributes, and values to save under it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_values import TEXT, attribute, finding, make_topic

from litreview.model.bibliography import PartialDate, Record
from litreview.model.case import Case
from litreview.model.document import Document, Section, Span
from litreview.model.event import Event
from litreview.model.topic import Topic
from litreview.store import Database, open_database


@pytest.fixture
def topic() -> Topic:
    return make_topic(
        attribute("age_years", "number", identifies=1),
        attribute("sex", "category", vocabulary=("female", "male"), identifies=1),
        attribute("treatments", "list"),
        attribute("days_in_hospital", "integer", unit="days"),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bites.db"


@pytest.fixture
def db(path: Path, topic: Topic) -> Iterator[Database]:
    with open_database(path, topic=topic, create=True) as opened:
        yield opened


@pytest.fixture
def record() -> Record:
    return Record(
        title="A snake bite in a garden far from home",
        pmid="101",
        doi="10.5555/bite",
        authors=("Adder V", "Boa C"),
        journal="Journal of Bites",
        published=PartialDate(2020, 3),
        revised=PartialDate(2020, 5, 1),
    )


@pytest.fixture
def document() -> Document:
    start = TEXT.index("A girl")
    return Document(
        document_id="d1",
        kind="abstract",
        format="pubmed",
        source="PubMed",
        text=TEXT,
        sections=(Section("case", Span(0, len(TEXT)), ("Case report",)),),
        paragraphs=(Span(start, len(TEXT)),),
    )


@pytest.fixture
def case() -> Case:
    return Case(
        label="Patient 1",
        index=1,
        source="own",
        findings=(
            finding("age_years", 5.0, "of 5"),
            finding("sex", "female", "girl"),
            finding("treatments", "serum", "serum"),
            finding("treatments", "rest", "rest"),
            finding("days_in_hospital", 12, "day 12", qualifier="~"),
        ),
        events=(Event("discharge", 12.0, "bite", evidence=finding("x", 1, "day 12").evidence),),
        document_ids=("d1",),
    )
