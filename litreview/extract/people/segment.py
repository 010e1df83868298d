"""Segments: gives every sentence that tells of our patients, or each part of one, to the patients it is about."""

from collections.abc import Iterator

from litreview.extract.parsed import Segment
from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.cut import cut
from litreview.extract.people.divided import divided, inside
from litreview.extract.people.figures import Roster
from litreview.extract.people.lines import Line
from litreview.extract.people.modes import Mode, modes
from litreview.extract.people.named import in_brackets, named_in
from litreview.extract.people.people import Ref
from litreview.extract.people.plural import (
    everyone_in,
    excepted,
    is_aggregate,
    is_given_to_all,
    is_impersonal,
    is_pooled,
)
from litreview.extract.people.responders import Effects, responders
from litreview.extract.people.share import RESPECTIVELY, Named, Share, distribute, in_order, share_cast
from litreview.extract.people.some import of_others, of_some
from litreview.extract.people.whom import THEY, Scene, Whom, after, is_another
from litreview.model.document import Document, Span
from litreview.model.topic import Topic

_AT_ONCE = 12  # characters between the beginning of a clause and the patient it is about


def segments(document: Document, lines: tuple[Line, ...], roster: Roster, topic: Topic) -> Iterator[Segment]:
    """Segments in the order of the text."""
    if not roster.own:
        return
    scene, effects = Scene(), Effects()
    paragraph, section = -1, None
    told_before = False
    for line, mode in zip(lines, modes(document, lines, roster), strict=True):
        if line.sentence.paragraph != paragraph:
            inner = document.section_at(line.span.start)
            scene = _opening(scene, line, roster, same=inner == section)
            paragraph, section, told_before = line.sentence.paragraph, inner, False
        shares, explicit = _told(document, line, mode, scene, roster, topic, effects, told_before=told_before)
        if shares and len(roster.own) > 1:
            effects.note(document.text, line, shares, topic)
        told_before = bool(shares)
        labels = [ref.span for ref in in_brackets(document.text, line, roster, topic)] if shares else []
        for share in shares:
            masks = (
                *share.masks,
                *_some(document.text, line, share, topic),
                *(one for one in labels if one in share.span),
            )
            yield Segment(_trimmed(document.text, share.span), line.sentence.index, share.whom, masks, explicit)
        scene = _onward(scene, shares, line, roster)


def _some(text: str, line: Line, share: Share, topic: Topic) -> tuple[Span, ...]:
    if len(share.whom) > 1:
        return of_some(text, share.span, len(share.whom), topic)
    return of_others(text, line, share.span, topic)


def _opening(scene: Scene, line: Line, roster: Roster, *, same: bool) -> Scene:
    """Whom a new paragraph is about before it says so: its section's patient, the only one, or the last one."""
    home = roster.homes.get(line.sentence.paragraph)
    if home is not None:
        return Scene((home,))
    if len(roster.own) == 1:
        return Scene(roster.own)
    if line.sentence.paragraph in roster.groups and not same:
        return Scene(roster.groups[line.sentence.paragraph])
    return scene if same and line.sentence.section in ("case", "results", "abstract", "other") else Scene()


def _trimmed(text: str, span: Span) -> Span:
    """Without the joint at its beginning and the white space at its end."""
    start, end = span.start, span.end
    while start < end and text[start] in " ,;\n\t":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _onward(scene: Scene, shares: tuple[Share, ...], line: Line, roster: Roster) -> Scene:
    """Whom the next sentence is about if it names nobody: a section's own patient stays; after two, nobody is sure."""
    if not shares or line.sentence.paragraph in roster.homes:
        return scene
    spoken = {share.whom for share in shares}
    together = tuple(sorted({index for whom in spoken for index in whom}))
    scene = Scene(scene.current, scene.paired, together)
    if len(spoken) == 1:
        return after(scene, shares[-1].whom)
    return after(scene, together if any(share.masks for share in shares) else ())


