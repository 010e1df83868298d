"""Whom a mention means: a phrase, pronoun, label or group word resolved to the roster's patients."""

import re

from litreview.extract.people.figures import Figure, Roster
from litreview.extract.people.lines import Line
from litreview.extract.people.people import Ref
from litreview.model.document import Document
from litreview.model.values import dataclass

Whom = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the telling stands: whom it is about.

    `paired` says that the sentence sets two patients against each other ("the older ..., the younger ..."), `together`
    are those of whom the sentence before told.
    """

    current: Whom = ()
    paired: bool = False
    together: Whom = ()


def resolve(ref: Ref, scene: Scene, roster: Roster, line: Line, document: Document) -> Whom | None:
    """The patients a mention means, `None` where it means nobody of ours or cannot be told."""
    if ref.kind == "label":
        found = tuple(dict.fromkeys(roster.keys[key] for key in ref.keys if key in roster.keys))
        return found if len(found) == len(ref.keys) else None
    if ref.span.start in roster.introduced:
        return (roster.introduced[ref.span.start],)
    if ref.introduces or is_another(ref, document):
        return None
    if ref.kind == "many":
        return _group(ref, scene, roster, line)
    if ref.kind == "pronoun":
        return _they(ref, scene, line, document) if ref.head == "they" else _pronoun(ref, scene, roster)
    return _one(ref, scene, roster, document)


_ANOTHER = re.compile(
    r"(?:another|a\s+(?:similar|further|different|comparable)|one\s+(?:other|further))\b", re.IGNORECASE
)


def is_another(ref: Ref, document: Document) -> bool:
    """Whether a phrase means somebody beside the patients told of: "another patient", "a similar case"."""
    return ref.kind == "noun" and _ANOTHER.match(document.text, ref.span.start, ref.span.end) is not None


def _group(ref: Ref, scene: Scene, roster: Roster, line: Line) -> Whom | None:
    everybody = roster.meant(line.sentence.paragraph)
    members = tuple(index for index in everybody if _in_kind(ref, roster.figures[index]))
    if len(roster.own) < 2 or len(members) < 2:
        return None
    if ref.turn and ref.count:
        counted = int(ref.turn) if ref.turn.isdigit() else 0
        return members[: ref.count] if counted == 1 else members[-ref.count :] if ref.turn == "last" else None
    if ref.group == "remaining" or (ref.turn == "other" and ref.article in ("the", "our")):
        rest = tuple(index for index in members if index not in scene.current)
        return rest if scene.current and rest and ref.count in (None, len(rest)) else None
    if ref.count is not None and ref.count != len(members):
        return None
    if ref.group == "both" and len(members) != 2:
        return None
    definite = bool(ref.group) or ref.article in ("the", "our") or (ref.article == "this" or "ours" in line.cues)
    if ref.related:
        return members
    # A count of exactly these patients is no general statement, though "patients with" often begins one.
    counted = ref.count == len(everybody) and not line.cited and not line.cues - {"generic"}
    return members if counted or (definite and (ref.count or ref.group or ref.article in ("the", "our"))) else None


def _in_kind(ref: Ref, figure: Figure) -> bool:
    return not (ref.sex and figure.sex and ref.sex != figure.sex)


# What people do, and platelets or infusions do not.
THEY = re.compile(
    r"They\s+(?:(?:had|have)\s+)?(?:(?:both|all)\s+)?(?:received|failed|undergone|underwent|responded|died|developed|relapsed|survived|tolerated"
    r"|(?:are|remain)\s+(?:both\s+|all\s+)?(?:alive|well)|(?:were|been)\s+(?:both\s+|all\s+)?(?:transplanted|treated|refractory|conditioned))\b"
)


def _they(ref: Ref, scene: Scene, line: Line, document: Document) -> Whom | None:
    at_once = ref.span.start == line.span.start and THEY.match(document.text, ref.span.start)
    return scene.together if at_once and len(scene.together) > 1 else None


def _pronoun(ref: Ref, scene: Scene, roster: Roster) -> Whom | None:
    if not ref.sex:
        return None
    if len(scene.current) == 1 and roster.figures[scene.current[0]].sex in ("", ref.sex):
        return scene.current
    fitting = tuple(index for index in roster.own if roster.figures[index].sex == ref.sex)
    return fitting if len(fitting) == 1 else None


# "Patient 1 ..., his cousin ...": nobody is kin of oneself.
_KIN_OF = re.compile(r"(?:his|her)\b", re.IGNORECASE)


def _one(ref: Ref, scene: Scene, roster: Roster, document: Document) -> Whom | None:
    if ref.article == "each" and ref.group:
        return roster.own if ref.group in ("all", "none", "both") and len(roster.own) > 1 else None
    if ref.turn:
        return _by_turn(ref, scene, roster)
    fitting = tuple(index for index in roster.own if _fits(ref, roster.figures[index]))
    if ref.related and len(scene.current) == 1 and _KIN_OF.match(document.text, ref.span.start):
        kin = tuple(index for index in fitting if index not in scene.current)
        return kin if len(kin) == 1 else None
    if not (ref.sex or ref.age is not None or ref.adult is not None):
        described = _described(ref, roster, document) or _called(ref, roster, document)
        return described or (scene.current if len(scene.current) == 1 else roster.own if len(roster.own) == 1 else None)
    if len(scene.current) == 1 and scene.current[0] in fitting and ref.age is None:
        return scene.current
    return fitting if len(fitting) == 1 else None if fitting else _by_sex(ref, roster)


def _by_sex(ref: Ref, roster: Roster) -> Whom | None:
    """The only one of that sex, whose age has not been told yet: "a girl and her brother ... the girl, 9 years old"."""
    same = tuple(index for index in roster.own if ref.sex and roster.figures[index].sex == ref.sex)
    return same if len(same) == 1 and len(roster.own) > 1 and not roster.figures[same[0]].ages else None


def _fits(ref: Ref, figure: Figure) -> bool:
    if not figure.takes(ref):
        return False
    return bool(figure.sex or not ref.sex) and bool(figure.ages or ref.age is None)


def _by_turn(ref: Ref, scene: Scene, roster: Roster) -> Whom | None:
    if known := tuple(index for index in roster.own if roster.figures[index].turn == ref.turn):
        return known
    fitting = tuple(index for index in roster.own if _fits(ref, roster.figures[index]))
    if ref.turn.isdigit():
        if len(roster.own) == 1 and ref.article == "our":
            return None  # "our first patient" beside the only one is an earlier report's
        place = int(ref.turn) - 1
        return (roster.own[place],) if place < len(roster.own) else None
    if ref.turn == "last":
        return (roster.own[-1],) if len(roster.own) > 1 else None
    if ref.turn == "other":
        rest = tuple(index for index in fitting if index not in scene.current)
        return rest if len(rest) == 1 and scene.current else None
    aged = sorted(
        (index for index in fitting if roster.figures[index].ages), key=lambda index: max(roster.figures[index].ages)
    )
    if len(aged) != len(fitting) or len(aged) < 2:
        other = tuple(index for index in roster.own if index not in scene.current)
        paired = len(roster.own) == 2 and scene.paired and len(scene.current) == 1
        return fitting if len(fitting) == 1 else other if paired else None
    return (aged[0],) if ref.turn == "younger" else (aged[-1],)


_WITH = re.compile(r"\s+with\s+((?:[\w-]+\s+){0,2}[\w-]+)")
_EDGE = re.compile(r"\b")


def _described(ref: Ref, roster: Roster, document: Document) -> Whom | None:
    """The only patient whose introduction has the words after "our patient with ..."."""
    behind = _WITH.match(document.text, ref.span.end) if len(roster.own) > 1 else None
    if not behind:
        return None
    words = [word for word in re.findall(r"[\w-]{3,}", behind[1]) if word.lower() not in ("the", "and", "was", "had")]
    for word in words[:2]:
        holding = tuple(index for index in roster.own if _holds(roster.figures[index].words, word))
        if len(holding) == 1:
            return holding
    return None


def _called(ref: Ref, roster: Roster, document: Document) -> Whom | None:
    """The only patient whose introduction has the name or the work by which a phrase calls one: "the AML patient"."""
    if len(roster.own) < 2 or ref.article not in ("the", "our"):
        return None
    words = document[ref.span].split()[1:]
    for word in words[-1:] if ref.head == "work" else (word for word in words if word[:1].isupper()):
        holding = tuple(index for index in roster.own if _holds(roster.figures[index].words, word))
        if len(holding) == 1:
            return holding
    return None


def _holds(text: str, word: str) -> bool:
    """Whether a text holds a word with the edge of one on both sides; patterns for each would have to be compiled."""
    place = text.find(word)
    while place >= 0:
        if _is_edge(text, place) and _is_edge(text, place + len(word)):
            return True
        place = text.find(word, place + 1)
    return False


def _is_edge(text: str, place: int) -> bool:
    return _EDGE.match(text, place) is not None


def after(scene: Scene, whom: Whom) -> Scene:
    """The scene once somebody has been spoken of."""
    return scene if scene.current == whom else Scene(whom, scene.paired, scene.together)
