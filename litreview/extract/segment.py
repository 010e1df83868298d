"""Segments: gives every sentence that tells of our patients, or each part of one, to the patients it is about."""

import re
from collections.abc import Iterator
from dataclasses import replace

from litreview.extract.clauses import clause_at, clauses
from litreview.extract.cut import cut
from litreview.extract.figures import Roster
from litreview.extract.lines import Line
from litreview.extract.modes import Mode, modes
from litreview.extract.parsed import Segment
from litreview.extract.people import Ref
from litreview.extract.share import Named, Share, distribute, share_cast
from litreview.extract.whom import Scene, Whom, after, resolve
from litreview.model.document import Document, Span
from litreview.model.topic import Topic

_LIKE = r"\b(?:<comparisons#like>)\s+(?:in\s+|for\s+|with\s+|the\s+case\s+of\s+)?(?:the\s+)?$"
_ALSO = re.compile(r"\bas\s+(?:it\s+|they\s+)?(?:was|did|were|had)\s+(?:also\s+)?(?:in\s+|for\s+)?$", re.IGNORECASE)
_WITH = re.compile(r"\bwith\s+$", re.IGNORECASE)
_EXCEPT = r"(?:<groups#except>)\s+(?:in\s+|for\s+|of\s+)?(?:only\s+)?$"
_EXCEPT_SOME = r"\b(?:<groups#all>|<groups#none>)[^.;]{0,30}\b(?:<groups#except>)\s+(?:in\s+|for\s+)?(?:<counts>|\d+)\b"
_GROUP_FIRST = (
    r"(?P<group>all|both|neither|none)\s+(?:of\s+them\s+)?(?:(?P<count><counts>|\d+)\s+)?(?:<clauses#personal>)"
)
_GROUP_LAST = re.compile(
    r"\b(?:in|of|to|for|by)\s+(?P<group>all|both)(?:\s+of\s+them)?(?=\s*(?:[.,;)]|$))", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?:\d+|[a-z]+)\s+(?:[\w-]+\s+){0,2}(?:doses|infusions|injections|cycles|courses|units|times|transfusions|weeks|months)\s+$"
)
_AGGREGATE = re.compile(
    r"\(\s*n\s*=|\bn\s*=\s*\d|\bmedian\b|\bmean\b|\brange[,:;]|\bIQR\b|\b\d+\s+of\s+(?:the\s+)?\d+\b|\d\s?/\s?\d+\s*\(\d+\s?%"
    r"|\brates?\b|\bof\s+(?:the|these|our)\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\bincluding\s+one\b|(?<!both\s)(?<!all\s)\bof\s+whom\b|\bone\s+of\s+(?:them|these|the)\b|\bone\s+(?:responded|died|relapsed|had|achieved|showed|did)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:(?<=[:(,])\s|\b(?:and|or|not|in|for|of|except|both)\s)\s*(?P<letter>(?-i:[A-H]))(?=\s*(?:[,.;)]|and\b|or\b|&|$))",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?<![\w.])(?P<letter>[A-Z]\.\s?-?[A-Z]\.)(?!\s?[A-Z]\.)")
_LETTERED = re.compile(
    r"\b(?:group|type|hepatitis|influenza|vitamin|grade|stage|class|arm|factor)s?\s+(?:[A-H]\W+(?:and\W+)?)*$",
    re.IGNORECASE,
)
_BARE_TURN = r"\b(?:the\s+)?(?P<turn><turns>)(?=\s*[,.;)]|\s+(?:<clauses#verb>|no\b|had\b))"
_PAST = re.compile(r"\b(?:was|were|had|did|\w{3,}ed)\b", re.IGNORECASE)
_POOLED = (
    r"\b(?:\d+|<counts>)\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?(?P<total>\d+|<counts>)\s+(?:\w+\s+)?(?:<people#many>)"
)


def segments(document: Document, lines: tuple[Line, ...], roster: Roster, topic: Topic) -> Iterator[Segment]:
    """Segments in the order of the text."""
    if not roster.own:
        return
    scene = Scene()
    paragraph, section = -1, None
    told_before = False
    for line, mode in zip(lines, modes(document, lines, roster), strict=True):
        if line.sentence.paragraph != paragraph:
            inner = document.section_at(line.span.start)
            scene = _opening(scene, line, roster, same=inner == section)
            paragraph, section, told_before = line.sentence.paragraph, inner, False
        shares, explicit = _told(document, line, mode, scene, roster, topic, told_before=told_before)
        told_before = bool(shares)
        for share in shares:
            yield Segment(_trimmed(document.text, share.span), line.sentence.index, share.whom, share.masks, explicit)
        scene = _onward(scene, shares, line, roster)


def _opening(scene: Scene, line: Line, roster: Roster, *, same: bool) -> Scene:
    """Whom a new paragraph is about before it says so: its section's patient, the only one, or the last one."""
    home = roster.homes.get(line.sentence.paragraph)
    if home is not None:
        return Scene((home,))
    if len(roster.own) == 1:
        return Scene(roster.own)
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
    if len(spoken) == 1:
        return after(scene, shares[-1].whom)
    together = tuple(sorted({index for whom in spoken for index in whom}))
    return after(scene, together if any(share.masks for share in shares) else ())


