"""Views: title, abstract and body each introduce the patients anew; who is introduced in each, in order."""

import re
from collections.abc import Iterator

from litreview.extract.people.announced import tells_of_one, tells_of_several
from litreview.extract.people.cast import Player, cast
from litreview.extract.people.counts import meaning
from litreview.extract.people.figures import Figure, View
from litreview.extract.people.labels import plain_key
from litreview.extract.people.lines import Line, outside_abstract
from litreview.extract.people.people import Ref
from litreview.extract.people.strangers import without_strangers
from litreview.model.document import Document, Span
from litreview.model.topic import Topic

_INTRODUCING = ("title", "abstract", "case", "results", "other")
_APPOSITION = re.compile(r"['’]?[\s,:;()\].–-]*(?:(?:P|#)?\w{1,3}\)[\s,:.-]*)?(?:(?:was|is|concerns|had\s+been)\s+)?")
_JOINT = re.compile(r"(?:[,;:]|\b(?:and|or|whereas|while))\s*$", re.IGNORECASE)
_IN_FRONT = re.compile(
    r"\(?(?P<number>\d{1,2}|(?<=\()[ivx]{1,4}|(?<=\()[a-h])\)[\s:.]*|(?P<initials>[A-Z]\.\s?-?[A-Z]\.)[\s,(]+"
)
# "The second, a boy", "the other was a man": the ordinal stands for a person.
_TURN_BEFORE = r"(?:^|[.;,]\s+(?:and\s+)?|\band\s+)the\s+(?P<turn><turns>)(?:\s+one)?\s*(?:,|\(|\s(?:was|is))\s*\Z"
_NOBODY = -1
_EARLY = 4  # words
_NEAR = 2  # sentences behind an introduction
_LATER = 15  # years by which a patient may have grown older in a report
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_SAMPLED = re.compile(r"\b(?:samples?|specimens?|biops\w+|ser(?:um|a)|data)\b[^.;]*\bfrom\s+$", re.IGNORECASE)
_UNAFFECTED = re.compile(
    r"[^.;]{0,40}?\b(?:do(?:es)?\s+not\s+carry|(?:is|are|was|were)\s+(?:\w+\s+)?(?:healthy|unaffected|asymptomatic\s+carriers?|not\s+affected))\b",
    re.IGNORECASE,
)
_COPULA = re.compile(r"\s*(?:,|\(|(?:was|is|were)\s+(?:(?:initially|now|already)\s+)?)\s*")


def views(document: Document, lines: tuple[Line, ...], headed: dict[int, str], topic: Topic) -> tuple[View, View, View]:
    """Title, abstract and body; `headed` maps paragraphs to the label in their heading."""
    review = is_review(lines)
    abstracts = [section.span for section in document.sections if section.kind == "abstract"]
    several = tells_of_several(lines)
    one = not several and not headed and tells_of_one(document, lines)
    parts = {name: View(several=several, one=one) for name in ("title", "abstract", "body")}
    told_apart = any(line.sentence.section in ("case", "results") for line in outside_abstract(document, lines))
    for before, line in zip((None, *lines), lines, strict=False):
        section = line.sentence.section
        within = "abstract" if section != "title" and _within(line, abstracts) else section
        view = parts[within if within in ("title", "abstract") else "body"]
        if not review and not view.figures and _enter_cast(document, view, line, topic):
            continue
        for ref in line.refs:
            over = headed.get(line.sentence.paragraph, "")
            passing = not over and _in_passing(line, told_apart=told_apart, first=not view.figures)
            passing = passing or (ref.count == 1 and ref.age is None and len(view.figures) > 1)  # any one of them
            brings = _brings(ref, line, review=review) and not _UNAFFECTED.match(document.text, ref.span.end)
            if brings and not passing and not _gave(document, line, ref):
                printed = _key_before(document, before, line, ref)
                if printed or not over or _early(document, line, ref):
                    _enter(document, view, ref, line, printed or over, topic)
        if view.figures and not view.figures[-1].sex:
            _take_sex(view.figures[-1], line)
    if not several and not headed:
        parts["body"] = without_strangers(parts["body"], parts["abstract"], parts["title"], lines)
    return parts["title"], parts["abstract"], parts["body"]


def _enter_cast(document: Document, view: View, line: Line, topic: Topic) -> bool:
    """Figures of a sentence that lists its patients with their ages: "two girls aged 2 and 6 and a 13-year-old boy"."""
    told_here = line.sentence.section in _INTRODUCING or "ours" in line.cues
    players = cast(document.text, line.span, topic) if told_here and not line.asides else ()
    if not players:
        return False
    alone = [_alone(ref) for ref in line.refs if ref.introduces and not _listed(ref, players)]
    whole = sorted((*players, *(player for player in alone if player)), key=lambda player: player.phrase)
    view.casts[line.sentence.index] = tuple(enumerate(whole, len(view.figures)))
    for player in whole:
        figure = Figure(sex=player.sex, ages=[player.age], adult=player.adult, sentence=line.sentence.index)
        figure.spans.append(player.phrase)
        view.figures.append(figure)
    return True


