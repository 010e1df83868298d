"""Values that tests of the store are made of."""

from litreview.model.case import Finding
from litreview.model.clock import Clock
from litreview.model.document import Span
from litreview.model.eligibility import Eligibility
from litreview.model.evidence import Evidence
from litreview.model.topic import Attribute, Topic

TEXT = "Case report\n\nA girl of 5 was bitten. She got serum and rest. She went home on day 12."


def attribute(name: str, kind: str, **given: object) -> Attribute:
    return Attribute(name=name, type=kind, definition=name, rules=(), examples=(), **given)  # type: ignore[arg-type]


def make_topic(*attributes: Attribute, name: str = "bites") -> Topic:
    return Topic(
        name=name,
        title="Bites",
        question="What helps?",
        version="1",
        clock=Clock(index="bite", start="treatment"),
        events=(),
        eligibility=Eligibility(question="", case_needs=(), exclusions=()),
        attributes=attributes,
        rules_hash="rules-1",
    )


def finding(name: str, value: object, words: str, **given: object) -> Finding:
    start = TEXT.index(words)
    evidence = Evidence("d1", Span(start, start + len(words)), words, "Case report")
    return Finding(name, value, (evidence,), **{"confidence": 0.8, **given})  # type: ignore[arg-type]
