"""Lines: each sentence with the people it names, the stretches about others, and what it says of its own standing."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from litreview.extract.parsed import Aside, Parsed, Sentence
from litreview.extract.people.people import Ref, refs
from litreview.extract.people.roles import Kin, kin_asides, literature_asides
from litreview.extract.people.siblings import as_patients, sibling_patients
from litreview.extract.people.words import Hit, lexicon
from litreview.model.document import Document, Span
from litreview.model.pattern import Pattern, Sieve
from litreview.model.topic import Topic
from litreview.model.values import dataclass

CITED = Pattern(
    r"(?-i:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\((?:\d{1,2}(?:\s?[,–-]\s?\d{1,2})*)\)(?!\s*(?:doses|mg))"
    r"|[a-z)][.,;]\d{1,2}(?:[,–-]\d{1,2})*(?=\s|$)|\bal\.?\s?\d{1,2}\b)"
)
_TOLD_HERE = ("case", "results", "abstract", "other", "title")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence read for people; `span` is where it stands.

    `refs` are mentions of patients outside every aside. `cues` are the tags of the literature vocabulary that it
    holds, `cited` whether a reference mark stands in it, `others` mentions of other papers' patients. `silent` are
    patterns that are known to match nowhere in it.
    """

    sentence: Sentence
    span: Span
    refs: tuple[Ref, ...]
    asides: tuple[Aside, ...]
    cues: frozenset[str]
    cited: bool
    others: tuple[Ref, ...] = ()
    silent: frozenset[Pattern] = frozenset()

    def cued_away(self) -> bool:
        """Whether the sentence is about others, or about nobody."""
        return bool(self.cited or self.cues & {"others", "general", "generic", "excluded"} or self.whole())

    def whole(self) -> Aside | None:
        """The aside that takes the whole sentence, if one does."""
        for aside in self.asides:
            if aside.span.start <= self.span.start and aside.span.end >= self.span.end - 1:
                return aside
        return None

    def finditer(self, text: str, pattern: Pattern, within: Span | None = None) -> Iterator[re.Match[str]]:
        """Every match in the sentence, or in a stretch of it."""
        if pattern in self.silent and (within is None or within.end == self.span.end):
            return iter(())
        span = within or self.span
        return pattern.finditer(text, span.start, span.end)

    def search(self, text: str, pattern: Pattern) -> re.Match[str] | None:
        """The first match in the sentence."""
        return None if pattern in self.silent else pattern.search(text, self.span.start, self.span.end)

    def until(self, end: int) -> "Line":
        """The line as far as a position; it may match what the whole does not."""
        span = Span(self.span.start, end)
        return replace(self, sentence=replace(self.sentence, span=span), span=span, silent=frozenset())


def read_lines(parsed: Parsed, asked: Sieve, topic: Topic) -> tuple[Line, ...]:
    """The document's sentences as lines; `asked` holds what is asked of every one."""
    return tuple(_lines(parsed, asked, topic))


def outside_abstract(document: Document, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines outside the abstract, whose parts may be headed like those of the text ("Case", "Results")."""
    abstracts = [section.span for section in document.sections if section.kind == "abstract"]
    return (line for line in lines if not any(line.span in span for span in abstracts))


def _lines(parsed: Parsed, asked: Sieve, topic: Topic) -> Iterator[Line]:
    hits = lexicon(topic).scan(parsed.document.text)
    starts = [hit.span.start for hit in hits]
    kin = Kin(patients=sibling_patients(parsed.document, parsed.sentences, hits, topic))
    silent_in = asked.silent_in([parsed.document[sentence.span] for sentence in parsed.sentences])
    for sentence, silent in zip(parsed.sentences, silent_in, strict=True):
        inside = hits[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]
        line, kin = _line(parsed.document.text, sentence, inside, kin, silent, topic)
        yield line


def _line(
    text: str, sentence: Sentence, hits: tuple[Hit, ...], kin: Kin, silent: frozenset[Pattern], topic: Topic
) -> tuple[Line, Kin]:
    span = sentence.span
    about_kin, kin = kin_asides(text, span, hits, kin, topic, silent)
    hits = as_patients(hits, about_kin, kin.patients) if kin.patients else hits
    people = _without_kin(text, refs(text, span, hits, topic, silent), about_kin)
    cited = CITED not in silent and CITED.search(text, span.start, span.end) is not None
    cues = frozenset(tag for hit in hits if hit.vocabulary == "literature" for tag in hit.tags)
    about_others = literature_asides(text, span, hits, cues, _ours(sentence, hits, people), topic)
    if not about_others:
        return Line(sentence, span, people, about_kin, cues, cited, silent=silent), kin
    own = tuple(ref for ref in people if not _held(ref.span, about_others))
    theirs = tuple(ref for ref in people if ref not in own)
    return Line(sentence, span, own, (*about_kin, *about_others), cues, cited, theirs, silent), kin


def _without_kin(text: str, people: tuple[Ref, ...], about_kin: tuple[Aside, ...]) -> tuple[Ref, ...]:
    if not about_kin:
        return people
    return tuple(
        ref for ref in people if ref.kind == "label" or _owns(text, ref, about_kin) or not _held(ref.span, about_kin)
    )


def _owns(text: str, ref: Ref, asides: tuple[Aside, ...]) -> bool:
    """Whether a phrase is a possessor ("the boy's mother", "his mother"): it is the patient, the rest is not."""
    if ref.kind == "pronoun" and ref.article == "his":
        return any(ref.span.start == aside.span.start for aside in asides)
    return ref.kind == "noun" and text[ref.span.end - 2 : ref.span.end] in ("'s", "’s")


def _held(span: Span, asides: tuple[Aside, ...]) -> bool:
    return any(span.start in aside.span for aside in asides)


def _ours(sentence: Sentence, hits: tuple[Hit, ...], people: tuple[Ref, ...]) -> Iterator[Span]:
    """Words that surely point at a patient of this report."""
    for hit in hits:
        if "ours" in hit.tags:
            yield hit.span
    introduced = min(
        (ref.span.start for ref in people if ref.introduces or _theirs(ref, hits)), default=sentence.span.end
    )
    for ref in people:
        if (
            ref.kind == "label"
            or ref.article == "our"
            or (sentence.section in _TOLD_HERE and ref.kind == "pronoun" and ref.span.start < introduced)
        ):
            yield ref.span


def _theirs(ref: Ref, hits: tuple[Hit, ...]) -> bool:
    """Whether another paper tells of a person: "the girl reported by Ames et al."."""
    return ref.kind == "noun" and any(
        "others" in hit.tags and 0 <= hit.span.start - ref.span.end <= 1
        for hit in hits
        if hit.vocabulary == "literature"
    )