def _alone(ref: Ref) -> Player | None:
    """Somebody with an age of their own beside those who are listed."""
    return None if ref.age is None else Player(ref.span, ref.sex, ref.adult, ref.age, ref.span, (ref.span,))


def _listed(ref: Ref, players: tuple[Player, ...]) -> bool:
    return any(ref.span.overlaps(common) for player in players for common in player.common)


def _within(line: Line, spans: list[Span]) -> bool:
    own = line.span
    return any(own in span for span in spans)


def is_review(lines: tuple[Line, ...]) -> bool:
    """Whether a document calls itself a review or guideline and speaks of no patient as its own."""
    cues = {cue for line in lines if line.sentence.section in ("title", "abstract") for cue in line.cues}
    if "nobody" in cues or "review" not in cues:
        return "nobody" in cues
    return not any("ours" in line.cues or line.sentence.section == "case" for line in lines)


def _brings(ref: Ref, line: Line, *, review: bool) -> bool:
    """Whether a phrase introduces a patient of this report."""
    ours = "ours" in line.cues
    section = line.sentence.section
    if ref.count == 1 and not ours and section not in ("case", "results"):
        return False
    enrolled = section == "methods" and ref.age is not None and not line.cued_away()
    if review or (section not in _INTRODUCING and not ours and not enrolled):
        return False
    if ref.kind == "noun" and ref.article == "a" and (ours or section == "title") and not ref.introduces:
        return ref.head in ("patient", "work") and section not in ("introduction", "discussion", "methods")
    if not ref.introduces or (ref.article == "" and ref.age is None):
        return False
    return ours or ref.age is not None or not line.cues & {"general", "generic"}


def _gave(document: Document, line: Line, ref: Ref) -> bool:
    """Whether somebody is whom a graft came from: "transplanted for AML from a woman of 30 years"."""
    start, end = line.span.start, ref.span.start
    return bool(_FROM.search(document.text, start, end)) and not _SAMPLED.search(document.text, start, end)


def _in_passing(line: Line, *, told_apart: bool, first: bool) -> bool:
    """Whether somebody who comes up outside case sections, maybe with a reference, is an earlier report's patient.

    In an introduction that may be an earlier report of ours, though nobody has come up so far.
    """
    section = line.sentence.section
    if section == "introduction":
        return line.cited and told_apart
    if first or "ours" in line.cues or section not in ("other", "abstract"):
        return False
    return line.cited or (told_apart and section == "other")


def _key_before(document: Document, before: Line | None, line: Line, ref: Ref) -> str:
    """The key of the label that a phrase explains: "Patient 1 (P1), an 11-year-old girl", "Case 2. A man"."""
    if printed := _key_in_front(document, line, ref):
        return printed
    for label in reversed(line.refs):
        if label.kind == "label" and label.span.end <= ref.span.start and len(label.keys) == 1:
            return label.keys[0] if _APPOSITION.fullmatch(document.text, label.span.end, ref.span.start) else ""
    if before and before.sentence.paragraph == line.sentence.paragraph and ref.span.start - line.span.start < 60:
        alone = [label for label in before.refs if label.kind == "label" and len(before.span) - len(label.span) <= 3]
        return alone[0].keys[0] if alone else ""
    return _key_behind(document, line, ref)


def _key_in_front(document: Document, line: Line, ref: Ref) -> str:
    """The key of a number in brackets or initials right before the phrase: "(2) A 9-year-old boy", "S.T., a girl"."""
    printed = _IN_FRONT.fullmatch(document.text, line.span.start, ref.span.start)
    if not printed:
        return ""
    return plain_key(printed["number"] or printed["initials"])


def _key_behind(document: Document, line: Line, ref: Ref) -> str:
    """The key of a label in brackets behind the phrase: "an 8-year-old girl (patient 1)"."""
    for label in line.refs:
        if label.kind == "label" and len(label.keys) == 1 and 0 <= label.span.start - ref.span.end <= 3:
            return label.keys[0] if "(" in document.text[ref.span.end : label.span.start] else ""
    return ""


def _enter(document: Document, view: View, ref: Ref, line: Line, key: str, topic: Topic) -> None:
    index = _known(document, view, ref, line, key, topic)
    if index == _NOBODY:
        return
    if index is None:
        if view.figures and not _may_be_new(document, view, ref, line, key, topic):
            return
        index = len(view.figures)
        view.figures.append(
            Figure(keys=[key] if key else [], sentence=line.sentence.index, section=line.sentence.section)
        )
    figure = view.figures[index]
    view.starts[ref.span.start] = index
    figure.add(ref, document[ref.span])
    figure.words += " " + document[line.span]


def _take_sex(figure: Figure, line: Line) -> None:
    """A nurse or a teacher, of whom the next words say "she", is no later man: of the sex of those pronouns."""
    if not figure.ages or not figure.spans or line.asides or line.sentence.index - figure.sentence > _NEAR:
        return
    others = any(ref.introduces and ref.span not in figure.spans for ref in line.refs)
    behind = {
        ref.sex for ref in line.refs if ref.kind == "pronoun" and ref.sex and ref.span.start > figure.spans[-1].end
    }
    if len(behind) == 1 and not others:
        figure.sex = behind.pop()


