"""Roles: the stretches of a sentence that are about a donor, a relative or another paper's patient."""

import re
from collections.abc import Iterable, Iterator

from litreview.extract.parsed import Aside
from litreview.extract.people.clauses import clause_at, clauses
from litreview.extract.people.phrases import phrase_start
from litreview.extract.people.words import Hit
from litreview.model.document import Span
from litreview.model.pattern import Pattern
from litreview.model.rule import Role
from litreview.model.topic import Topic
from litreview.model.values import dataclass

# What may follow a relative or donor and still belongs to the phrase.
_BEHIND = re.compile(
    r"(?:['’]s)?(?:\s*\([^()]{0,90}\))?(?:,\s+(?:now\s+|then\s+)?\d{1,3}\s+(?:years?|months?)(?:\s+(?:old|of\s+age))?(?=,|\.\s))?"
    r"(?:\s+of\s+\d{1,3}\s+(?:years?|months?)(?:\s+of\s+age)?\b)?"
    r"(?:,?\s+(?:aged|(?:mis)?matched|mismatch|differing)\b[^;,()]*?(?:\([^()]*\))?"
    r"(?=[;,)]|\.(?:\s|$)|\s+(?:after|following|with|and|using)\b|$))?"
)
_WITH = re.compile(r"\s+with\s+[^;,.()]{1,40}?(?=[;,.()]|\s+(?:was|were|had|has|is|who|and)\b|$)")
_GROUP = re.compile(
    r"\s*:?\s*(?:\([^()]{0,40}\)|(?-i:AB|A|B|O)(?:\s?(?:Rh\w*|\(?RhD\)?|pos\w*|neg\w*|[+−–-]))*)(?=[\s/,;.)]|$)",
    re.IGNORECASE,
)
_VERB = r"\b(?:<clauses#verb>)|\b\w{3,}ed\b|\bas\b"
# What may stand between a clause's beginning and the phrase that it is about.
_LEAD = (
    r"\s*(?:(?:in|for|at|on|after|before|during|by)\b[^,;]{0,50},\s+)?(?:(?:<clauses#aside>),?\s*)*"
    r"(?:(?:the\s+)?(?:\w+\s+){0,2}(?:group|type|typing|age|sex|gender|\w*serology|genotype)\s+of\s+)?"
    r"(?:in\s+)?(?:the\s+patient['’]s\s+|(?:his|her|their|the)\s+)?"
)
_COMES_TO = (
    r"\b(?:before|after|when|while|until|since|by\s+the\s+time)\s+(?:the|our|this)\s+(?:index\s+)?(?:<people#one>)"
    r"|\b(?:with|for|to)\s+(?:our|this)\s+(?:index\s+)?(?:<people#one>)"
    r"|\bto\s+(?:his|her)\s+(?:[\w-]+\s+){0,3}?(?:<relatives>)"
)
# Behind "a boy, whose brother had died of it": the verb that goes with the boy.
_MAIN_VERB = r",\s+(?:<clauses#verb>|\w{3,}ed)\b"
_GAVE_TO = re.compile(r"\b(?:donors?|donated|gave)\b[^.;]*\bto\s+(?:his|her)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_SHARE = re.compile(r"(?:%|\bfull|\bcomplete|\bmixed|\ball)\s*-?$", re.IGNORECASE)
_DONATES = re.compile(
    r"(?:\s+\([^()]*\))?,?\s+(?:who\s+)?(?:donated|volunteered|gave\s+(?:(?:his|her|bone|stem|the)\s+)*(?:marrow|cells|graft|progenitors)\b|(?:served|acted)\s+as\s+(?:\w+\s+){0,4}donor"
    r"|was\s+(?:(?!(?:from|by|of|with|without|after|to|given)\b|\w+ed\s+(?:from|by|with))\w+\s+){1,4}donor)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:an?|one|the)\s+(?!.*\bfrom\b)")
_NONE = re.compile(r"\bno\s+(?:[\w-]+\s+){0,6}$", re.IGNORECASE)
_PARENT_OF = re.compile(
    r"\s+of\s+(?:\d+|one|two|three|four|five|six)\b(?!\s*[-–]?\s*(?:years?|yrs?|months?|weeks?)\b)", re.IGNORECASE
)
_HEALTHY = re.compile(r"\b(?:healthy|unaffected|asymptomatic)\b", re.IGNORECASE)
# Nobody yet spoken of: "an elder sister died at 4 years", "another brother had died".
_DIED = re.compile(r"\s+(?:had\s+)?(?:\w+\s+)?died\b", re.IGNORECASE)
_SOME = re.compile(r"(?:an?|another|one)\b", re.IGNORECASE)
_FROM_DONOR = re.compile(r"\bfrom\s+(?:(?!his|her|their|whose)[\w/\-–]+\s+){1,6}?donors?\b", re.IGNORECASE)
_CHOSEN = 25  # letters between a relative and "was used"
_REACH = 40  # letters before a phrase in which "whose" stands
_IS_HEALTHY = re.compile(
    r"(?:\s*\([^()]*\)|,[^,.;]{1,40},)?\s+(?:is|was|are|were|remains?|remained)\s+(?:\w+\s+)?(?:healthy|unaffected|asymptomatic)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\s(?:\d|[A-D])(?!\w|/|\.\d)")
# "A mother of three (8, 6 and 2 years old)": the children, who are not the patient.
_OFFSPRING = re.compile(
    r"\b(?:mother|father|parent)\s+(?:of|to)\s+(?:\d+|one|two|three|four|five|six)\b[^.;:()]{0,30}\((?P<each>[^()]+)\)",
    re.IGNORECASE,
)
_PAIR_GOES_ON = re.compile(
    r"\s+and\s+(?:(?:his|her|their|the)\s+)?(?:son|daughter|child|patient|recipient|boy|girl)\b", re.IGNORECASE
)
_OFFSPRING_PAIR = re.compile(r"(?:mother|father|parents?)\s+and\s+(?:(?:his|her|their|the)\s+)?$", re.IGNORECASE)
# A line of a case history that lists the relatives' diseases.
FAMILY = Pattern(r"family\s+(?:medical\s+)?history\s*:\s*(?=\w)")
# What a relative does for the patient: "the mother noticed dark urine" tells of the patient's urine.
_OBSERVES = re.compile(
    r"(?:\s+(?:had|first|then|also|finally|again|both))*\s+(?:notic(?:ed|ing)|not(?:ed|ing)|observ(?:ed|ing)|saw|seen|reported"
    r"|discovered|remarked|recogni[sz]ed|found|described|brought|called|carried|took|consulted|presented\s+(?:him|her)"
    r"|sought|phoned|alerted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kin:
    """What is known of relatives: the relations that gave a graft in earlier sentences, and those who are patients."""

    donors: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()


def kin_asides(
    text: str, span: Span, hits: tuple[Hit, ...], kin: Kin, topic: Topic, silent: frozenset[Pattern] = frozenset()
) -> tuple[tuple[Aside, ...], Kin]:
    """Stretches about donors and relatives who are no patients, and what is known of the kin afterwards.

    `silent` are patterns that are known to match nowhere in the sentence.
    """
    if FAMILY not in silent and FAMILY.match(text, span.start, span.end):
        return (Aside(span, "relative"),), kin
    persons = [hit for hit in hits if _person(text, hit, hits)]
    if not persons:
        return (), kin
    parts = clauses(text, span, topic)
    found = [Aside(Span(*each.span("each")), "relative") for each in _OFFSPRING.finditer(text, span.start, span.end)]
    donors = set(kin.donors)
    for hit in persons:
        if any(hit.span in aside.span for aside in found) or _is_patient(text, span, hit):
            continue
        clause = clause_at(parts, hit.span.start)
        phrase = _phrase(text, span, hit, topic)
        role = _role(text, hit, phrase, clause, hits, donors)
        is_ours = hit.value in kin.patients and not _their(text, phrase) and not _is_healthy(text, phrase)
        if is_ours and (role != "donor" or _is_grafted(text, phrase, clause, hits)):
            continue
        if role == "donor" and hit.vocabulary == "relatives":
            donors.add(hit.value)
        whole = _subject(text, clause, phrase, topic)
        start = phrase.start if _whose(text, phrase) else min(clause.start, phrase.start)
        told = Span(start, clause.end) if whole else phrase
        found.append(Aside(Span(told.start, _own_part(text, hit.span, told, topic)), role))
    return tuple(found), Kin(frozenset(donors), kin.patients)


def literature_asides(
    text: str, span: Span, hits: Iterable[Hit], tags: frozenset[str], ours: Iterable[Span], topic: Topic
) -> tuple[Aside, ...]:
    """Stretches about other papers' patients: the whole sentence, or its clauses that name none of ours.

    `tags` are those of the words of literature among the hits.
    """
    role: Role = "other_patient" if "excluded" in tags and "others" not in tags else "literature"
    if not tags & {"others", "excluded"} or ("method" in tags and "excluded" not in tags):
        return ()
    ours = tuple(ours)
    if not ours and role == "literature":
        return (Aside(span, role),)
    cues = [hit.span for hit in hits if hit.vocabulary == "literature" and hit.tags & {"others", "excluded"}]
    return tuple(
        Aside(part, role)
        for part in clauses(text, span, topic)
        if any(cue.start in part for cue in cues) and not any(own.start in part for own in ours)
    )


def _whose(text: str, phrase: Span) -> bool:
    """Whether a clause of its own tells of a donor or relative: "a man whose donor was a 24-year-old woman"."""
    before = text[max(0, phrase.start - _REACH) : phrase.start]
    return before.rstrip().lower().endswith(("whose", "whose hla-matched"))


def _own_part(text: str, noun: Span, told: Span, topic: Topic) -> int:
    """Where words about a relative come to the patient: "had died before the patient, a girl, was transplanted"."""
    comes = topic.regex(_COMES_TO).search(text, noun.end, told.end)
    if not comes and _whose(text, told):
        comes = topic.regex(_MAIN_VERB).search(text, noun.end, told.end)
    return comes.start() if comes else told.end


def _is_healthy(text: str, phrase: Span) -> bool:
    """Whether a relative is healthy, or was lost, and so no patient: "a third brother is healthy", "a sister died"."""
    lost = _SOME.match(text, phrase.start) and _DIED.match(text, phrase.end)
    return bool(lost or _HEALTHY.search(text, phrase.start, phrase.end) or _IS_HEALTHY.match(text, phrase.end))


def _their(text: str, phrase: Span) -> bool:
    """Whether somebody is kin of several: siblings who are patients have "their" healthy sister."""
    return re.search(r"\btheir\s+(?:\w+\s+){0,2}$", text[max(0, phrase.start - 30) : phrase.start]) is not None


def _person(text: str, hit: Hit, hits: tuple[Hit, ...]) -> bool:
    """Whether a hit is a donor or relative, and not "donor cells", nor the sibling of "sibling donor"."""
    if hit.vocabulary == "people":
        if "one" not in hit.tags:
            return False
        if _DONATES.match(text, hit.span.end):
            return True
        return hit.value not in ("male", "female") and _gives(text, hit, hits)
    if hit.vocabulary == "relatives":
        return not any("donor" in other.tags and 0 <= other.span.start - hit.span.end <= 1 for other in hits)
    if "donor" not in hit.tags:
        return False
    if _SHARE.search(text[max(0, hit.span.start - 12) : hit.span.start]):
        return False
    return not any("not" in other.tags and other.span.start == hit.span.start for other in hits)


def _gives(text: str, hit: Hit, hits: tuple[Hit, ...]) -> bool:
    """Whether somebody is grafted "from a 33-year-old woman"."""
    acts = [other for other in hits if "act" in other.tags and other.span.end <= hit.span.start]
    if not acts:
        return False
    source = _FROM.search(text, max(0, hit.span.start - 60), hit.span.start)
    if not source or re.search(r"[,;.]\s", text[source.end() : hit.span.start]):
        return False
    acts = [other for other in acts if other.span.end <= source.start()]
    return bool(acts) and not re.search(r"[,;.]\s", text[acts[-1].span.end : source.start()])


def _is_patient(text: str, span: Span, hit: Hit) -> bool:
    """A son "of healthy parents", the daughter of "mother and daughter", whom a donor gave to, "twin A": patients."""
    if (
        _LABELLED.match(text, hit.span.end)
        or _PARENT_OF.match(text, hit.span.end)
        or _GAVE_TO.search(text[span.start : hit.span.start])
    ):
        return True
    before, after = text[span.start : hit.span.start], text[hit.span.end : hit.span.end + 4]
    return "child" in hit.tags and (after.startswith(" of ") or bool(_OFFSPRING_PAIR.search(before)))


def _phrase(text: str, span: Span, hit: Hit, topic: Topic) -> Span:
    start, article, _ = phrase_start(text, span.start, hit.span.start, topic)
    if article == "his":
        start = _after_first_word(text, start)
    end = min(_end_of(_BEHIND.match(text, hit.span.end), hit.span.end), span.end)
    if hit.vocabulary == "relatives" and "many" not in hit.tags:
        end = min(_end_of(_WITH.match(text, end), end), span.end)
    if "donor" in hit.tags:
        end = min(_end_of(_GROUP.match(text, end), end), span.end)
    return Span(start, max(end, hit.span.end))


def _after_first_word(text: str, start: int) -> int:
    gap = re.compile(r"\S+\s+").match(text, start)
    return gap.end() if gap else start


def _end_of(match: re.Match[str] | None, otherwise: int) -> int:
    return match.end() if match else otherwise


# Between relatives and the word for grafting: it is they who are grafted.
_TAKES = re.compile(r"(?:[^.;,]{0,60}\s)?\s*(?:were|was|had\s+been|have\s+been)\s+(?:\w+\s+)?", re.IGNORECASE)

_WAS = re.compile(
    r"(?:\s*\([^()]*\))?(?:,\s+(?!who\b|and\b)[^,.;]{3,40},)?\s+(?:was|had\s+been)\s+(?:[^.;,]{0,60}\s+and\s+(?:was\s+)?)?(?:\w+\s+)?",
    re.IGNORECASE,
)


def _role(text: str, hit: Hit, phrase: Span, clause: Span, hits: tuple[Hit, ...], donors: set[str]) -> Role:
    near = [other for other in hits if other.vocabulary == "donors_people" and other.span.start in clause]
    if _NONE.search(text[clause.start : hit.span.start]):
        return "other_patient"
    if hit.vocabulary in ("donors_people", "people"):
        return "donor"
    before = text[max(clause.start, phrase.start - 24) : phrase.start].lower()
    grafted = any("grafting" in other.tags and other.span.start < phrase.start for other in near)
    if grafted and "many" not in hit.tags and re.search(r"\b(?:from|of)\s+(?:\w+\s+)?$", before):
        return "donor"
    if any("refused" in other.tags and "," not in text[other.span.end : phrase.start] for other in near):
        return "relative"
    if any("grafting" in other.tags and _TAKES.fullmatch(text, phrase.end, other.span.start) for other in near):
        return "relative"
    gives = [other for other in near if "giving" in other.tags and _of_whom(text, other, phrase, clause)]
    if any(other.span in phrase for other in gives) or (gives and phrase.start - clause.start < 40):
        return "donor"
    return "donor" if hit.value in donors else "relative"


def _of_whom(text: str, giving: Hit, phrase: Span, clause: Span) -> bool:
    """Whether a word of giving is said of a relative: no drug that "was used", no "matched unrelated donor"."""
    if text[giving.span.start : giving.span.start + 4].lower() == "was ":
        return giving.span.start - phrase.end < _CHOSEN
    others = _FROM_DONOR.finditer(text, clause.start, clause.end)
    return giving.span in phrase or not any(giving.span in Span(*other.span()) for other in others)


def _is_grafted(text: str, phrase: Span, clause: Span, hits: tuple[Hit, ...]) -> bool:
    """Whether a relative at a clause's beginning was grafted: "His brother, diagnosed later, was transplanted"."""
    grafts = [hit for hit in hits if "grafting" in hit.tags and hit.span.start in clause]
    return any(_WAS.fullmatch(text, phrase.end, graft.span.start) for graft in grafts)


def _subject(text: str, clause: Span, phrase: Span, topic: Topic) -> bool:
    """Whether the phrase is what its clause speaks of: it stands first, and a verb or colon follows."""
    if _PAIR_GOES_ON.match(text, phrase.end) or _OBSERVES.match(text, phrase.end):
        return False
    if not topic.regex(_LEAD).fullmatch(text, clause.start, phrase.start) and not _whose(text, phrase):
        return False
    rest = text[phrase.end : clause.end]
    return bool(re.match(r"\s*(?::|,?\s*$)", rest) and phrase.end < clause.end) or bool(topic.regex(_VERB).search(rest))


def asides_of(found: Iterator[Aside]) -> tuple[Aside, ...]:
    """Asides in the order of the text."""
    return tuple(sorted(found, key=lambda aside: (aside.span.start, -aside.span.end)))
