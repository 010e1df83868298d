"""Strangers: people whom a letter brings up in passing, before or after its one patient, and who are not its own."""

from collections import Counter
from collections.abc import Iterable

from litreview.extract.people.figures import Figure, View
from litreview.extract.people.lines import Line

_COURSE = 2  # sentences with a pronoun behind somebody's introduction that make a course of their own
_VOTES = 5  # pronouns that it takes to tell somebody never introduced from a slip of the pen


def without_strangers(body: View, abstract: View, title: View, lines: tuple[Line, ...]) -> View:
    """The body's figures without those of running text who are not the one whom abstract or title promise.

    Somebody with a paragraph of their own stays. Where nobody is promised, figures of paragraphs that cite give way to
    one whose paragraph does not.
    """
    citing = _citing(lines)
    loose = [place for place, figure in enumerate(body.figures) if figure.section == "other" and not figure.keys]
    promised = next((view.figures[0] for view in (abstract, title) if len(view.figures) == 1), None)
    if promised:
        unlike = (place for place in loose if not _fits(body.figures[place], promised))
        strange = [place for place in unlike if not _has_a_course(body.figures[place], lines, citing)]
    else:
        strange = [place for place in loose if _paragraph(body.figures[place], lines) in citing]
        strange = strange if len(strange) < len(body.figures) else []
    return _without(body, frozenset(strange)) if strange else body


def known_by_pronouns(figures: list[Figure], lines: tuple[Line, ...]) -> list[Figure]:
    """The figures; for the only one the patient whom pronouns speak of, where they surely speak of somebody else.

    "The patient was admitted. He ... He ... Interestingly, a lady whom we saw ...": he was never introduced.
    """
    if len(figures) != 1 or not figures[0].sex:
        return figures
    elsewhere = (line for line in lines if line.sentence.index != figures[0].sentence)
    votes = Counter(ref.sex for line in elsewhere for ref in line.refs if ref.kind == "pronoun" and ref.sex)
    others = votes.total() - votes[figures[0].sex]
    if votes.total() < _VOTES or others < 0.8 * votes.total():
        return figures
    return [Figure(sex="male" if figures[0].sex == "female" else "female")]


def _fits(figure: Figure, promised: Figure) -> bool:
    return promised.fits(figure.sex, figure.ages, figure.adult)


def _has_a_course(figure: Figure, lines: tuple[Line, ...], citing: frozenset[int]) -> bool:
    """Whether somebody opens a paragraph that goes on about them, and of no other paper: a second patient's own."""
    number = _paragraph(figure, lines)
    told = [line for line in lines if line.sentence.paragraph == number]
    opens = bool(told) and told[0].sentence.index == figure.sentence and number not in citing
    return opens and sum(any(ref.kind == "pronoun" for ref in line.refs) for line in told[1:]) >= _COURSE


def _paragraph(figure: Figure, lines: tuple[Line, ...]) -> int:
    return next((line.sentence.paragraph for line in lines if line.sentence.index == figure.sentence), -1)


def _citing(lines: Iterable[Line]) -> frozenset[int]:
    """Paragraphs in which other papers are spoken of, and no patient is called ours."""
    lines = tuple(lines)
    ours = {line.sentence.paragraph for line in lines if "ours" in line.cues}
    return frozenset(line.sentence.paragraph for line in lines if line.cited or "others" in line.cues) - ours


def _without(view: View, strange: frozenset[int]) -> View:
    """The view without some of its figures, the others renumbered."""
    kept = [place for place in range(len(view.figures)) if place not in strange]
    places = {old: new for new, old in enumerate(kept)}
    starts = {start: places[place] for start, place in view.starts.items() if place in places}
    casts = {
        sentence: tuple((places[place], player) for place, player in listed)
        for sentence, listed in view.casts.items()
        if all(place in places for place, _ in listed)
    }
    return View([view.figures[place] for place in kept], starts, casts, view.several, view.one)