def _told(
    document: Document,
    line: Line,
    mode: Mode,
    scene: Scene,
    roster: Roster,
    topic: Topic,
    effects: Effects,
    *,
    told_before: bool,
) -> tuple[tuple[Share, ...], bool]:
    """The shares of one sentence, and whether it names its patients itself."""
    if mode == "off" or _about_others(line) or is_pooled(document, line, roster, topic):
        return (), False
    if players := roster.casts.get(line.sentence.index):
        return share_cast(document.text, line.span, players, topic), True
    named = named_in(document, line, scene, roster, topic)
    sure = tuple(one for one in named if _sure(one.ref, mode, line, roster, told_before=told_before))
    if mode in ("explicit", "named") and not sure:
        whole = _of_all(document, line, mode, roster, topic, told_before=told_before)
        whole = whole or (roster.own if is_given_to_all(document.text, line, roster, topic) else ())
        return ((Share(line.span, whole),), True) if whole else ((), False)
    if len(roster.own) == 1:
        return _single(document, line, bool(named), roster), bool(named)
    by_effect = tuple(responders(document.text, line, roster.own, effects, topic))
    if not by_effect:
        return _several(document, line, mode, named, scene, roster, topic)
    named = tuple(sorted((*named, *by_effect), key=lambda one: one.ref.span.start))
    if not any(one.whom for one in named):
        return (), True
    shares, explicit = _several(document, line, mode, named, scene, roster, topic)
    return tuple(share for share in shares if share.whom), explicit


def _about_others(line: Line) -> bool:
    whole = line.whole()
    return whole is not None and whole.role in ("literature", "other_patient")


def _sure(ref: Ref, mode: Mode, line: Line, roster: Roster, *, told_before: bool) -> bool:
    """Whether a mention is enough where sentences must name their patient."""
    if ref.kind == "label" or ref.article == "our":
        return True
    if mode == "named":
        return ref.span.start in roster.introduced
    if ref.kind == "many" or (ref.article == "each" and ref.group):
        summed_up = line.sentence.section == "abstract" and not line.cited and "others" not in line.cues
        counted = ref.count == len(roster.own) and (ref.article in ("the", "this") or "ours" in line.cues or summed_up)
        return counted or ref.group == "both" or (bool(ref.group) and line.sentence.section in ("abstract", "methods"))
    if ref.span.start in roster.introduced or "ours" in line.cues:
        return True
    if ref.kind == "pronoun":
        return told_before and ref.span.start - line.span.start < 25
    settled = not line.cited and not line.cues & {"general", "generic", "others"}
    return settled and (bool(ref.sex or ref.turn or ref.head == "work") or (len(roster.own) == 1 and told_before))


def _of_all(document: Document, line: Line, mode: Mode, roster: Roster, topic: Topic, *, told_before: bool) -> Whom:
    """All patients where abstract or methods, or words after a sentence on them, say "All received", "None had"."""
    telling = told_before or line.sentence.section in ("abstract", "methods")
    if mode == "named" or len(roster.own) < 2 or not telling:
        return ()
    return (
        () if line.cited or is_aggregate(document.text, line) else everyone_in(document.text, line, roster, topic) or ()
    )


def _single(document: Document, line: Line, named: bool, roster: Roster) -> tuple[Share, ...]:
    refs = line.refs[:1] if named else line.refs  # "he was grafted from a woman of 27" still tells of him
    strangers = (ref for ref in refs if ref.introduces and ref.span.start not in roster.introduced)
    if any(not roster.figures[0].takes(ref) for ref in strangers) or (
        not named and _of_another(document, line, roster)
    ):
        return ()
    first = line.refs[0] if line.refs else None
    if first and first.kind == "label" and not first.bare and not set(first.keys) & set(roster.keys):
        return ()  # "Twin A had ..." of the patient's newborns
    groups = any(ref.kind == "many" and ref.head != "others" for ref in line.refs)
    if not named and (is_impersonal(document, line) or groups):
        return ()
    return (Share(line.span, roster.own),)


def _of_another(document: Document, line: Line, roster: Roster) -> bool:
    """Whether a sentence is on somebody who cannot be the only patient: "another patient", "the man" for a woman."""
    if any(is_another(ref, document) for ref in line.refs):
        return True
    loose = line.sentence.section not in ("case", "results", "abstract")  # where a wrong pronoun is a slip of the pen
    definite = (ref for ref in line.refs if (ref.kind == "noun" and ref.article in ("the", "this")) or loose)
    return any({ref.sex, roster.figures[0].sex} == {"female", "male"} for ref in definite)


