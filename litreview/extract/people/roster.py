"""The roster: which patients of its own a document tells of, from labels, headings, introductions and tables."""

import re
from collections import Counter
from collections.abc import Iterable

from litreview.extract.people import labels
from litreview.extract.people.announced import tells_of_several
from litreview.extract.people.cast import Player
from litreview.extract.people.counted import by_turns, known_as, with_the_last
from litreview.extract.people.figures import Figure, Roster, View
from litreview.extract.people.headed import Headings, headings_of
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.extract.people.seats import seat, sketch
from litreview.extract.people.strangers import known_by_pronouns
from litreview.extract.people.views import evidence_of_one, is_review, views
from litreview.extract.tables.grid import Grid, Person
from litreview.model.document import Document
from litreview.model.topic import Topic

_LABELLING = ("title", "abstract", "case", "results", "other", "methods", "caption")
_AT_ONCE = 5  # letters from a sentence's beginning
_BARE_ENOUGH = 3
_PAIR = 2
_KIN = r"(?:<labels#kin>)\s"
_ACTING = r"['’]s\b|\)|\s*,|\s+(?:<clauses#verb>|\w{3,}ed\b)"
_EACH_NUMBERED = re.compile(r"([A-Z]{3}\s?)\d+(?:\W+(?:and\s+)?(?:\1)?\d+)+")
_WITHIN = re.compile(r"\b(?:in|for|and)\s+$", re.IGNORECASE)


def enrol(document: Document, lines: tuple[Line, ...], grids: tuple[Grid, ...], topic: Topic) -> Roster:
    """Count and name the document's patients; nobody where no individual is told of."""
    headings = headings_of(document, lines, topic)
    keys = _keys(document, lines, grids, headings, topic)
    headed = headings.owners(keys)
    keys = keys or _sorted(dict.fromkeys(headed.values()))
    parts = views(document, lines, headed, topic)
    if (
        not keys
        and not is_review(lines)
        and (counted := known_as(document, lines, max(len(part.figures) for part in parts), topic))
    ):
        parts = (parts[0], parts[1], counted)
    figures = _figures(document, lines, parts, keys, _printed(document, lines), grids, topic)
    told = headings.described(keys)
    for figure in figures:
        for key in figure.keys:
            figure.learn(told.get(key, Figure()))
    figures = figures if keys else known_by_pronouns(figures, lines)
    introduced: dict[int, int] = {}
    casts: dict[int, tuple[tuple[int, Player], ...]] = {}
    for view in parts:
        meant = _aligned(view, figures)
        introduced |= {start: meant[number] for start, number in view.starts.items() if number in meant}
        casts |= {
            sentence: tuple((meant[number], player) for number, player in listed)
            for sentence, listed in view.casts.items()
            if all(number in meant for number, _ in listed)
        }
    by_key = {key: index for index, figure in enumerate(figures) for key in figure.keys}
    homes = _homes(document, lines, headed, by_key, introduced)
    told_of = {number: several for number, several in headings.several.items() if by_key.keys() >= set(several)}
    groups = {number: tuple(by_key[key] for key in several) for number, several in told_of.items()}
    _learn_sex(lines, figures, homes, introduced, by_key)
    roster = Roster((), tuple(figures), introduced, by_key, homes, casts=casts, groups=groups)
    return seat(roster, grids, topic)


def _keys(
    document: Document, lines: tuple[Line, ...], grids: tuple[Grid, ...], headings: Headings, topic: Topic
) -> list[str]:
    """All keys that surely are patients' labels, in their order."""
    if is_review(lines):
        return []
    telling = [line for line in lines if line.sentence.section in _LABELLING and not _on_others(line)]
    told = [ref for line in telling for ref in line.refs if ref.kind == "label"]
    unborn = _only_twins(document, telling, topic)
    told = [ref for ref in told if not unborn or not topic.regex(_KIN).match(document.text, ref.span.start)]
    sure = [*headings.labelled.values(), *(key for several in headings.several.values() for key in several)]
    sure += [key for ref in told if not ref.bare for key in ref.keys]
    for grid in grids:
        own = [labels.key(person.label, topic) for person in grid.people if not person.cites]
        sure += own if len(own) > 1 and all(own) and len(set(own)) == len(own) else []
    # Tables of a patient each, named by their captions.
    alone = [labels.key(grid.people[0].label, topic) for grid in grids if len(grid.people) == 1]
    sure += alone if len(alone) > 1 and all(alone) and len(set(alone)) == len(alone) else []
    bare = [key for ref in told if ref.bare for key in ref.keys]
    acting = {key for ref in told if ref.bare and _acts(document, ref, topic) for key in ref.keys}
    if (len(acting) > 1 and _among_people(lines)) or (len(bare) >= _BARE_ENOUGH and (sure or len(acting) > 1)):
        likely = 2 * len(set(bare))
        sure += [key for key in bare if not sure or key in acting or (key.isdigit() and int(key) <= likely)]
    return _sorted(dict.fromkeys(sure))


