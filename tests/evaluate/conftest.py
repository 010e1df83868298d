"""A small topic and ways to write cases briefly."""

import pytest

from litreview.model.clock import Clock
from litreview.model.eligibility import Eligibility
from litreview.model.topic import Attribute, Topic
from litreview.model.vocabulary import Entry, Vocabulary

DRUGS = Vocabulary(
    name="drugs",
    entries=(
        Entry(value="cyclosporine", terms=("cyclosporine", "ciclosporin", "CsA")),
        Entry(value="methotrexate", terms=("methotrexate", "MTX")),
    ),
)
ILLNESSES = Vocabulary(
    name="illnesses",
    entries=(
        Entry(value="sideroblastic anemia", terms=("SA", "sideroblastic anemia")),
        Entry(value="leukemias", terms=("ALL", "AML", "acute lymphoblastic leukemia", "acute myeloid leukemia")),
    ),
)


def _attribute(name: str, kind: str, **more: object) -> Attribute:
    return Attribute.model_validate(
        {"name": name, "type": kind, "definition": name, "rules": (), "examples": (), **more}
    )


@pytest.fixture(scope="session")
def topic() -> Topic:
    return Topic(
        name="toy",
        title="Toy",
        question="?",
        version="1",
        clock=Clock(index="operation", start="treatment"),
        events=(),
        eligibility=Eligibility(question="?", case_needs=(), exclusions=()),
        vocabularies={"drugs": DRUGS, "illnesses": ILLNESSES},
        attributes=(
            _attribute("age", "number", unit="years"),
            _attribute("doses", "integer", unit="doses"),
            _attribute("start", "integer", unit="days after surgery"),
            _attribute("observed", "number", unit="months"),
            _attribute("sex", "category", vocabulary=("female", "male")),
            _attribute("illness", "text", normalise="illnesses"),
            _attribute("ratio", "text", pattern=r"\d+/\d+"),
            _attribute("drugs", "list", normalise="drugs"),
        ),
    )
