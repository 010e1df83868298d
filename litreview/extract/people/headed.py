"""Headed: the patients whom headings name: by a label, by several, or by a phrase ("A 9-year-old boy with ...")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from litreview.extract.people import labels
from litreview.extract.people.figures import Figure
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref, refs
from litreview.extract.people.words import lexicon
from litreview.model.document import Document, Span
from litreview.model.heading import bare, is_numbered
from litreview.model.topic import Topic

_TELLING = ("case", "results", "other")
_OF_SECTION = re.compile(r"\d{1,2}(?:\.\d|\s*\|)")
_NUMBER = re.compile(r"\d{1,2}\b")
_AT_ONCE = 5  # letters from a paragraph's beginning
_OPENING = 12  # letters from a heading's beginning

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """Whom the headings above paragraphs name, by the paragraph's number.

    `labelled` are the keys of labels, `several` of lists of labels; `persons` are the places of phrases in `phrases`.
    """

    labelled: dict[int, str] = field(default_factory=dict)
    several: dict[int, tuple[str, ...]] = field(default_factory=dict)
    persons: dict[int, int] = field(default_factory=dict)
    phrases: tuple[tuple[Ref, str], ...] = ()

    def owners(self, keys: list[str]) -> dict[int, str]:
        """The key of the patient under whose heading each paragraph stands, given those of the document."""
        names = self._names(keys)
        return self.labelled | {number: names[place] for number, place in self.persons.items() if names}

    def described(self, keys: list[str]) -> dict[str, Figure]:
        """What the phrases say of those whom they introduce, by key."""
        names = self._names(keys)
        return {key: _figure(*phrase) for key, phrase in zip(names, self.phrases, strict=True)} if names else {}

    def _names(self, keys: list[str]) -> list[str]:
        """A key for each phrase: a number where nobody has a label, else the labels, if they are as many."""
        if len(self.phrases) < 2 or self.labelled or len(keys) not in (0, len(self.phrases)):
            return []
        return keys or [str(number) for number in range(1, len(self.phrases) + 1)]


def headings_of(document: Document, lines: tuple[Line, ...], topic: Topic) -> Headings:
    """The headings of parts that tell of patients, read for whom they name."""
    paths = _paths(document)
    numbers = _are_labels(document, lines, paths, topic)
    titles = dict.fromkeys(title for path in paths.values() for title in path)
    found = {title: _named(title if numbers else bare(title), topic) for title in titles}
    brought = {title: None if keys else _introduced(bare(title), topic) for title, keys in found.items()}
    labelled, several, persons = {}, {}, {}
    phrases: dict[str, tuple[Ref, str]] = {}
    for number, path in paths.items():
        for title in reversed(path):
            if len(found[title]) == 1:
                labelled[number] = found[title][0]
            elif found[title]:
                several[number] = found[title]
            elif phrase := brought[title]:
                phrases.setdefault(title, phrase)
                persons[number] = list(phrases).index(title)
            else:
                continue
            break
    return Headings(_kept(labelled, lines), several, persons, tuple(phrases.values()))


def _paths(document: Document) -> dict[int, Path]:
    """The headings above each paragraph of the parts that tell of patients, from the outermost in."""
    sections = ((number, document.section_at(one.start)) for number, one in enumerate(document.paragraphs))
    return {number: section.path for number, section in sections if section and section.kind in _TELLING}


def _are_labels(document: Document, lines: tuple[Line, ...], paths: dict[int, Path], topic: Topic) -> bool:
    """Whether numbers before headings are patients': "2. A late relapse" behind "1. A slow response".

    They are those of sections where other parts are numbered too, and where the parts do not each bring up somebody.
    """
    others = (part.title for part in document.sections if part.kind not in _TELLING)
    titles = {title for path in paths.values() for title in path if _NUMBER.match(title)}
    if any(map(is_numbered, others)) or any(map(_OF_SECTION.match, titles)):
        return False
    if not titles:
        return True
    first = {path: number for number, path in reversed(paths.items())}
    opening = {number for path, number in first.items() if path and path[-1] in titles}
    telling = (line for line in lines if not line.cued_away())
    brought = {line.sentence.paragraph for line in telling if any(ref.introduces for ref in line.refs)}
    return len(opening & brought) > 1


def _named(title: str, topic: Topic) -> tuple[str, ...]:
    """The keys of the labels that a heading is, or begins with: "Patient 2", "Case 2: a boy", "Patients 3 and 4"."""
    for words in dict.fromkeys((re.split(r"[:.]", title)[0], title)):
        if key := labels.key(words, topic):
            return (key,)
        for label in labels.labels(words, topic):
            if label.span.start == 0:
                return label.keys
    return ()


def _introduced(title: str, topic: Topic) -> tuple[Ref, str] | None:
    """The person whom a heading brings up at its beginning, with the words: "A 9-year-old boy with ...", "Mr. K."."""
    span = Span(0, len(title))
    for ref in refs(title, span, lexicon(topic).scan(title), topic):
        described = ref.introduces or (ref.article in ("the", "our") and ref.kind == "noun" and ref.sex)
        if described and not ref.turn and ref.span.start < _OPENING:
            return ref, title[: ref.span.end]
    return None


def _figure(ref: Ref, words: str) -> Figure:
    ages = [] if ref.age is None else [ref.age]
    return Figure(sex=ref.sex, ages=ages, adult=ref.adult, names=[words])


def _kept(headed: dict[int, str], lines: tuple[Line, ...]) -> dict[int, str]:
    """The paragraphs that keep their heading's label: up to one that opens with another ("Case 2. A girl ...")."""
    return dict(_keeping(headed, lines))


def _keeping(headed: dict[int, str], lines: tuple[Line, ...]) -> Iterator[tuple[int, str]]:
    left, seen = "", set[int]()
    for line in lines:
        number = line.sentence.paragraph
        key = headed.get(number, "")
        if not key or number in seen:
            continue
        other = any(
            ref.kind == "label" and ref.span.start - line.span.start < _AT_ONCE and ref.keys != (key,)
            for ref in line.refs
        )
        left = key if other or left == key else ""
        if not left:
            seen.add(number)
            yield number, key
