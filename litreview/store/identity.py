"""Which case is which: cases of a report read again keep the ids they had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from typing import TYPE_CHECKING

from litreview.model.case import Case

if TYPE_CHECKING:
    from litreview.model.topic import Topic


@dataclass(frozen=True, slots=True)
class Identity:
    """What a case is known by: label, the marks of the person, and where its values were read.

    `marks` are values of identifying attributes; `spans` are (document, start, end) of the leading evidence.
    """

    case_id: str
    source: str
    label: str
    marks: tuple[tuple[str, str], ...]
    spans: tuple[tuple[str, int, int], ...]
    patient_id: str | None = None


def identity(case: Case, topic: Topic, *, case_id: str = "") -> Identity:
    """What a case will be known by the next time."""
    marked = {attribute.name for attribute in topic.attributes if attribute.identifies > 0}
    marks = sorted({(found.attribute, json.dumps(found.value)) for found in case.findings if found.attribute in marked})
    spans = {
        (found.evidence[0].document_id, found.evidence[0].span.start, found.evidence[0].span.end)
        for found in case.findings
        if found.evidence
    }
    return Identity(case_id, case.source, case.label, tuple(marks), tuple(sorted(spans)))


def match(cases: tuple[Identity, ...], known: tuple[Identity, ...], *, record_id: str) -> tuple[str, ...]:
    """An id for each case: of a known case of the same report where one agrees, else a new one.

    The best agreement goes first: the label, then the person's marks, then shared words. Nothing but a contradiction
    of marks under another label keeps a single case of a report from being the single one that was known.
    """
    given: dict[int, str] = {}
    pairs = sorted(
        ((-_agreement(case, old), n, old.case_id) for (n, case), old in product(enumerate(cases), known)),
    )
    taken: set[str] = set()
    for score, n, case_id in pairs:
        if score < 0 and n not in given and case_id not in taken:
            given[n] = case_id
            taken.add(case_id)
    fresh = _fresh(record_id, {old.case_id for old in known})
    return tuple(given[n] if n in given else next(fresh) for n in range(len(cases)))


def _agreement(case: Identity, old: Identity) -> float:
    """0 for two that cannot be the same."""
    if case.source != old.source:
        return 0.0
    same_label = bool(case.label) and _plain(case.label) == _plain(old.label)
    marks, old_marks = dict(case.marks), dict(old.marks)
    shared = [name for name in marks if name in old_marks]
    agreeing = sum(marks[name] == old_marks[name] for name in shared)
    spans = len(set(case.spans) & set(old.spans))
    if same_label:
        return 100.0 + agreeing + min(spans, 9) / 10
    if len(shared) > agreeing:
        return 0.0 if not spans else min(spans, 9) / 10
    return agreeing * 10 + min(spans, 9) / 10


def _plain(label: str) -> str:
    return " ".join(label.casefold().replace("#", " ").replace(".", " ").split())


def _fresh(record_id: str, used: set[str]) -> Iterator[str]:
    return (case_id for n in count(1) if (case_id := f"{record_id}-{n}") not in used)
