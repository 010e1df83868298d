"""Proposes how the columns of a sheet map to reports, patients and attributes: a draft for a person to mend."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from litreview.model.topic import Attribute, Topic
from litreview.readers.sheet import Sheet, read_sheet
from litreview.readers.table import columns
from litreview.readers.table_words import heads_labels

_REPORT = ("pmid", "pmcid", "doi", "title", "authors", "journal", "year")
_LIKE = 75  # below that a header and an attribute have little in common
_MOST_WORDS = 12  # of a column's values that the draft shows


def draft(path: Path, topic: Topic, *, sheet: str = "", header: int = 1) -> str:
    """The mapping as YAML, with what each column holds beside it, and what was not placed at the end."""
    read = read_sheet(path, sheet=sheet, header=header)
    report = _report(read.columns)
    case = next((name for name in read.columns if name not in report.values() and heads_labels(name)), "")
    free = [name for name in read.columns if name not in report.values() and name != case]
    chosen = _chosen(free, topic.attributes)
    lines = [
        f"# How {read.name} maps to {topic.name}: a draft, to be read line by line and mended.",
        f"source: {_quoted(path.stem)}",
        *([f"sheet: {_quoted(sheet)}"] if sheet else []),
        *([f"header: {header}"] if header != 1 else []),
        *_of_report(report, read.columns),
        *([f"case: {_quoted(case)}"] if case else ["# case: the column with the patient's name in the report, if any"]),
        "# fill_down: yes   (where a report's columns are filled in its first row only)",
        "attributes:" if chosen else "attributes: {}",
        *(line for item in topic.attributes if item.name in chosen for line in _column(item, chosen[item.name], read)),
        *_left(free, chosen, topic),
    ]
    return "\n".join(lines) + "\n"


def _report(names: Sequence[str]) -> dict[str, str]:
    found = columns(names)
    return {field: names[found[field][0]] for field in _REPORT if field in found}


def _of_report(report: Mapping[str, str], names: Sequence[str]) -> Iterator[str]:
    yield "report:"
    if not report.keys() & {"pmid", "pmcid", "doi", "title"}:
        yield f"  key: {_quoted(names[0])}  # the sheet's own name of a report: is it this column?"
    yield from (f"  {field}: {_quoted(name)}" for field, name in report.items())


def _chosen(free: Sequence[str], attributes: Sequence[Attribute]) -> dict[str, str]:
    """The column that is most like each attribute, the best pairs first, each used once."""
    scored = sorted(
        ((-_likeness(name, attribute), n, attribute.name) for attribute in attributes for n, name in enumerate(free)),
    )
    chosen: dict[str, str] = {}
    for score, n, attribute in scored:
        if -score >= _LIKE and attribute not in chosen and free[n] not in chosen.values():
            chosen[attribute] = free[n]
    return chosen


def _likeness(header: str, attribute: Attribute) -> float:
    """How many words a header shares with an attribute's name and unit; some more for the very name."""
    words = _words(header)
    name = _words(attribute.name)
    return max(token_set_ratio(words, name), 0.9 * token_set_ratio(words, f"{name} {attribute.unit}")) + (
        5 if words == name else 0 if len(words.split()) >= len(name.split()) / 2 else -20
    )


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _column(attribute: Attribute, name: str, sheet: Sheet) -> Iterator[str]:
    unit = f", {attribute.unit}" if attribute.unit else ""
    yield f"  # {attribute.type}{unit}: {' '.join(attribute.definition.split())}"
    unknown = _unknown(attribute, name, sheet)
    if not attribute.vocabulary or not unknown:
        yield f"  {attribute.name}: {_quoted(name)}"
        return
    yield f"  {attribute.name}:"
    yield f"    column: {_quoted(name)}"
    yield f"    values:  # to one of: {', '.join(attribute.vocabulary)}; empty: not reported"
    yield from (f'      {_quoted(word)}: ""' for word in unknown[:_MOST_WORDS])


def _unknown(attribute: Attribute, name: str, sheet: Sheet) -> list[str]:
    known = {word.casefold() for word in attribute.vocabulary}
    return [word for word in dict.fromkeys(row[name] for row in sheet.rows) if word and word.casefold() not in known]


def _left(free: Sequence[str], chosen: Mapping[str, str], topic: Topic) -> Iterator[str]:
    if left := [name for name in free if name not in chosen.values()]:
        yield f"# Not placed: {', '.join(map(_quoted, left))}"
    if missing := [item.name for item in topic.attributes if item.name not in chosen]:
        yield f"# Without a column: {', '.join(missing)}"


def _quoted(text: str) -> str:
    """As YAML takes any text on one line."""
    return json.dumps(text, ensure_ascii=False)
