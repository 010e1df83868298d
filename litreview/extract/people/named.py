"""Names: the mentions in a sentence that mean patients of ours, with whom each means."""

import re
from collections.abc import Iterator

from litreview.extract.people.bare_turns import BARE_TURN, TURN, turn_word
from litreview.extract.people.compared import is_compared
from litreview.extract.people.counts import counted, meaning
from litreview.extract.people.figures import Roster
from litreview.extract.people.labels import ROMAN
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.extract.people.share import Named
from litreview.extract.people.whom import Scene, Whom, after, resolve
from litreview.model.document import Document, Span
from litreview.model.topic import Topic

_BEFORE = 70  # characters in which words of accompanying have to stand
_WITH = re.compile(r"\bwith\s+$", re.IGNORECASE)
_LETTER = re.compile(
    r"(?:(?<=[:(,;])\s|\b(?:and|or|not|in|for|of|except|both)\s)\s*(?P<letter>(?-i:[A-H]))(?=\s*(?:[,.;)]|(?:and|or|&|were|had|did|was|has|is|are|responded|relapsed|died|received|reached|achieved|required|remain\w*|partial\w*|complete\w*)\b|$))",
    re.IGNORECASE,
)
# Behind a preposition anything may follow, but no kind of cell or antigen: "in B from 5.8 to 9.9".
_LETTER_IN = re.compile(
    r"\b(?:in|for|of|except)\s(?P<letter>(?-i:[A-H]))(?=\s+(?:from|to|it|there|on|at|after|by|within)\b)", re.IGNORECASE
)
_FIRST_LETTER = re.compile(
    r"(?:In\s+)?(?P<letter>[A-H])(?=\s*,|\s+(?:and\s+[A-H]|was|had|did|is|has|received|responded|relapsed|died|reached|achieved"
    r"|required|developed|remain\w*)\b)"
)
_INITIALS = re.compile(r"(?<![\w.])(?P<letter>[A-Z]\.\s?-?[A-Z]\.)(?!\s?[A-Z]\.)")
_BRACKETED = re.compile(r"(?<![\w)])\((?P<letter>[ivx]{1,4})\)")
_LETTERED = re.compile(
    r"\b(?:group|type|hepatitis|influenza|vitamin|grade|stage|class|arm|factor|HLA|antigen|Ig)s?\s+(?:[A-H]\W+(?:and\W+)?)*$",
    re.IGNORECASE,
)
# What only a person does, at the beginning of a sentence: "The latter died"; "the latter was stopped" is a drug.
_PERSONAL_TURN = re.compile(
    r"(?:(?:In|Only)\s+)?the\s+(?P<turn>former|latter|first|second|third|fourth|fifth|sixth)\s+(?:one\s+)?(?:died|relapsed|required|received|developed|responded|reached|achieved"
    r"|attained|experienced|suffered|recovered|is\s+(?:alive|well)|remains|underwent|had\s+(?:received|failed|been|an?)"
    r"|was\s+(?:given\s+(?:\w+\s+){1,2}(?:doses|infusions|injections|cycles)|treated|weaned|transfused|refractory|alive|well|an?\s))\b"
    r"|the\s+(?:younger|older|elder)\s+(?:one\s+)?(?:has|had|is|was|did|\w{3,}ed|\w+s)\b",
    re.IGNORECASE,
)


# "Both patients had ..., but only the first required ..."
_ONLY = re.compile(
    r"\b(?P<both>both)\b[^.;]*?\b(?:only|but|whereas|while|although)\s+(?:only\s+)?the\s+(?:first|second|former|latter)\b",
    re.IGNORECASE,
)
# "The third, a retired teacher, had ..."
_DESCRIBED_TURN = (
    r"The\s+(?:<turns>)(?:\s+one)?(?:,|\s+(?:was|is))\s+(?:(?:also|again)\s+)?"
    r"(?:an?\s+(?:[\w-]+\s+){0,4}?(?:<people#one>|\d)|aged\s)"
)


