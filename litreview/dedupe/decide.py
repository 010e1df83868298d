"""From a comparison to a verdict with its reasons: one report, related ones, a question for a person, or neither."""

from collections.abc import Callable
from dataclasses import dataclass

from litreview.dedupe.authors import within
from litreview.dedupe.compare import Comparison, compare, same_abstract, same_words
from litreview.dedupe.entry import Entry
from litreview.dedupe.grounds import (
    TOGETHER,
    is_consistent,
    is_elsewhere,
    is_one_place,
    is_one_slip,
    is_same_column,
    is_whole,
)
from litreview.dedupe.titles import is_sequel
from litreview.model.linkage import Outcome

_PRINT = frozenset({"DOI", "year", "volume", "first page", "journal"})
_TITLES = {
    "same": "same title",
    "alike": "same title but for a misprint",
    "part": "one title is part of the other",
    "near": "like titles",
    "other": "another title",
    "unknown": "no title to compare",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison comes to. `apart` says that the two cannot be one report, whatever a third would say."""

    outcome: Outcome
    score: float
    reasons: tuple[str, ...] = ()
    apart: bool = False


NEITHER = Verdict("different", 0.0)


def judge(one: Entry, other: Entry) -> Verdict:
    """Whether two entries are one report: the first rule that has an answer gives it."""
    for scheme, left, right in (("PMID", one.pmid, other.pmid), ("PMCID", one.pmcid, other.pmcid)):
        if left and left == right:
            return Verdict("same", 1.0, (f"same {scheme}",))
    found = compare(one, other)
    answer = next((answer for rule in _RULES if (answer := rule(found)) is not None), NEITHER)
    doubtful = answer.outcome == "different" and not answer.apart and same_words(found)
    return _verdict("possible", found, "the same words by others") if doubtful else answer


def may_be_apart(one: Entry, other: Entry) -> bool:
    """Whether a closer look is worth it: two that differ in less than two facts are never apart."""
    facts = ((one.doi, other.doi), (one.year, other.year), (one.volume, other.volume), (one.journal, other.journal))
    told = [(left, right) for left, right in (*facts, (one.pages.first, other.pages.first)) if left and right]
    kinds = (one.kind, one.meeting, one.preprint) != (other.kind, other.meeting, other.preprint)
    return kinds or sum(left != right for left, right in told) > 1


def _of_one_text(found: Comparison) -> Verdict | None:
    """One title, journal and abstract: printed again, as a correction may be that repeats the whole report."""
    one, other = found.one, found.other
    alike = found.title in ("same", "alike") and found.authors == "same" and "journal" in found.agree
    if not alike or "reply" in (one.kind, other.kind) or found.meetings == 1 or not same_abstract(one, other):
        return None
    return _verdict("same", found, "same abstract")


def _of_another_kind(found: Comparison) -> Verdict | None:
    """A correction or a reply is never the report it speaks of, and is linked to it.

    A letter's type says only that it is about another one, and the other source may not have given it.
    """
    one, other = found.one, found.other
    letter = one.title.kind == other.title.kind and "correction" not in (one.kind, other.kind)
    if one.kind == other.kind or (letter and found.authors == "same" and is_one_place(found)):
        return None
    if found.title not in ("same", "alike", "part") or not found.telling:
        return Verdict("different", 0.0, apart=True)
    if "correction" not in (one.kind, other.kind):
        return _of_an_exchange(found)
    return _verdict("related", found, "one is a correction of the other", apart=True)


def _of_an_exchange(found: Comparison) -> Verdict:
    """Some indexes keep a letter and the reply to it as one entry, which then covers the pages and authors of both."""
    shared = found.pages in ("overlap", "last", "range") and {"volume", "journal"} <= found.agree
    covers = shared and found.title in ("same", "alike") and within(found.one.authors, found.other.authors)
    if covers:
        return _verdict("same", found, "one covers the other")
    return _verdict("related", found, "one is a reply to the other")


def _of_another_title(found: Comparison) -> Verdict | None:
    """No title, or another one: a translation, or words put before it. Then all of the place must be the same."""
    if found.title not in ("other", "unknown"):
        return None
    if found.authors == "same" and is_whole(found) and not found.differ - {"PMID"}:
        return _verdict("possible" if found.meetings else "same", found)
    if found.authors == "same" and "DOI" in found.agree and not found.differ - {"PMID", "year"}:
        return _verdict("same" if found.title == "unknown" else "possible", found)
    return NEITHER


def _of_one_doi(found: Comparison) -> Verdict | None:
    """One DOI and like titles; a whole supplement of meeting abstracts may bear one DOI."""
    if "DOI" not in found.agree or found.authors == "other":
        return None
    if found.title in ("same", "alike"):
        return _verdict("same", found)
    doubtful = found.authors != "same" or "first page" in found.differ
    doubtful = doubtful or (found.title == "near" and bool(found.meetings))
    return _verdict("possible" if doubtful else "same", found)


def _of_one_place(found: Comparison) -> Verdict | None:
    """Like titles in one place are one report, though a short piece may share its page with a like-named one."""
    if not is_one_place(found):
        return None
    if not found.telling:
        return _verdict("same" if is_same_column(found) else "different", found)
    exact = found.pages in ("range", "first")
    if found.authors == "other":
        return _verdict("possible", found) if exact and found.title != "near" else NEITHER
    if found.title == "near":
        numbers = found.one.title.numbers == found.other.title.numbers
        sure = exact and found.authors == "same" and (numbers or is_whole(found)) and not found.meetings
    else:
        sure = exact or (found.authors == "same" and (found.pages == "start" or "issue" not in found.differ))
    return _verdict("same" if sure else "possible", found)


def _of_one_wrong_digit(found: Comparison) -> Verdict | None:
    """One title on two pages of one volume that differ in a single digit."""
    if found.pages != "slip" or found.title != "same" or found.authors != "same" or not found.telling:
        return None
    return _verdict("same", found) if {"volume", "journal"} <= found.agree and "issue" not in found.differ else None


def _of_one_name(found: Comparison) -> Verdict | None:
    """A telling title that both bear, and authors that may be the same."""
    if found.title == "near" or not found.telling:
        return None
    if is_sequel(found.one.title, found.other.title):
        return NEITHER
    if found.authors == "other" or (found.title == "part" and found.authors != "same"):
        return _verdict("possible", found) if not found.differ and "journal" in found.agree else NEITHER
    if found.one.preprint != found.other.preprint:
        return _verdict("related", found, "one is a preprint", apart=True)
    if found.meetings == 1 and not TOGETHER & found.agree and (found.differ or not {"journal", "year"} <= found.agree):
        apart = bool(found.differ & {"volume", "first page", "journal"})
        return _verdict("related" if apart else "possible", found, "one is a meeting abstract", apart=apart)
    if is_consistent(found) or is_one_slip(found):
        return _verdict("same", found)
    if found.authors != "same" and len(found.differ & _PRINT) > 1:
        return NEITHER
    if is_elsewhere(found):
        return _verdict("different" if found.title == "part" else "related", found, "printed elsewhere", apart=True)
    return _verdict("possible", found)


def _of_like_names(found: Comparison) -> Verdict | None:
    """Titles that are only near, or say little: a question where nothing else speaks against it."""
    if found.authors not in ("same", "unknown") or found.differ:
        return None
    if found.title == "near":
        asked = "year" in found.agree and bool({"journal", "volume"} & found.agree)
        return _verdict("possible", found) if asked else None
    if found.authors == "same" and {"volume", "issue", "journal"} <= found.agree:
        return _verdict("same", found)
    return _verdict("possible", found) if {"journal", "year"} <= found.agree else None


_RULES: tuple[Callable[[Comparison], Verdict | None], ...] = (
    _of_one_text,
    _of_another_kind,
    _of_another_title,
    _of_one_doi,
    _of_one_place,
    _of_one_wrong_digit,
    _of_one_name,
    _of_like_names,
)


def _verdict(outcome: Outcome, found: Comparison, *said: str, apart: bool = False) -> Verdict:
    """The reasons in words; the score falls with every fact that differs."""
    reasons = [*said, _TITLES[found.title], *(["same authors"] if found.authors == "same" else [])]
    reasons += [f"same {name}" for name in sorted(found.agree)] + [f"another {name}" for name in sorted(found.differ)]
    likeness = found.likeness if found.title != "unknown" else 0.5
    score = likeness * 0.9 ** len(found.differ) * (1.0 if found.authors == "same" else 0.9)
    far = apart or (outcome != "same" and len(found.differ & _PRINT) > 1)
    return Verdict(outcome, round(score, 3), tuple(reasons), far)