def _several(
    document: Document, line: Line, mode: Mode, named: tuple[Named, ...], scene: Scene, roster: Roster, topic: Topic
) -> tuple[tuple[Share, ...], bool]:
    """The shares of a sentence in a report on several: by lists, exceptions, names, or whom it carries on about."""
    text = document.text
    everyone = everyone_in(text, line, roster, topic)
    aggregate = is_aggregate(text, line)
    if aggregate or "definition" in line.cues:
        everyone = None if everyone is None else ()
        named = tuple(one for one in named if one.ref.kind != "many")
    if line.search(text, RESPECTIVELY):
        current = scene.current if named or line.refs or len(scene.current) > 1 else roster.own
        members = everyone or (current if len(current) > 1 and not aggregate else ())
        shares = distribute(text, line.span, named, members, topic)
        if not shares and not named and not aggregate:
            shares = distribute(text, line.span, (), roster.own, topic)
        if shares:
            return shares, True
        if not named and len(scene.current) > 1:  # whose each item is cannot be told
            return (), False
    elif not aggregate and (shares := in_order(text, line.span, named, everyone or scene.current, topic)):
        return shares, bool(named or everyone)
    head, behind = _before_the_excepted_come_again(text, line, named, topic)
    left_over = excepted(text, head, inside(named, head.span), roster, topic)
    if left_over is not None:
        return (*left_over, *(cut(text, behind, inside(named, behind), topic) if behind else ())), True
    if named:
        return (*_before_named(text, line, named, everyone, topic), *divided(text, line, named, topic)), True
    if everyone or (len(scene.current) != 1 and is_given_to_all(text, line, roster, topic)):
        return (Share(line.span, everyone or roster.own),), True
    silent = everyone is None or (aggregate and line.sentence.paragraph not in roster.homes)
    carried = mode == "running" and not silent and not is_impersonal(document, line)
    carried = carried and not _of_other_sex(line, scene, roster) and not _of_some(text, line, scene)
    return ((Share(line.span, scene.current),) if carried and scene.current else ()), False


def _of_other_sex(line: Line, scene: Scene, roster: Roster) -> bool:
    """Whether a sentence is on somebody who cannot be the one spoken of last, and of whom it is open who that is."""
    sexes = {roster.figures[index].sex for index in scene.current}
    definite = (ref for ref in line.refs if ref.kind == "pronoun" or (ref.kind == "noun" and ref.article == "the"))
    return len(scene.current) == 1 and any({ref.sex, *sexes} == {"female", "male"} for ref in definite)


def _of_some(text: str, line: Line, scene: Scene) -> bool:
    """Whether a sentence behind one on a single patient tells of several, of whom it is open who they are."""
    counted = any(ref.kind == "many" and (ref.count or 0) > 1 for ref in line.refs)
    return len(scene.current) == 1 and (counted or THEY.match(text, line.span.start) is not None)


def _before_the_excepted_come_again(
    text: str, line: Line, named: tuple[Named, ...], topic: Topic
) -> tuple[Line, Span | None]:
    """The sentence up to the clause that begins with a patient named before, and that clause with all that follows."""
    if len(named) < 2:
        return line, None
    parts = clauses(text, line.span, topic)
    for one in named:
        part = clause_at(parts, one.ref.span.start)
        again = any(other.whom == one.whom and other.ref.span.end <= part.start for other in named)
        if again and one.ref.span.start - part.start < _AT_ONCE:
            return line.until(part.start), Span(part.start, line.span.end)
    return line, None


def _before_named(
    text: str, line: Line, named: tuple[Named, ...], everyone: Whom | None, topic: Topic
) -> tuple[Share, ...]:
    """What a sentence tells of all before a clause on some: "All had failed A and B; P3 also C" of those not named."""
    rest = tuple(index for index in everyone or () if all(index not in one.whom for one in named))
    if not rest:
        return ()
    clause = clause_at(clauses(text, line.span, topic), min(one.ref.span.start for one in named))
    return (Share(Span(line.span.start, clause.start), rest),) if clause.start > line.span.start else ()
