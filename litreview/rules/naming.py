"""Names that a topic's checks and weights use: each must be one of its attributes, its events, or a known sign."""

import re
from collections.abc import Iterable

from litreview.errors import RuleError
from litreview.model.analysis import Criteria, TimeTo
from litreview.model.check import Check
from litreview.model.confidence import SIGNS
from litreview.model.journal import OF_REPORT
from litreview.model.topic import SummaryLine, Topic
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
        _known(f"patients.yaml, {name}", (*trait.unless, *trait.after), attributes, "an attribute")
    _known("reporting.yaml, figures", topic.figures.attributes, attributes, "an attribute")
    for role, names in topic.roles.items():
        _known(f"reporting.yaml, role {role}", names, attributes, "an attribute")
    _known("phenopackets.yaml", topic.phenopackets.attributes, attributes, "an attribute")
    for column in topic.journal.columns:
        _known(f"reporting.yaml, {column.head}", column.names, [*attributes, *OF_REPORT], "an attribute")
    _known("confidence.yaml", topic.confidence.signs, list(SIGNS), "a sign")
    _check_analyses(topic, attributes)


def _check_analyses(topic: Topic, attributes: list[str]) -> None:
    """Criteria name attributes and the criteria before them; what is pooled names either."""
    known = list(attributes)
    for each in topic.criteria:
        _known(f"analyses.yaml, {each.name}", _of_criteria(each), known, "an attribute")
        if each.name in known:
            raise RuleError(f"analyses.yaml: there are two of {each.name!r}", hint="give the criteria another name")
        known.append(each.name)
    for line in topic.summary:
        _known(f"topic.yaml, summary, {line.title}", _of_line(line), known, "an attribute")
    for share in topic.proportions:
        named = (share.attribute, *share.where, *share.excluding, *share.by)
        _known(f"analyses.yaml, {share.title}", named, known, "an attribute")
    for time in topic.times:
        _known(f"analyses.yaml, {time.title}", _of_time(time), known, "an attribute")


def _of_criteria(criteria: Criteria) -> tuple[str, ...]:
    needs = (name for level in criteria.levels for demand in level.needs for name in demand.names)
    return (*criteria.where, *criteria.excluding, *needs)


def _of_line(line: SummaryLine) -> tuple[str, ...]:
    return (line.attribute, *line.where, *line.excluding, *((line.by,) if line.by else ()))


def _of_time(time: TimeTo) -> tuple[str, ...]:
    durations = (name for each in (*time.at, *time.until) for name in (each.of, *each.less))
    return (*time.where, *time.excluding, *(name for demand in time.event for name in demand.names), *durations)


def _attributes(check: Check) -> Iterable[str]:
    return (*re.findall(r"\{(\w+)\}", check.says), *(name for clue in check.when for name in clue.names))


def _known(where: str, names: Iterable[str], known: list[str], kind: str) -> None:
    for name in names:
        if name not in known:
            raise RuleError(f"{where}: {name!r} is not {kind}", hint=f"did you mean {nearest(name, known)!r}?")
