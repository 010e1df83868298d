"""What is wrong with a rule file, said so that its author can mend it."""

import difflib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from litreview.errors import RuleError
from litreview.model import analysis, check, clock, eligibility, rule, search, topic, vocabulary


def complaint(path: Path, error: ValidationError, model: type[BaseModel]) -> RuleError:
    """The first thing wrong in a file as an error that names file, place and remedy."""
    # A misspelt key is also a missing one: the key that is there is what its author recognises.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    place = _place(first)
    if first["type"] == "extra_forbidden":
        field = str(first["loc"][-1])
        return RuleError(
            f"{path.name}: {place} is not something {_holder(first)} can have",
            hint=f"did you mean {nearest(field, _fields(first, model))!r}?",
        )
    if first["type"] == "union_tag_invalid":
        kinds = first["ctx"]["expected_tags"].replace("'", "")
        return RuleError(f"{path.name}: {place} has a kind that rules do not have", hint=f"the kinds are {kinds}")
    return RuleError(f"{path.name}: {place}: {first['msg']}", hint="see docs/rules.md for what may stand there")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like the one that was typed."""
    candidates = list(known)
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.0)
    return found[0] if found else ""


def _place(error: ErrorDetails) -> str:
    """`rules, 2, near, 1, patern`: list positions counted from 1, union tags left out."""
    words = [str(part + 1) if isinstance(part, int) else part for part in error["loc"]]
    kept = [
        word for number, word in enumerate(words) if not (number and words[number - 1].isdigit() and _is_kind(word))
    ]
    return ", ".join(kept) or "the file"


def _is_kind(word: str) -> bool:
    return word in _KINDS


def _holder(error: ErrorDetails) -> str:
    return "a rule" if "rules" in error["loc"] else "this file"


def _fields(error: ErrorDetails, model: type[BaseModel]) -> list[str]:
    """The keys that may stand where the wrong one stands."""
    inner = [part for part in error["loc"][:-1] if isinstance(part, str)]
    if not inner:
        return list(model.model_fields)
    return list(_HOLDERS.get(inner[-1], model).model_fields)


_KINDS: dict[str, type[BaseModel]] = {
    "terms": rule.TermsRule,
    "tokens": rule.TokensRule,
    "regex": rule.RegexRule,
    "quantity": rule.QuantityRule,
    "threshold": rule.ThresholdRule,
    "timepoint": rule.TimepointRule,
    "column": rule.ColumnRule,
    "derive": rule.DeriveRule,
    "lookup": rule.LookupRule,
}
_HOLDERS: dict[str, type[BaseModel]] = _KINDS | {
    "near": rule.Condition,
    "unless": rule.Condition,
    "examples": topic.Example,
    "choice": topic.Choice,
    "entries": vocabulary.Entry,
    "events": clock.EventKind,
    "cues": clock.Cue,
    "exclusions": eligibility.Exclusion,
    "eligibility": eligibility.Eligibility,
    "thread": eligibility.Thread,
    "analytes": topic.Analyte,
    "summary": topic.SummaryLine,
    "searches": search.Search,
    "clock": clock.Clock,
    "checks": check.Check,
    "when": check.Clue,
    "criteria": analysis.Criteria,
    "levels": analysis.Level,
    "needs": analysis.Demand,
    "proportions": analysis.Proportion,
    "times": analysis.TimeTo,
    "event": analysis.Demand,
    "at": analysis.Duration,
    "until": analysis.Duration,
}
