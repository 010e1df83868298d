"""Proposes how the columns of a sheet map to reports, patients and attributes: a draft for a person to mend."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from litreview.errors import UsageError
from litreview.model.mapping import Mapping as Mapped
from litreview.model.rule import ColumnRule
from litreview.model.topic import Attribute, Topic
from litreview.readers.sheet import Sheet, read_sheet
from litreview.readers.table import columns
from litreview.readers.table_words import heads_labels

_REPORT = ("pmid", "pmcid", "doi", "title", "authors", "journal", "year")
_MEASURED = 95  # names the measured substance
_KNOWN = 76  # like a header of papers' tables that a rule reads the attribute from: rules are generous
_LIKE = 75  # below that a header and an attribute have little in common
_MOST_WORDS = 12  # of a column's values that the draft shows


def draft(path: Path, topic: Topic, *, sheet: str = "", header: int = 1) -> str:
    """The mapping as YAML, with what each column holds beside it, and what was not placed at the end."""
    read = read_sheet(path, sheet=sheet, header=header)
    report = _report(read.columns)
    case = next((name for name in read.columns if name not in report.values() and heads_labels(name)), "")
    free = [name for name in read.columns if name not in report.values() and name != case]
    chosen = _chosen(free, topic)
    lines = [
        f"# How {read.name} maps to {topic.name}: a draft, to be read line by line and mended.",
        f"source: {_quoted(path.stem)}",
        *([f"sheet: {_quoted(sheet)}"] if sheet else []),
        *([f"header: {header}"] if header != 1 else []),
        *_of_report(report, read.columns),
        *([f"case: {_quoted(case)}"] if case else ["# case: the column with the patient's name in the report, if any"]),
        "# fill_down: yes   (where a report's columns are filled in its first row only)",
        "attributes:" if chosen else "attributes: {}",
        *(
            line
            for item in topic.attributes
            if item.name in chosen
            for line in _column(item, chosen[item.name], read, topic)
        ),
        *_left(free, chosen, topic),
    ]
    return "\n".join(lines) + "\n"


def _report(names: Sequence[str]) -> dict[str, str]:
    found = columns(names)
    return {field: names[found[field][0]] for field in _REPORT if field in found}


def _of_report(report: Mapping[str, str], names: Sequence[str]) -> Iterator[str]:
    yield "report:"
    own = f"key: {_quoted(names[0])}  # the sheet's own name of a report: is it this column?"
    if not report.keys() & {"pmid", "pmcid", "doi", "title"}:
        yield f"  {own}"
    elif names[0] not in report.values():
        yield f"  # {own}"
    yield from (f"  {field}: {_quoted(name)}" for field, name in report.items())


def _chosen(free: Sequence[str], topic: Topic) -> dict[str, str]:
    """The column that is most like each attribute, the best pairs first, each used once."""
    attributes = topic.attributes
    scored = sorted(
        (-_likeness(name, attribute, topic), place, n, attribute.name)
        for place, attribute in enumerate(attributes)
        for n, name in enumerate(free)
    )
    chosen: dict[str, str] = {}
    for score, _, n, attribute in scored:
        if -score >= _LIKE and attribute not in chosen and free[n] not in chosen.values():
            chosen[attribute] = free[n]
    return chosen


def _likeness(header: str, attribute: Attribute, topic: Topic) -> float:
    """How many words a header shares with an attribute's name and unit, or that the rules know it in papers' tables."""
    words, name = _words(header), _words(attribute.name)
    if words == name:
        return 100
    shared = max(token_set_ratio(words, name), 0.9 * token_set_ratio(words, f"{name} {attribute.unit}"))
    telling = len(words.split()) >= len(name.split()) / 2
    patterns = (rule.header for rule in attribute.rules if isinstance(rule, ColumnRule) and not rule.analyte)
    known = any(topic.regex(each).search(header) for each in patterns)
    measured = _MEASURED if _measures(header, attribute, topic) else 0
    return max(shared if telling else shared - 20, measured, _KNOWN if known else 0)


def _measures(header: str, attribute: Attribute, topic: Topic) -> bool:
    """Whether a header names the substance that an attribute is an amount of."""
    analytes = {name for rule in attribute.rules if (name := getattr(rule, "analyte", ""))}
    terms = (term for name in analytes for term in topic.analyte(name).terms)
    return attribute.type in ("number", "integer") and any(_words(term) in _words(header).split() for term in terms)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _column(attribute: Attribute, name: str, sheet: Sheet, topic: Topic) -> Iterator[str]:
    unit = f", {attribute.unit}" if attribute.unit else ""
    yield f"  # {attribute.type}{unit}: {' '.join(attribute.definition.split())}"
    unknown = _unknown(attribute, name, sheet, topic) if attribute.vocabulary else []
    other_unit = _unit(attribute, name, topic)
    if not (unknown or other_unit):
        yield f"  {attribute.name}: {_quoted(name)}"
        return
    yield f"  {attribute.name}:"
    yield f"    column: {_quoted(name)}"
    if other_unit:
        yield f"    unit: {_quoted(other_unit)}"
        return
    yield f"    values:  # to one of: {', '.join(attribute.vocabulary)}; empty: not reported"
    yield from (f"      {_quoted(word)}: {_quoted(_guessed(word, attribute))}" for word in unknown[:_MOST_WORDS])


def _unit(attribute: Attribute, header: str, topic: Topic) -> str:
    """The unit that stands in brackets in a header, where it is another one than the attribute's."""
    from litreview.extract.given import scale_of

    printed = re.search(r"[(\[]([^)\]]+)[)\]]", header)
    if printed is None or attribute.type not in ("number", "integer"):
        return ""
    try:
        return "" if scale_of(printed[1], attribute, topic) == 1 else printed[1]
    except UsageError:
        return ""


def _unknown(attribute: Attribute, name: str, sheet: Sheet, topic: Topic) -> list[str]:
    """What stands in a column and is neither the codebook's word, under any name, nor a word for nothing."""
    from litreview.extract.given import given

    empty = Mapped.model_fields["empty"].default
    found = []
    for word in dict.fromkeys(row[name] for row in sheet.rows):
        try:
            given(word, attribute, topic)
        except UsageError:
            found += [word] if word.casefold() not in empty else []
    return found


def _guessed(word: str, attribute: Attribute) -> str:
    """The only word of the codebook that begins like it or stands in it; empty where there is none, or several."""
    begun = [known for known in attribute.vocabulary if known.casefold().startswith(word.casefold())]
    inside = [known for known in attribute.vocabulary if known.casefold() in _words(word).split()]
    return begun[0] if len(begun) == 1 else inside[0] if len(inside) == 1 else ""


def _left(free: Sequence[str], chosen: Mapping[str, str], topic: Topic) -> Iterator[str]:
    if left := [name for name in free if name not in chosen.values()]:
        yield f"# Not placed: {', '.join(map(_quoted, left))}"
    if missing := [item.name for item in topic.attributes if item.name not in chosen]:
        yield f"# Without a column: {', '.join(missing)}"


def _quoted(text: str) -> str:
    """As YAML takes any text on one line."""
    return json.dumps(text, ensure_ascii=False)