def _told(
    document: Document, line: Line, mode: Mode, scene: Scene, roster: Roster, topic: Topic, *, told_before: bool
) -> tuple[tuple[Share, ...], bool]:
    """The shares of one sentence, and whether it names its patients itself."""
    if mode == "off" or _about_others(line) or _pooled(document, line, roster, topic):
        return (), False
    if phrases := roster.casts.get(line.sentence.index):
        return share_cast(document.text, line.span, phrases, topic), True
    named = _named(document, line, scene, roster, topic)
    sure = tuple(one for one in named if _sure(one.ref, mode, line, roster, told_before=told_before))
    if mode in ("explicit", "named") and not sure:
        return (), False
    if len(roster.own) == 1:
        return _single(document, line, bool(named), roster), bool(named)
    return _several(document, line, mode, named, scene, roster, topic)


def _about_others(line: Line) -> bool:
    whole = line.whole()
    return whole is not None and whole.role in ("literature", "other_patient")


def _pooled(document: Document, line: Line, roster: Roster, topic: Topic) -> bool:
    """Whether a sentence counts over more patients than the report's own ("four of twelve patients")."""
    if not any(ref.kind == "many" for ref in line.refs):
        return False
    match = topic.regex(_POOLED).search(document.text, line.span.start, line.span.end)
    if not match:
        return False
    total = match["total"].lower()
    number = int(total) if total.isdigit() else _counted(total, topic)
    return number != len(roster.own)


def _counted(word: str, topic: Topic) -> int:
    return next((int(entry.value) for entry in topic.vocabularies["counts"].entries if word in entry.terms), 0)


def _sure(ref: Ref, mode: Mode, line: Line, roster: Roster, *, told_before: bool) -> bool:
    """Whether a mention is enough where sentences must name their patient."""
    if ref.kind == "label" or ref.article == "our":
        return True
    if mode == "named":
        return ref.span.start in roster.introduced
    if ref.kind == "many":
        counted = ref.count == len(roster.own) and (ref.article in ("the", "this") or "ours" in line.cues)
        return counted or ref.group == "both" or (bool(ref.group) and line.sentence.section in ("abstract", "methods"))
    if ref.span.start in roster.introduced or "ours" in line.cues:
        return True
    if ref.kind == "pronoun":
        return told_before and ref.span.start - line.span.start < 25
    settled = not line.cited and not line.cues & {"general", "generic", "others"}
    return settled and (bool(ref.sex or ref.turn) or (len(roster.own) == 1 and told_before))


def _single(document: Document, line: Line, named: bool, roster: Roster) -> tuple[Share, ...]:
    return () if not named and _impersonal(document, line) else (Share(line.span, roster.own),)


def _impersonal(document: Document, line: Line) -> bool:
    """Whether a sentence that names nobody tells what holds in general: "X is a rare disorder", "... are favourable [4]"."""
    if line.cues & {"generic", "definition"}:
        return True
    told = _PAST.search(document.text, line.span.start, line.span.end)
    return line.cited and ("general" in line.cues or not told)


def _several(
    document: Document, line: Line, mode: Mode, named: tuple[Named, ...], scene: Scene, roster: Roster, topic: Topic
) -> tuple[tuple[Share, ...], bool]:
    text = document.text
    everyone = _everyone(text, line, roster, topic)
    aggregate = _AGGREGATE.search(text, line.span.start, line.span.end) is not None
    if aggregate:
        everyone = ()
        named = tuple(one for one in named if one.ref.kind != "many")
    if (
        "respectively" in text[line.span.start : line.span.end].lower()
        or "resp." in text[line.span.start : line.span.end]
    ):
        fallback = scene.current if len(scene.current) > 1 and not aggregate else ()
        if shares := distribute(text, line.span, named, everyone or fallback, topic):
            return shares, True
    excepted = _excepted(text, line, named, roster, topic)
    if excepted is not None:
        return excepted, True
    also = tuple(one for one in named if _ALSO.search(text, line.span.start, one.ref.span.start))
    named = tuple(one for one in named if one not in also)
    if not named and everyone:
        return (Share(line.span, everyone),), True
    if not named:
        counted = len(scene.current) > 1 or any(ref.kind == "many" for ref in line.refs)
        blank = (aggregate and counted) or _impersonal(document, line)
        carried = scene.current if mode == "running" and not blank else ()
        return ((Share(line.span, carried),) if carried else ()), False
    shares = cut(text, line.span, named, topic)
    return (*shares, *_likewise(text, line.span, also, topic)), True


def _likewise(text: str, span: Span, also: tuple[Named, ...], topic: Topic) -> Iterator[Share]:
    """Patients of whom the clause holds as well: "..., and the test was positive, as it was in patients 1 and 5"."""
    for one in also:
        clause = clause_at(clauses(text, Span(span.start, one.ref.span.end), topic), one.ref.span.start)
        yield Share(Span(clause.start, one.ref.span.end), one.whom)