def named_in(document: Document, line: Line, scene: Scene, roster: Roster, topic: Topic) -> tuple[Named, ...]:
    """The mentions that mean patients of ours, each resolved in the light of those before it."""
    if not (line.refs or roster.lettered or _may_name(line, topic)):
        return ()
    found: list[Named] = []
    local = Scene(scene.current, True, scene.together) if _set_against(document.text, line, topic) else scene
    mentions = (
        *line.refs,
        *_lettered(document.text, line, roster),
        *_roman(document.text, line, roster),
        *in_brackets(document.text, line, roster, topic),
        *_bare_turns(document.text, line, local, roster, topic),
    )
    mentions = tuple(sorted(mentions, key=lambda ref: ref.span.start))
    for place, ref in enumerate(mentions):
        if _compared(document.text, line, ref, topic) or _explained(document.text, mentions, place):
            continue
        whom = _left(ref, found, roster) or resolve(ref, local, roster, line, document)
        if whom:
            found.append(Named(ref, whom))
            local = after(local, whom)
    return tuple(found)


def _may_name(line: Line, topic: Topic) -> bool:
    """Whether a sentence may name somebody beside the people that it mentions: by lists in brackets or ordinals."""
    return not (topic.regex(COUNTED_LIST) in line.silent and topic.regex(BARE_TURN) in line.silent)


def _left(ref: Ref, found: list[Named], roster: Roster) -> Whom:
    """Those whom a sentence has not named before "the remaining two", if they are as many."""
    if ref.group != "remaining" or not found:
        return ()
    before = {index for one in found for index in one.whom}
    rest = tuple(index for index in roster.own if index not in before)
    return rest if ref.count in (None, len(rest)) else ()


def _lettered(text: str, line: Line, roster: Roster) -> Iterator[Ref]:
    """Letters and initials of patients without a noun: "IgG replacement: A and B, not C"; "M.K. responded"."""
    if not roster.lettered:
        return
    alone = all(ref.kind == "label" or (ref.kind == "many" and not ref.article) for ref in line.refs)
    letters = [
        match
        for pattern in ((_LETTER, _LETTER_IN) if alone else ())
        for match in pattern.finditer(text, line.span.start, line.span.end)
        if match["letter"] in roster.keys and not _LETTERED.search(text, line.span.start, match.start("letter"))
    ]
    letters += (
        [first] if (first := _FIRST_LETTER.match(text, line.span.start)) and first["letter"] in roster.keys else []
    )
    initials = [
        match
        for match in _INITIALS.finditer(text, line.span.start, line.span.end)
        if re.sub(r"\W", "", match["letter"]) in roster.keys
    ]
    for match in (letters if (len(letters) > 1 or first) and alone else []) + initials:
        key = re.sub(r"\W", "", match["letter"])
        yield Ref(Span(*match.span("letter")), "label", "label", keys=(key,), bare=True)


def _roman(text: str, line: Line, roster: Roster) -> Iterator[Ref]:
    """Numbers in brackets without a noun, in a sentence that has one with it: "patients (i) and (iii), (ii)"."""
    noted = [ref for ref in line.refs if ref.kind == "label" and _BRACKETED.search(text, ref.span.start, ref.span.end)]
    for match in _BRACKETED.finditer(text, noted[0].span.start, line.span.end) if noted else ():
        key = ROMAN.get(match["letter"].upper(), "")
        if key in roster.keys and not any(ref.span.overlaps(Span(*match.span())) for ref in line.refs):
            yield Ref(Span(*match.span()), "label", "label", keys=(key,), bare=True)


COUNTED_LIST = (
    r"(?<![\w-])(?P<count><counts>|\d{1,2})\s+(?P<between>(?:[\w/%+-]+\s+){0,7}?)"
    r"\((?P<list>(?:(?:P|\#|n[ro]\.?)\s?)?(?:\d{1,3}|[A-H])(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"
    r"(?:(?:P|\#)\s?)?(?:\d{1,3}|[A-H]))*)(?=[),;])"
)
_KEY = re.compile(r"\d+|[A-H](?![a-z])")
_COUNTER = re.compile(
    r"\b(?:doses?|infusions?|injections?|studies|study|reports?|reviews?|trials?|courses?|cycles?|days|weeks|months)\b"
)