def _only_twins(document: Document, lines: list[Line], topic: Topic) -> bool:
    """Whether lettered twins or siblings come up in passing, as newborns of a patient do: one at most has sentences."""
    begun = {
        ref.keys
        for line in lines
        for ref in line.refs
        if ref.span.start == line.span.start and topic.regex(_KIN).match(document.text, ref.span.start)
    }
    return len(begun) < _PAIR


def _on_others(line: Line) -> bool:
    """Whether a sentence is on another paper's patients: "in the series of X, patient 2 died"."""
    return "others" in line.cues and "ours" not in line.cues


def _among_people(lines: tuple[Line, ...]) -> bool:
    """Whether bare labels are people's: "P1 and P2, both girls", or after "we report two patients"."""
    return tells_of_several(lines) or any(
        any(ref.kind == "label" and ref.bare for ref in line.refs)
        and any(ref.kind in ("noun", "many") for ref in line.refs)
        for line in lines
        if line.sentence.section in _LABELLING and not line.cues & {"others", "general"}
    )


def _acts(document: Document, label: Ref, topic: Topic) -> bool:
    """Whether a bare label stands like a person's name: "P1 died", "P1's mother", "#2, a girl", "in P1"."""
    if topic.regex(_ACTING).match(document.text, label.span.end):
        return True
    return _WITHIN.search(document.text, max(0, label.span.start - 8), label.span.start) is not None


def _printed(document: Document, lines: tuple[Line, ...]) -> dict[str, str]:
    """How the text first prints each key with its noun ("Patient 2", "UPN 305")."""
    found: dict[str, str] = {}
    for line in lines:
        for ref in line.refs:
            if ref.kind != "label" or ref.bare:
                continue
            words = document[ref.span]
            if len(ref.keys) == 1:
                found.setdefault(ref.keys[0], words[0].upper() + words[1:])
            elif numbered := _EACH_NUMBERED.fullmatch(words):
                found |= {key: f"{numbered[1]}{key}" for key in ref.keys if key not in found}
    return found


def _sorted(keys: Iterable[str]) -> list[str]:
    keys = list(keys)
    if all(key.isdigit() for key in keys):
        return sorted(keys, key=int)
    return sorted(keys) if all(len(key) == 1 for key in keys) else keys


def _figures(
    document: Document,
    lines: tuple[Line, ...],
    parts: tuple[View, View, View],
    keys: list[str],
    printed: dict[str, str],
    grids: tuple[Grid, ...],
    topic: Topic,
) -> list[Figure]:
    """One figure per patient: by label where there are labels, else those of the view that introduces most."""
    title, abstract, body = parts
    fullest = max(body, abstract, key=lambda view: len(view.figures))
    if len(keys) > 1 or (keys and len(fullest.figures) <= 1):
        rows = _rows(grids, topic)
        return [_labelled(key, printed, parts, rows.get(key, [])) for key in keys]
    if not fullest.figures:
        return by_turns(document, lines, topic) or _unintroduced(lines, title)
    return with_the_last(document, lines, [_copy(figure) for figure in fullest.figures], topic)


def _rows(grids: tuple[Grid, ...], topic: Topic) -> dict[str, list[Person]]:
    """The people of tables, those of other papers aside, by the key of their label."""
    found: dict[str, list[Person]] = {}
    for person in (person for grid in grids for person in grid.people if not person.cites):
        found.setdefault(labels.key(person.label, topic), []).append(person)
    return found


def _labelled(key: str, printed: dict[str, str], parts: tuple[View, View, View], rows: Iterable[Person]) -> Figure:
    figure = Figure(keys=[key], names=[printed[key]] if key in printed else [])
    for view in reversed(parts):
        for seen in view.figures:
            if key in seen.keys:
                figure.learn(seen)
    for person in rows:
        sketch(figure, person)
    return figure


def _copy(figure: Figure) -> Figure:
    fresh = Figure(keys=list(figure.keys), sentence=figure.sentence)
    fresh.learn(figure)
    return fresh


