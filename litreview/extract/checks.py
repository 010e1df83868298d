"""The topic's checks: values of one patient that do not go together are doubted, each with the reason."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from litreview.model.case import Finding
from litreview.model.check import FAILED, Check, Clue, is_number
from litreview.model.event import Event
from litreview.model.topic import Topic

Involved = tuple[Finding, ...]
"""The findings that a part of a check, or all of it, holds for."""


def checked(findings: Sequence[Finding], events: Sequence[Event], topic: Topic) -> tuple[Finding, ...]:
    """The findings with what the topic's checks have against them, in place of what they had before."""
    values = {attribute: found for found in reversed(findings) for attribute in (found.attribute,)}
    told = {event.kind for event in events}
    doubts: dict[int, list[str]] = {}
    for check in topic.checks:
        for involved in _failures(check, findings, values, told, topic):
            for finding in involved:
                doubts.setdefault(id(finding), []).append(f"{FAILED}: {_said(check, involved, values)}")
    return tuple(_doubted(finding, doubts.get(id(finding), ())) for finding in findings)


def _doubted(finding: Finding, failed: Sequence[str]) -> Finding:
    """A finding that nothing is or was held against is left as it is; nothing is, against what a person decided."""
    others = tuple(doubt for doubt in finding.doubts if not doubt.startswith(f"{FAILED}:"))
    found = () if finding.origin == "decided" else tuple(dict.fromkeys(failed))
    doubts = (*others, *found)
    return finding if doubts == finding.doubts else replace(finding, doubts=doubts)


def _failures(
    check: Check, findings: Sequence[Finding], values: Mapping[str, Finding], told: set[str], topic: Topic
) -> Iterator[Involved]:
    """Each way in which all parts of a check hold, as the findings involved."""
    parts = [list(_holding(clue, findings, values, told, topic)) for clue in check.when]
    for chosen in product(*parts):
        yield tuple(dict.fromkeys(finding for involved in chosen for finding in involved))


def _holding(
    clue: Clue, findings: Sequence[Finding], values: Mapping[str, Finding], told: set[str], topic: Topic
) -> Iterator[Involved]:
    if clue.event:
        if clue.event in told:
            yield ()
        return
    for finding in findings:
        if finding.attribute in (clue.attribute, *clue.any_of):
            tested = [test(finding, clue, values, topic) for test in _TESTS]
            if all(result is not None for result in tested):
                yield (finding, *(other for result in tested for other in result or ()))


def _values(finding: Finding, clue: Clue, values: Mapping[str, Finding], topic: Topic) -> Involved | None:
    return () if not clue.values or str(finding.value) in clue.values else None


def _words(finding: Finding, clue: Clue, values: Mapping[str, Finding], topic: Topic) -> Involved | None:
    if not clue.words:
        return ()
    found = any(topic.regex(clue.words).search(words.quote) for words in finding.evidence)
    return () if found else None


def _above(finding: Finding, clue: Clue, values: Mapping[str, Finding], topic: Topic) -> Involved | None:
    """A bound says too little: "within 3 doses" is not above 2, nor 5 above "more than 4"."""
    return _beyond(clue.above, finding, clue, values, lambda value, limit: value > limit + clue.slack, "<>")


def _below(finding: Finding, clue: Clue, values: Mapping[str, Finding], topic: Topic) -> Involved | None:
    return _beyond(clue.below, finding, clue, values, lambda value, limit: value < limit - clue.slack, "><")


def _beyond(
    limit: str,
    finding: Finding,
    clue: Clue,
    values: Mapping[str, Finding],
    is_beyond: Callable[[float, float], bool],
    bounds: str,
) -> Involved | None:
    if not limit:
        return ()
    if is_number(limit):
        return () if _is_told(finding, bounds[0]) and is_beyond(_number(finding), float(limit)) else None
    other = values.get(limit)
    if other is None or not _is_told(finding, bounds[0]) or not _is_told(other, bounds[1]):
        return None
    return (other,) if is_beyond(_number(finding), _number(other) * clue.times) else None


def _apart(finding: Finding, clue: Clue, values: Mapping[str, Finding], topic: Topic) -> Involved | None:
    if not clue.apart_from:
        return ()
    others = [values[name] for name in clue.apart_from if name in values]
    if len(others) < 2 or not all(_is_told(found) for found in (finding, *others)):
        return None
    value = _number(finding)
    distance = abs(value - (_number(others[0]) - _number(others[1])))
    return tuple(others) if distance > max(clue.slack, clue.share * abs(value)) else None


_TESTS = (_values, _words, _above, _below, _apart)


def _is_told(finding: Finding, bound: str = "") -> bool:
    """Whether a finding is a number, and not the bound that leaves a comparison open."""
    return isinstance(finding.value, int | float) and finding.qualifier != bound


def _number(finding: Finding) -> float:
    assert isinstance(finding.value, int | float)
    return float(finding.value)


def _said(check: Check, involved: Involved, values: Mapping[str, Finding]) -> str:
    """The reason with the values filled in: those involved, else the case's."""
    mine = {finding.attribute: finding for finding in involved}

    def fill(match: re.Match[str]) -> str:
        found = mine.get(match[1]) or values.get(match[1])
        return "" if found is None else f"{found.value:g}" if isinstance(found.value, float) else str(found.value)

    return re.sub(r"\{(\w+)\}", fill, check.says)
