"""Names that a topic's checks and weights use: each must be one of its attributes, its events, or a known sign."""

import re
from collections.abc import Iterable

from litreview.errors import RuleError
from litreview.model.check import Check
from litreview.model.confidence import SIGNS
from litreview.model.journal import OF_REPORT
from litreview.model.topic import Topic
from litreview.rules.complaints import nearest


def check_naming(topic: Topic) -> None:
    """`RuleError` with the nearest name for the first that is nothing."""
    attributes = [attribute.name for attribute in topic.attributes]
    for number, check in enumerate(topic.checks, 1):
        where = f"checks.yaml, check {number}"
        _known(where, _attributes(check), attributes, "an attribute")
        _known(where, (clue.event for clue in check.when if clue.event), [e.kind for e in topic.events], "an event")
    _known("patients.yaml", topic.patients.attributes, attributes, "an attribute")
    for name, trait in topic.patients.attributes.items():
        _known(f"patients.yaml, {name}", trait.unless, attributes, "an attribute")
    for column in topic.journal.columns:
        _known(f"reporting.yaml, {column.head}", column.names, [*attributes, *OF_REPORT], "an attribute")
    _known("confidence.yaml", topic.confidence.signs, list(SIGNS), "a sign")


def _attributes(check: Check) -> Iterable[str]:
    return (*re.findall(r"\{(\w+)\}", check.says), *(name for clue in check.when for name in clue.names))


def _known(where: str, names: Iterable[str], known: list[str], kind: str) -> None:
    for name in names:
        if name not in known:
            raise RuleError(f"{where}: {name!r} is not {kind}", hint=f"did you mean {nearest(name, known)!r}?")
