"""Which case is which: cases of a report read again keep the ids they had."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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


def match(
    cases: tuple[Identity, ...], known: tuple[Identity, ...], *, record_id: str, last: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """An id for each case: of a known case of the same report where one agrees, else a new one.

    The best agreement goes first: the label, then the person's marks, then shared words. Nothing but a contradiction
    of marks or labels keeps a single case of a report from being the single one that was known. A case may be known by
    several identities: what it was read as, and what people say of it. Those of `last` are taken where no other is.
    """
    given: dict[int, str] = {}
    pairs = sorted(
        (old.case_id in last, -_agreement(case, old), n, old.case_id)
        for (n, case), old in product(enumerate(cases), known)
    )
    taken: set[str] = set()
    for _, score, n, case_id in pairs:
        if score < 0 and n not in given and case_id not in taken:
            given[n] = case_id
            taken.add(case_id)
    given |= _single(cases, known, given)
    unused = fresh(record_id, {old.case_id for old in known})
    return tuple(given[n] if n in given else next(unused) for n in range(len(cases)))


def fresh(record_id: str, used: set[str]) -> Iterator[str]:
    """Ids of a report's cases that nobody had."""
    return (case_id for n in count(1) if (case_id := f"{record_id}-{n}") not in used)


def _single(cases: Sequence[Identity], known: Sequence[Identity], given: dict[int, str]) -> dict[int, str]:
    """The only own case of a report is the only one that was known, unless something speaks against it."""
    own = [n for n, case in enumerate(cases) if case.source == "own"]
    before = [old for old in known if old.source == "own"]
    if given or len(own) != 1 or len({old.case_id for old in before}) != 1:
        return {}
    case = cases[own[0]]
    against = any(_contradict(case, old) or _apart(case.label, old.label) for old in before)
    return {} if against else {own[0]: before[0].case_id}


def _contradict(case: Identity, old: Identity) -> bool:
    return any(agreement == 0 for agreement in _marks(case, old))


def _agreement(case: Identity, old: Identity) -> float:
    """0 for two that cannot be the same."""
    if case.source != old.source:
        return 0.0
    marks = _marks(case, old)
    agreeing = sum(marks)
    spans = min(len(set(case.spans) & set(old.spans)), 9) / 10
    if case.label and _plain(case.label) == _plain(old.label):
        return 100.0 + agreeing + spans
    if 0 in marks:
        return spans
    if _alike(case.label, old.label):
        return 90.0 + agreeing + spans
    return agreeing * 10 + spans


def _marks(case: Identity, old: Identity) -> list[float]:
    """How well each mark agrees that both have: 1 exactly, 0.5 nearly, 0 not."""
    marks, others = dict(case.marks), dict(old.marks)
    return [_equal(marks[name], others[name]) for name in marks if name in others]


def _equal(left: str, right: str) -> float:
    if left == right:
        return 1.0
    try:
        apart = abs(float(left) - float(right))
    except ValueError:  # words, not numbers
        return 0.0
    return 1.0 if apart == 0 else 0.5 if apart < 1 else 0.0


def _plain(label: str) -> str:
    return " ".join(label.casefold().replace("#", " ").replace(".", " ").split())


_NUMBERED = re.compile(r"(?P<word>[^\W\d]*)\D*(?P<number>\d+[a-z]?)")


def _alike(label: str, other: str) -> bool:
    """Whether two labels have one number behind one word, its beginning, or none: "P1", "Patient 1", "1"."""
    one, two = _NUMBERED.fullmatch(_plain(label)), _NUMBERED.fullmatch(_plain(other))
    if one is None or two is None or one["number"] != two["number"]:
        return False
    words = sorted((one["word"], two["word"]), key=len)
    return words[1].startswith(words[0][:1])


def _apart(label: str, other: str) -> bool:
    """Whether two labels number two patients."""
    return bool(_NUMBERED.fullmatch(_plain(label)) and _NUMBERED.fullmatch(_plain(other))) and not _alike(label, other)