def _known(document: Document, view: View, ref: Ref, line: Line, key: str, topic: Topic) -> int | None:
    """The figure of this view that a phrase describes again."""
    if key:
        keyed = next((index for index, figure in enumerate(view.figures) if key in figure.keys), None)
        return keyed if keyed is None or view.figures[keyed].takes(ref) else _NOBODY
    here = [start for start in view.starts if line.span.start <= start < ref.span.start]
    if here and not _COPULA.fullmatch(document.text, _phrase_end(view, here[-1]), ref.span.start):
        return None
    if not here and _another(document, ref, line, topic):
        return None
    fitting = [index for index, figure in enumerate(view.figures) if figure.takes(ref)]
    if not fitting and not here and _older(view, ref):
        return 0
    if ref.related:
        fitting = _siblings(view, fitting, ref)
    if ref.turn.isdigit() and not here:
        return int(ref.turn) - 1 if int(ref.turn) - 1 in fitting else None
    if not here and fitting and _of_another_age(document, view, ref, line):
        return None
    if here:
        return view.starts[here[-1]] if view.starts[here[-1]] in fitting else None
    if not fitting and ref.article == "this":
        same = [index for index, figure in enumerate(view.figures) if not ref.sex or figure.sex == ref.sex]
        return same[-1] if same else None
    return fitting[-1] if fitting else None


def _siblings(view: View, fitting: list[int], ref: Ref) -> list[int]:
    """Whom "his brother" can mean: somebody who came up as a sibling, else anybody but the one spoken of last."""
    spoken = max((start for start in view.starts if start < ref.span.start), default=None)
    known = [index for index in fitting if view.figures[index].related]
    return known or [index for index in fitting if spoken is None or index != view.starts[spoken]]


def _phrase_end(view: View, start: int) -> int:
    return next(span.end for figure in view.figures for span in figure.spans if span.start == start)


def _another(document: Document, ref: Ref, line: Line, topic: Topic) -> bool:
    """Words that say that somebody new comes: "another girl", "the second patient, a man"."""
    if document[ref.span].lower().startswith("another ") or (ref.turn.isdigit() and ref.turn != "1"):
        return True
    turn = topic.regex(_TURN_BEFORE).search(document.text[line.span.start : ref.span.start])
    if turn and meaning(turn["turn"].lower(), "turns", topic) not in ("1", ""):
        return True
    return any(
        other.turn not in ("", "1") and other.kind == "noun" and other.span.end + 3 >= ref.span.start
        for other in line.refs
    )


def _of_another_age(document: Document, view: View, ref: Ref, line: Line) -> bool:
    """Whether a paragraph opens with somebody whose age nobody had so far: "A 36-year-old woman"."""
    if ref.article != "a" or ref.age is None or any(ref.age in figure.ages for figure in view.figures):
        return False
    if _older(view, ref):
        return False
    if any(figure.section != line.sentence.section or not figure.ages for figure in view.figures):
        return False
    return line.sentence.section in ("case", "results", "other") and _leads(document, view, ref, line)


def _older(view: View, ref: Ref) -> bool:
    """Whether the only patient announced comes up again, years later: "a 4-year-old girl ... A 9-year-old girl now"."""
    if not view.one or len(view.figures) != 1 or ref.age is None or not view.figures[0].ages:
        return False
    figure = view.figures[0]
    return 0 <= ref.age - max(figure.ages) <= _LATER and ref.sex in ("", figure.sex)


def _leads(document: Document, view: View, ref: Ref, line: Line) -> bool:
    """Whether a phrase stands where a new patient would: it opens a paragraph, or, of several patients, a sentence."""
    opening = document.paragraphs[line.sentence.paragraph].start == line.span.start
    return _early(document, line, ref) and (opening or view.several or line.sentence.section == "abstract")


def _early(document: Document, line: Line, ref: Ref) -> bool:
    """Whether a phrase stands at a sentence's beginning, as that does whom the sentence is about."""
    return len(document.text[line.span.start : ref.span.start].split()) <= _EARLY


def _may_be_new(document: Document, view: View, ref: Ref, line: Line, key: str, topic: Topic) -> bool:
    """A new patient comes with a label, in a list, at a paragraph's beginning, or with words that say so."""
    listed = any(line.span.start <= start < ref.span.start for start in view.starts)
    listed = listed and _JOINT.search(document.text, line.span.start, ref.span.start) is not None
    leads = _leads(document, view, ref, line)
    return bool(key) or listed or leads or ref.related or "ours" in line.cues or _another(document, ref, line, topic)


def evidence_of_one(lines: tuple[Line, ...]) -> Iterator[Ref]:
    """Definite mentions of a patient nobody introduced: "our patient", and in case sections "the patient ... he"."""
    for line in lines:
        section = line.sentence.section
        for ref in line.refs:
            if (ref.kind == "noun" and ref.article == "our") or (
                section == "case"
                and ((ref.kind == "pronoun" and ref.sex) or (ref.kind == "noun" and ref.article == "the"))
            ):
                yield ref
