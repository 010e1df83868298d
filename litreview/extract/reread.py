"""Read a value again from its evidence alone, and a derived one from what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from litreview.extract.amounts.habits import Habit, habit
from litreview.extract.derive import derive
from litreview.extract.judge import normalise, value_fault
from litreview.extract.kinds import FINDERS
from litreview.extract.match import View
from litreview.extract.of_report import follows
from litreview.extract.parse import parse
from litreview.extract.parsed import Segment, Sentence, Subject, Told
from litreview.extract.story import Story, story
from litreview.extract.tables.definitions import definitions
from litreview.extract.tables.grid import Entry, Person
from litreview.extract.tables.legend import read_legend
from litreview.extract.tables.marks import clean
from litreview.extract.tables.parts import split
from litreview.extract.tables.table_words import TableWords
from litreview.model.case import Finding
from litreview.model.document import Document, Section, Span, Table
from litreview.model.event import Event
from litreview.model.evidence import Evidence, EvidenceRole
from litreview.model.rule import DeriveRule, Rule
from litreview.model.topic import Attribute, Topic


def reread(finding: Finding, document: Document, topic: Topic) -> bool:
    """Whether a stated finding's rule reads the same value from nothing but the words of its evidence in `document`.

    What the rule asks of the surroundings (whose words they are, denials, what must stand near) is taken as given;
    how the document writes numbers is told. A rule that is gone reads nothing.
    """
    attribute = next((known for known in topic.attributes if known.name == finding.attribute), None)
    words = [evidence for evidence in finding.evidence if evidence.document_id == document.document_id]
    if attribute is None or not words:
        return False
    rules = [rule for rule in attribute.rules if rule.id == finding.rule_id and rule.kind in FINDERS]
    return any(
        value == finding.value
        for rule in rules
        for view in (_table_views(words, topic) if rule.kind == "column" else _prose_views(words, document, topic))
        for value in _values(rule, attribute, view)
    )


def rederive(finding: Finding, findings: Sequence[Finding], events: Sequence[Event], topic: Topic) -> bool:
    """Whether a derived finding follows again from the case's other findings and events.

    One taken over from another patient does where its words still point there, one that the report says of all its
    patients where its words still name it.
    """
    for rule in (rule for known in topic.attributes for rule in known.rules if rule.id == finding.rule_id):
        if isinstance(rule, DeriveRule) and rule.how == "same_as":
            pointers = [words.quote for words in finding.evidence if words.role in ("anchor", "header")]
            return bool(topic.regex(rule.pattern).search(": ".join(pointers)))
        if isinstance(rule, DeriveRule) and rule.how == "of_report":
            return follows(rule, finding, findings, topic)
    others = [other for other in findings if other.attribute != finding.attribute]
    made = derive(others, topic, events)
    return any(other.attribute == finding.attribute and other.value == finding.value for other in made)


def _values(rule: Rule, attribute: Attribute, view: View) -> Iterator[str | int | float]:
    for match in FINDERS[rule.kind](rule, attribute, view):
        value = normalise(match.value, attribute, view.story.topic)
        if not value_fault(value, attribute):
            yield value


def _prose_views(words: Sequence[Evidence], document: Document, topic: Topic) -> Iterator[View]:
    """The leading words by themselves, then the evidence in its places with blanks between, then with all between."""
    spans = [evidence.span for evidence in words]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    letters = [" "] * len(whole)
    for span in spans:
        letters[span.start - whole.start : span.end - whole.start] = document[span]
    for text in dict.fromkeys((document[spans[0]], "".join(letters), document[whole])):
        yield View(_excerpt(text, topic, habits_of=document.text))


@dataclass(frozen=True)
class _Excerpt(Story):
    """The story of a few words; numbers are read as in the text they were taken from."""

    habits_of: str = ""

    @cached_property
    def habit(self) -> Habit:
        return habit(self.habits_of)


def _excerpt(text: str, topic: Topic, *, habits_of: str) -> _Excerpt:
    span = Span(0, len(text))
    sentence = Sentence(0, span, 0, "case")
    document = Document(
        "evidence", "fulltext", "evidence", "", text, sections=(Section("case", span),), paragraphs=(span,)
    )
    parsed = replace(parse(document, topic), sentences=(sentence,))
    subject = Subject(0, "the patient")
    told = Told(subjects=(subject,), segments=(Segment(span, 0, (0,)),) if text else ())
    plain = story(subject, told, parsed, topic)
    return _Excerpt(plain.subject, plain.passages, parsed, told, topic, habits_of=habits_of)


def _table_views(words: Sequence[Evidence], topic: Topic) -> Iterator[View]:
    """A table of one cell: what stands over it, what names its row, what explains its abbreviations."""
    cells, headers, rows, notes = (_quotes(words, role) for role in ("value", "header", "row", "legend"))
    if not cells:
        return
    text, spans = _laid_out([cells[0], " ".join(rows), *headers, *notes])
    heads, foot = spans[2 : 2 + len(headers)], spans[2 + len(headers) :]
    excerpt = _excerpt(text, topic, habits_of=text)
    table = Table(Span(0, len(text)), (), foot=tuple(foot))
    document = replace(excerpt.parsed.document, tables=(table,))
    entry = _entry(document, table, spans[0], tuple(heads), topic)
    yield View(replace(excerpt, passages=()), (Person(document[spans[1]], spans[1], (entry,)),))


def _quotes(words: Sequence[Evidence], role: EvidenceRole) -> list[str]:
    return [evidence.quote for evidence in words if evidence.role == role]


def _laid_out(parts: Sequence[str]) -> tuple[str, list[Span]]:
    text, spans = "", []
    for part in parts:
        spans.append(Span(len(text), len(text) + len(part)))
        text += part + "\n"
    return text, spans


def _entry(document: Document, table: Table, cell: Span, heads: tuple[Span, ...], topic: Topic) -> Entry:
    legend = read_legend(document, table, more=definitions(document.text))
    cleaned = clean(document[cell], cell.start, legend.letters)
    cleaned_heads = [clean(document[head], head.start, legend.letters) for head in heads]
    names = [head.words.replace("\n", " ") for head in cleaned_heads]
    header = " | ".join(names)
    above = " | ".join(names[:-1]) + " | " if len(names) > 1 else ""
    found = split(names[-1] if names else "", [cleaned.words], TableWords(topic))
    return Entry(
        header=header,
        header_spans=heads,
        words=cleaned.words.replace("\n", " "),
        span=cleaned.span,
        parts=tuple(
            (above + name, cleaned.words[start:end].replace("\n", " "), cleaned.at(start, end))
            for name, (start, end) in (found.parts(cleaned.words) if found else ())
        ),
        legend=legend.meanings(cleaned.words, header, cleaned.marks),
        header_legend=legend.meanings(header, header, [mark for head in cleaned_heads for mark in head.marks]),
        places=cleaned.places,
        marked=tuple(zip(cleaned.marks, cleaned.ends, strict=True)),
    )
