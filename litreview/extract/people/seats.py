"""Seats: the rows of tables given to the patients of the text, and cited patients taken from tables."""

import re
from dataclasses import replace

from litreview.extract.parsed import Row, Subject
from litreview.extract.people import labels
from litreview.extract.people.figures import Figure, Roster
from litreview.extract.tables.grid import Grid, Person
from litreview.model.topic import Topic

_AGE_SEX = re.compile(
    r"(?<![\w/.])(?:(?P<age>\d{1,2}(?:\.\d+)?)\s?(?:y(?:rs?|ears?)?\s?)?[/,]?\s?(?P<sex>M|F|male|female)"
    r"|(?P<sex2>M|F|male|female)\s?[/,]?\s?(?P<age2>\d{1,2}(?:\.\d+)?))(?![\w/])",
    re.IGNORECASE,
)
_TELLING = re.compile(r"\b(?:age|sex|gender|y/o)\b")
_YEARS = re.compile(r"\s*(\d{1,2}(?:\.\d+)?)\b")
_MONTHS = re.compile(r"\bmo\b|months?")
_PRESENT = re.compile(r"\b(?:present|this|our|current)\s+(?:case|patient|report|study|paper|work)\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\bet\s+al\b|^[A-Z][\w’'-]+(?:\s+and\s+[A-Z][\w’'-]+)?,?\s*\(?(?:19|20)\d\d|\[\d+\]\s*$")
_SEXES = {
    "m": "male",
    "f": "female",
    "male": "male",
    "female": "female",
    "man": "male",
    "woman": "female",
    "boy": "male",
    "girl": "female",
}


def sketch(figure: Figure, person: Person) -> None:
    """Age and sex of a table's person, where the figure lacks them."""
    for entry in person.entries:
        header = entry.header.lower()
        if not _TELLING.search(header):
            continue
        both = _AGE_SEX.search(entry.words)
        sex = _SEXES.get(entry.words.strip().lower(), "")
        number = _YEARS.match(entry.words)
        if both:
            sex = _SEXES[(both["sex"] or both["sex2"]).lower()]
        figure.sex = figure.sex or sex
        age = (both and (both["age"] or both["age2"])) or (number and "age" in header and number[1]) or ""
        if age and not figure.ages:
            figure.ages.append(float(age) / (12 if "month" in header or _MONTHS.search(entry.words) else 1))


def seat(roster: Roster, grids: tuple[Grid, ...], topic: Topic) -> Roster:
    """The roster with its subjects made and every table's rows given to them."""
    figures = list(roster.figures)
    own_rows: list[Row] = []
    cited: dict[tuple[str, int], tuple[Person, list[Row]]] = {}
    for number, grid in enumerate(grids):
        foreign = [place for place, person in enumerate(grid.people) if _is_cited(person)]
        own = [place for place in range(len(grid.people)) if place not in foreign]
        own_rows += _own_rows(number, grid, own, figures, roster, topic, mixed=bool(foreign))
        seen: dict[str, int] = {}
        for place in foreign:
            person = grid.people[place]
            source = person.cites or person.label
            seen[source] = seen.get(source, 0) + 1
            cited.setdefault((source, seen[source]), (person, []))[1].append(Row(number, place, -1))
    subjects = [_subject(index, figure, alone=len(figures) == 1) for index, figure in enumerate(figures)]
    rows = own_rows
    for (source, turn), (person, places) in cited.items():
        index = len(subjects)
        several = any(other == source and count != turn for other, count in cited)
        subjects.append(_cited_subject(index, source, person, several=several))
        rows += [Row(row.grid, row.row, index) for row in places]
    return replace(roster, subjects=tuple(subjects), figures=tuple(figures), rows=tuple(sorted(rows, key=_place)))


def _place(row: Row) -> tuple[int, int]:
    return row.grid, row.row


def _is_cited(person: Person) -> bool:
    if _PRESENT.search(person.label):
        return False
    return bool(person.cites or _AUTHOR.search(person.label))


def _own_rows(
    number: int, grid: Grid, own: list[int], figures: list[Figure], roster: Roster, topic: Topic, *, mixed: bool
) -> list[Row]:
    """Rows by label, by "present case", by order where the counts agree, by age and sex; new figures where none are."""
    if not figures and len(own) > 1 and not mixed:
        figures += [_new_figure(grid.people[place], topic) for place in own]
        roster.keys.update({key: index for index, figure in enumerate(figures) for key in figure.keys})
    keys = {place: labels.key(grid.people[place].label, topic) for place in own}
    if own and all(keys[place] in roster.keys for place in own):
        return [Row(number, place, roster.keys[keys[place]]) for place in own]
    if len(own) == len(figures):
        return [Row(number, place, index) for index, place in enumerate(own)]
    rows = []
    for place in own:
        index = roster.keys.get(keys[place])
        if index is None:
            index = _by_looks(grid.people[place], figures)
        if index is not None:
            rows.append(Row(number, place, index))
    return rows


def _by_looks(person: Person, figures: list[Figure]) -> int | None:
    seen = Figure()
    sketch(seen, person)
    if len(figures) == 1 and _PRESENT.search(person.label):
        return 0
    if not seen.sex and not seen.ages:
        return None
    fitting = [
        index
        for index, figure in enumerate(figures)
        if (figure.sex or figure.ages) and figure.fits(seen.sex, seen.ages, None)
    ]
    return fitting[0] if len(fitting) == 1 and len(figures) > 1 else None


def _new_figure(person: Person, topic: Topic) -> Figure:
    key = labels.key(person.label, topic)
    figure = Figure(keys=[key] if key else [], names=[person.label] if person.label else [], spans=[person.label_span])
    sketch(figure, person)
    return figure


def _subject(index: int, figure: Figure, *, alone: bool) -> Subject:
    label = (
        figure.names[0]
        if figure.names
        else f"Patient {figure.keys[0]}"
        if figure.keys
        else _unnamed(index, alone=alone)
    )
    if figure.keys and not re.sub(r"\W", "", label).endswith(figure.keys[0]):
        label = f"Patient {figure.keys[0]}"
    named = [name for name in figure.names if name != label]
    return Subject(index, label, "own", (label, *named), figure.sex, "", tuple(sorted(set(figure.spans))))


def _unnamed(index: int, *, alone: bool) -> str:
    return "the patient" if alone else f"Patient {index + 1}"


def _cited_subject(index: int, source: str, person: Person, *, several: bool) -> Subject:
    figure = Figure()
    sketch(figure, person)
    looks = "/".join(part for part in (f"{figure.ages[0]:g}" if figure.ages else "", figure.sex[:1].upper()) if part)
    label = f"{source}, {looks}" if several and looks else source
    return Subject(index, label, "cited", (label,), figure.sex, source, (person.label_span,))