def _named(document: Document, line: Line, scene: Scene, roster: Roster, topic: Topic) -> tuple[Named, ...]:
    """The mentions that mean patients of ours, each resolved in the light of those before it."""
    found: list[Named] = []
    local = replace(scene, running=True)
    mentions = (*line.refs, *_lettered(document.text, line, roster), *_bare_turns(document.text, line, scene, topic))
    mentions = tuple(sorted(mentions, key=lambda ref: ref.span.start))
    for place, ref in enumerate(mentions):
        if _compared(document.text, line, ref, topic) or _explained(document.text, mentions, place):
            continue
        whom = resolve(ref, local, roster, line, document)
        if whom:
            found.append(Named(ref, whom))
            local = after(local, whom)
    return tuple(found)


def _lettered(text: str, line: Line, roster: Roster) -> Iterator[Ref]:
    """Letters and initials of patients without a noun: "IgG replacement: A and B, not C"; "M.K. responded"."""
    if not roster.keys or not all(key.isalpha() for key in roster.keys):
        return
    letters = [
        match
        for match in _LETTER.finditer(text, line.span.start, line.span.end)
        if match["letter"] in roster.keys and not _LETTERED.search(text, line.span.start, match.start("letter"))
    ]
    initials = [
        match
        for match in _INITIALS.finditer(text, line.span.start, line.span.end)
        if re.sub(r"\W", "", match["letter"]) in roster.keys
    ]
    for match in (letters if len(letters) > 1 and not line.refs else []) + initials:
        key = re.sub(r"\W", "", match["letter"])
        yield Ref(Span(*match.span("letter")), "label", "label", keys=(key,), bare=True)


def _bare_turns(text: str, line: Line, scene: Scene, topic: Topic) -> Iterator[Ref]:
    """Ordinals without a noun where patients are counted already: "the first two patients ..., in the third"."""
    counting = [ref.span.end for ref in line.refs if ref.turn or (ref.kind == "many" and ref.count)]
    start = line.span.start if len(scene.current) == 2 else counting[0] if counting else line.span.end
    for match in topic.regex(_BARE_TURN).finditer(text, start, line.span.end):
        word = match["turn"].lower()
        if not counting and word not in ("former", "latter"):
            continue
        value = next((entry.value for entry in topic.vocabularies["turns"].entries if word in entry.terms), "")
        if not any(ref.span.overlaps(Span(*match.span())) for ref in line.refs):
            yield Ref(Span(*match.span()), "noun", "turn", "the", turn=value)


def _compared(text: str, line: Line, ref: Ref, topic: Topic) -> bool:
    start = max(line.span.start, ref.span.start - 30)
    if _ALSO.search(text, start, ref.span.start):
        return False
    if ref.kind == "label" and line.refs and ref is not line.refs[0] and _WITH.search(text, start, ref.span.start):
        return True
    return topic.regex(_LIKE).search(text, start, ref.span.start) is not None and ref.kind != "pronoun"


def _explained(text: str, refs: tuple[Ref, ...], place: int) -> bool:
    """Whether a phrase only leads up to a label in brackets: "the only patient with neutropenia (patient 6)"."""
    ref = refs[place]
    if ref.kind != "noun" or place + 1 >= len(refs) or refs[place + 1].kind != "label":
        return False
    between = text[ref.span.end : refs[place + 1].span.start]
    return len(between) < 60 and between.endswith("(") and not re.search(r"[.;,)]", between[:-1])


def _everyone(text: str, line: Line, roster: Roster, topic: Topic) -> Whom:
    """All patients where a bare group word means them: "All 3 are alive", "was given weekly in all"."""
    span = line.span
    match = topic.regex(_GROUP_FIRST).match(text, span.start, span.end)
    last = None if match or line.sentence.paragraph in roster.homes else _GROUP_LAST.search(text, span.start, span.end)
    if last and _TOTAL.search(text, span.start, last.start()):
        return ()
    if not match and not last:
        return ()
    group = (match or last)["group"].lower()  # type: ignore[index]
    count = (match["count"] or "").lower() if match else ""
    number = int(count) if count.isdigit() else _counted(count, topic)
    if (number and number != len(roster.own)) or (group in ("both", "neither") and len(roster.own) != 2):
        return ()
    return roster.own


def _excepted(
    text: str, line: Line, named: tuple[Named, ...], roster: Roster, topic: Topic
) -> tuple[Share, ...] | None:
    """The shares of "all but patient 4" and "in none except patients 1 and 4": those who are left."""
    for one in named:
        if one.ref.kind != "label":
            continue
        phrase = topic.regex(_EXCEPT).search(text, max(line.span.start, one.ref.span.start - 40), one.ref.span.start)
        if phrase:
            groups = [other.whom for other in named if len(other.whom) > 1 and other.ref.span.end <= phrase.start()]
            left = tuple(index for index in (groups[-1] if groups else roster.own) if index not in one.whom)
            return (Share(line.span, left, (Span(phrase.start(), one.ref.span.end),)),) if left else ()
    unknown = topic.regex(_EXCEPT_SOME).search(text, line.span.start, line.span.end)
    return () if unknown and not any(one.ref.kind == "label" for one in named) else None