def in_brackets(text: str, line: Line, roster: Roster, topic: Topic) -> Iterator[Ref]:
    """Labels in brackets behind a count of them: "four had AIHA (1, 3, 4 and 6), one ITP (2)", "two (B and C)".

    One alone is a label where it stands among such lists, or behind a word for a patient.
    """
    if topic.regex(COUNTED_LIST) in line.silent:
        return
    found = []
    for match in line.finditer(text, topic.regex(COUNTED_LIST)):
        keys = tuple(str(int(key)) if key.isdigit() else key for key in _KEY.findall(match["list"]))
        same = counted(match["count"].lower(), topic) == len(keys) and all(key in roster.keys for key in keys)
        if same and not _COUNTER.search(match["between"]):
            found.append((Ref(Span(*match.span("list")), "label", "label", keys=keys, bare=True), match["between"]))
    several = any(len(ref.keys) > 1 for ref, _ in found)
    for ref, between in found:
        told = len(ref.keys) > 1 or several or topic.regex("<people>").search(between)
        if told and not any(other.kind == "label" and other.span.overlaps(ref.span) for other in line.refs):
            yield ref


def _bare_turns(text: str, line: Line, scene: Scene, roster: Roster, topic: Topic) -> Iterator[Ref]:
    """Ordinals without a noun where patients are counted already: "the first two patients ..., in the third"."""
    if topic.regex(BARE_TURN) in line.silent:
        return
    counting = [ref.span.end for ref in line.refs if ref.turn or (ref.kind == "many" and ref.count)]
    nameless = not any(figure.keys or figure.ages or figure.sex for figure in roster.figures)
    counting += [line.span.start] if nameless and len(roster.own) > 1 else []
    personal = _PERSONAL_TURN.match(text, line.span.start) if len(roster.own) > 1 else None
    if personal and personal["turn"] in ("former", "latter") and len(roster.own) > 2:
        personal = None
    described = topic.regex(_DESCRIBED_TURN).match(text, line.span.start)
    counting += [line.span.start] if scene.paired or personal or described else []
    only = _ONLY.search(text, line.span.start, line.span.end) if len(roster.own) == 2 else None
    counting += [only.end("both")] if only else []
    paired = len(scene.current) == 2 or len(roster.own) == 2
    start = line.span.start if paired else counting[0] if counting else line.span.end
    turns = list(line.finditer(text, topic.regex(BARE_TURN), Span(start, line.span.end)))
    pair = {turn_word(match) for match in turns} >= {"former", "latter"}
    for match in turns:
        word = turn_word(match)
        if match["gapped"] and not _lists_on(text, match, turns):
            continue
        known = pair or len(scene.current) == 2
        if not counting and not (word in ("former", "latter") and known):
            continue
        value = meaning(word, "turns", topic)
        if not any(ref.span.overlaps(Span(*match.span())) for ref in line.refs):
            yield Ref(Span(*match.span()), "noun", "turn", "the", turn=value)


def _set_against(text: str, line: Line, topic: Topic) -> bool:
    """Whether a sentence tells an older patient from a younger one."""
    if topic.regex(BARE_TURN) in line.silent and not any(ref.turn for ref in line.refs):
        return False  # it names nobody by a turn
    words = line.finditer(text, topic.regex(TURN))
    return {meaning(word[0].lower(), "turns", topic) for word in words} >= {"older", "younger"}


def _lists_on(text: str, match: re.Match[str], turns: list[re.Match[str]]) -> bool:
    """Whether an ordinal before a mere name goes on with a list of persons: "the first had AIHA, the second PRCA"."""
    begun = any(other["turn"] and other.end() < match.start() for other in turns)
    return begun and re.search(r"(?:[,;]|\band)\s+(?:and\s+)?the\s+$", text[: match.start("gapped")]) is not None


def _compared(text: str, line: Line, ref: Ref, topic: Topic) -> bool:
    start = max(line.span.start, ref.span.start - _BEFORE)
    if ref.kind == "label" and line.refs and ref is not line.refs[0] and _WITH.search(text, start, ref.span.start):
        return True
    return ref.kind != "pronoun" and is_compared(text, line.span, ref.span.start, topic)


def _explained(text: str, refs: tuple[Ref, ...], place: int) -> bool:
    """Whether a phrase only leads up to a label in brackets, or explains the one before it.

    "The only patient with neutropenia (patient 6)", "patient 2, his cousin".
    """
    ref = refs[place]
    if ref.related and place and refs[place - 1].kind == "label":
        return not text[refs[place - 1].span.end : ref.span.start].strip(" ,(")
    if place + 1 >= len(refs) or refs[place + 1].kind != "label":
        return False
    if ref.kind != "noun" and not (ref.kind == "many" and ref.count == len(refs[place + 1].keys)):
        return False
    between = text[ref.span.end : refs[place + 1].span.start]
    return len(between) < 60 and between.endswith("(") and not re.search(r"[.;,)]", between[:-1])
