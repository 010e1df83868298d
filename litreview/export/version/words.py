"""How things of a version are called: reports, cases, values, figures."""

import re

from litreview.model.change import Change, Figure, Plain, Version

_MARKS = re.compile(r"([\\`*\[\]#|~<>$&]|(?<!\w)_|_(?!\w))")
NOT_REPORTED = "not reported"


def escaped(text: str) -> str:
    """Text of others on one line, as Markdown prints it letter for letter.

    >>> escaped("a *b* <i>")
    'a \\\\*b\\\\* \\\\<i\\\\>'
    """
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def report_name(version: Version, record_id: str) -> str:
    """Author, year and number of a report; its id where it is not there any more."""
    named = version.names.get(record_id)
    if named is None:
        return record_id
    who = " ".join(str(part) for part in (named.first_author, named.year or "") if part)
    number = f"PMID {named.pmid}" if named.pmid else named.doi or record_id
    return f"{who}, {number}" if who else number


def case_name(version: Version, change: Change) -> str:
    """What the report calls the patient, and the report."""
    label = version.labels.get(change.subject, "")
    return f"{label or change.subject} ({report_name(version, change.record_id)})"


def value(told: Plain) -> str:
    """A value as people write it."""
    if told is None or told == "":
        return NOT_REPORTED
    return str(int(told)) if isinstance(told, float) and told.is_integer() else str(told)


def figure(told: Figure) -> str:
    """n/N with share and interval, or a median with its range."""
    if told.of:
        text = f"{told.n}/{told.of} ({100 * (told.n or 0) / told.of:.0f} %"
        if told.low is None or told.high is None:
            return text + ")"
        return f"{text}, {100 * told.low:.0f} to {100 * told.high:.0f})"
    if told.median is not None:
        return f"median {_short(told.median)} ({_short(told.minimum)} to {_short(told.maximum)}; N = {told.n})"
    return "none"


def plural(n: int, noun: str) -> str:
    """A number with its noun."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _short(number: float | None) -> str:
    return "" if number is None else f"{round(number, 2):g}"