def _unintroduced(lines: tuple[Line, ...], title: View) -> list[Figure]:
    """The one patient of a report that speaks of "our patient", or has a case section about "the patient"."""
    if is_review(lines):
        return []
    if len(title.figures) == 1 and all(line.sentence.section == "title" for line in lines):
        return [_copy(title.figures[0])]
    evidence = list(evidence_of_one(lines))
    sure = any(ref.article == "our" for ref in evidence)
    if not sure and not {"pronoun", "noun"} <= {ref.kind for ref in evidence} and not (evidence and title.figures):
        return []
    return [_copy(title.figures[0]) if len(title.figures) == 1 else Figure()]


def _aligned(view: View, figures: list[Figure]) -> dict[int, int]:
    """The figures of a view with the index of the patient they mean; what cannot be told is left out."""
    chosen: dict[int, int] = {}
    for number, seen in enumerate(view.figures):
        for index, figure in enumerate(figures):
            if set(seen.keys) & set(figure.keys):
                chosen[number] = index
    in_order = len(view.figures) == len(figures) and all(
        figure.fits(seen.sex, seen.ages, seen.adult) for seen, figure in zip(view.figures, figures, strict=True)
    )
    for number, seen in enumerate(view.figures):
        if number in chosen:
            continue
        free = [index for index in range(len(figures)) if index not in chosen.values()]
        fitting = [index for index in free if figures[index].fits(seen.sex, seen.ages, seen.adult)]
        if in_order and number in fitting:
            chosen[number] = number
        elif len(fitting) == 1:
            chosen[number] = fitting[0]
    for number, index in chosen.items():
        figures[index].learn(view.figures[number])
    return chosen


def _homes(
    document: Document,
    lines: tuple[Line, ...],
    headed: dict[int, str],
    by_key: dict[str, int],
    introduced: dict[int, int],
) -> dict[int, int]:
    """Paragraphs that belong to one patient: under a heading with its label, or in a section that opens with it.

    A section in which somebody else comes up at the beginning of a sentence is nobody's.
    """
    homes = {number: by_key[key] for number, key in headed.items() if key in by_key}
    opened: dict[tuple[str, ...], int] = {}
    paths: dict[int, tuple[str, ...]] = {}
    for line in lines:
        if line.sentence.section not in ("case", "results"):
            continue
        if line.sentence.paragraph not in paths:
            section = document.section_at(line.span.start)
            paths[line.sentence.paragraph] = section.path if section else ()
        path = paths[line.sentence.paragraph]
        first = {introduced[ref.span.start] for ref in line.refs if ref.span.start in introduced}
        if path not in opened:
            opened[path] = next(iter(first)) if len(first) == 1 else -1
        elif first - {opened[path]} and any(ref.span.start - line.span.start < _AT_ONCE for ref in line.refs):
            opened[path] = -1
    if len({index for index in opened.values() if index >= 0}) > 1:
        homes |= {number: opened[path] for number, path in paths.items() if opened[path] >= 0 and number not in homes}
    return homes


def _learn_sex(
    lines: tuple[Line, ...],
    figures: list[Figure],
    homes: dict[int, int],
    introduced: dict[int, int],
    by_key: dict[str, int],
) -> None:
    """The sex that pronouns and nouns of a patient's own paragraphs agree on."""
    votes: dict[int, Counter[str]] = {index: Counter() for index in range(len(figures))}
    for line in lines:
        sexes = [ref.sex for ref in line.refs if ref.sex and ref.kind in ("pronoun", "noun")]
        if not sexes or line.sentence.section not in ("case", "results", "abstract", "other", "title"):
            continue
        index = 0 if len(figures) == 1 else homes.get(line.sentence.paragraph, _only(line, introduced, by_key))
        if index is not None:
            votes[index].update(sexes)
    for index, figure in enumerate(figures):
        if not figure.sex and votes[index]:
            sex, count = votes[index].most_common(1)[0]
            figure.sex = sex if count >= 0.8 * votes[index].total() else ""


def _only(line: Line, introduced: dict[int, int], by_key: dict[str, int]) -> int | None:
    """The one figure that a sentence introduces or labels, if it is one."""
    found = {introduced[ref.span.start] for ref in line.refs if ref.span.start in introduced}
    found |= {by_key[key] for ref in line.refs for key in ref.keys if key in by_key}
    return found.pop() if len(found) == 1 else None
