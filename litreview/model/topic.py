"""A topic: all that a reviewer may change without Python. People type it, so unknown keys are refused."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from litreview.model.pattern import Alternatives, Pattern

Role = Literal["patient", "donor", "relative", "other_patient", "literature"]
Phase = Literal["earlier", "before", "during", "after"]
Within = Literal["phrase", "clause", "sentence", "paragraph"]
AttributeType = Literal["number", "integer", "category", "list", "text"]


class Strict(BaseModel):
    """Base of everything that is read from YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))


class Entry(Strict):
    """One concept of a vocabulary and the ways in which it is written.

    `terms` are literal words, matched without regard to case unless they are all capitals of up to four letters;
    `patterns` are regular expressions. `tags` group concepts, so that rules can speak of a class.
    """

    value: str
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    definition: str = ""


class Vocabulary(Strict):
    """Concepts of one kind, in a file of their own."""

    name: str
    definition: str = ""
    entries: tuple[Entry, ...]


class Analyte(Strict):
    """A measured substance with the unit its values are kept in and the factors that lead there.

    `units` maps a printed unit (normalised by `extract.units`) to the factor that turns it into `unit`; `molar` is the
    factor for mmol/L. `plausible` bounds the kept values.
    """

    name: str
    unit: str
    terms: tuple[str, ...]
    units: dict[str, float]
    plausible: tuple[float, float]


class Condition(Strict):
    """Something that must stand near a match, or must not.

    Exactly one of `pattern`, `vocabulary` or `terms` says what; `tag` narrows a vocabulary. `side` is seen from the
    match.
    """

    pattern: str = ""
    vocabulary: str = ""
    tag: str = ""
    terms: tuple[str, ...] = ()
    within: Within = "sentence"
    side: Literal["before", "after", "any"] = "any"


class RuleBase(Strict):
    """What every rule kind shares."""

    id: str = ""
    note: str = ""
    near: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    roles: tuple[Role, ...] = ("patient",)
    phases: tuple[Phase, ...] = ()
    sections: tuple[str, ...] = ()
    ignore_context: tuple[str, ...] = Field(
        default=(), description="contexts that do not cancel this rule, such as negated"
    )
    strength: float = Field(default=0.8, ge=0, le=1, description="how often the rule is right when it fires alone")


class TermsRule(RuleBase):
    """Words of a vocabulary, or words listed here; the value is the entry's, or `value`."""

    kind: Literal["terms"]
    vocabulary: str = ""
    tag: str = ""
    terms: tuple[str, ...] = ()
    value: str = ""


class TokensRule(RuleBase):
    """A spaCy token pattern with a fixed value."""

    kind: Literal["tokens"]
    patterns: tuple[tuple[dict[str, object], ...], ...]
    value: str


class RegexRule(RuleBase):
    """A regular expression with macros; the value is fixed, or its group `value`, read by `vocabulary` or `map`.

    `<name>` in a pattern stands for a macro of the topic, or for any word of the vocabulary of that name;
    `<name#tag>` for the words of entries with that tag. With `vocabulary` every concept in the group is a value of its
    own; `map` gives the value of the first of its patterns that the group's words match.
    """

    kind: Literal["regex"]
    pattern: str
    value: str = ""
    map: dict[str, str] = {}
    vocabulary: str = ""
    number: Literal["", "number", "integer", "fraction"] = ""
    scale: float = 1.0
    offset: float = 0.0
    qualifier: Literal["", ">", "<", "~"] = ""


class QuantityRule(RuleBase):
    """Amounts of an analyte, converted to its unit."""

    kind: Literal["quantity"]
    analyte: str
    phases: tuple[Phase, ...] = ()


class ThresholdRule(RuleBase):
    """An amount of an analyte on one side of a limit gives a fixed value."""

    kind: Literal["threshold"]
    analyte: str
    below: float | None = None
    above: float | None = None
    value: str


class TimepointRule(RuleBase):
    """The number of a time expression after an anchor, in `unit`, outside the timeline (an age, a duration)."""

    kind: Literal["timepoint"]
    anchor: str
    unit: Literal["days", "weeks", "months", "years"]
    side: Literal["before", "after", "any"] = "any"


class ColumnRule(RuleBase):
    """Cells under (or beside) a header.

    `header` is a pattern for the header's words, all header rows joined by ` | `. `part` is the header part the value
    belongs to where header and cell split alike ("Type, day" over "ES, 171"). The cell's words are read through
    `vocabulary`, `map`, `number`, `analyte`, or `pattern` with a group `value`; with none of them the cell's words are
    the value. Abbreviations are resolved through the table's legend first.
    """

    kind: Literal["column"]
    header: str
    vocabulary: str = ""
    tag: str = ""
    map: dict[str, str] = {}
    pattern: str = ""
    value: str = ""
    number: Literal["", "number", "integer", "fraction"] = ""
    scale: float = 1.0
    analyte: str = ""


class DeriveRule(RuleBase):
    """A value that follows from others of the same case.

    `day_of`: the day of `event` on the clock of `since` (another event kind), in `unit`. `difference`: attribute `of`
    less attribute `less`. `count`: items of the list `of`. `copy`: the value of `of` where it is one of `when`, through
    `map`. `group`: the vocabulary tag of the concept in `of`. `same_as`: the value of another patient of the report, to
    whom the group `other` of `pattern` points. `of_report`: the only concept of `vocabulary` (with `tag`) that the
    report names in `sections`, or in sentences that match `pattern`, for its own cases that tell one of `beside`.
    """

    kind: Literal["derive"]
    how: Literal["day_of", "difference", "count", "count_events", "copy", "group", "same_as", "of_report"]
    pattern: str = ""
    event: str = ""
    since: str = ""
    unit: Literal["days", "weeks", "months", "years"] = "days"
    of: str = ""
    less: str = ""
    vocabulary: str = ""
    tag: str = ""
    map: dict[str, str] = {}
    when: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class LookupRule(RuleBase):
    """Two matched parts through a lookup table: the pattern's groups `a` and `b`, each read by `parts`."""

    kind: Literal["lookup"]
    pattern: str
    swap: bool = False
    parts: dict[str, str] = {}
    table: dict[str, str]


Rule = Annotated[
    TermsRule
    | TokensRule
    | RegexRule
    | QuantityRule
    | ThresholdRule
    | TimepointRule
    | ColumnRule
    | DeriveRule
    | LookupRule,
    Field(discriminator="kind"),
]


class Example(Strict):
    """A text that shows what an attribute's rules find.

    `[[...]]` marks words that the evidence must overlap. `expect` is the value as text, items of a list joined by
    `; `, or `nothing`. `context` is text that comes before, for examples that need to know the patient. `table` is
    lines of cells separated by `|`, the first line the header, read as the report's table; `patient` picks the case
    (1, 2, ...) where there are several.
    """

    text: str = ""
    context: str = ""
    table: str = ""
    foot: str = ""
    expect: str
    patient: int = 1


class Choice(Strict):
    """How one value is chosen among candidates of equal standing."""

    prefer: Literal["first", "last", "lowest", "highest", "order", "strongest"] = "strongest"
    order: tuple[str, ...] = ()


class Attribute(Strict):
    """One column of the case table: what it means, how it is found, and examples that are its tests."""

    name: str
    type: AttributeType
    unit: str = ""
    vocabulary: tuple[str, ...] = ()
    normalise: str = Field(default="", description="vocabulary whose concepts are this attribute's values")
    pattern: str = Field(default="", description="form that a text value must have")
    plausible: tuple[float, float] | None = None
    identifies: float = Field(
        default=0,
        ge=0,
        description="how much agreement says that two cases are one patient; above 0, two different values rule it out",
    )
    empty_where: dict[str, tuple[str, ...]] = Field(
        default={}, description="values of other attributes that leave this one nothing to say"
    )
    definition: str
    choice: Choice = Choice()
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


class Cue(Strict):
    """Words that tell of an event; `pattern` may use macros.

    The event's time is looked for in the same clause, then in the sentence where `reach` is "sentence", then in the
    sentences before where it is "paragraph".
    """

    pattern: str
    unless: str = ""
    reach: Within = "sentence"
    strength: float = Field(default=0.8, ge=0, le=1)


class EventKind(Strict):
    """A kind of dated thing in a patient's course.

    `name` is what the events table calls it. `cues` tell that it happened; `anchors` are the ways in which other times
    refer to it ("after HSCT", "after the first dose of <antibody>"). `agents` is a vocabulary whose concept in the cue
    names the event's agent. `keep` says which of several dated ones the derived attributes use.
    """

    kind: str
    name: str
    definition: str = ""
    cues: tuple[Cue, ...] = ()
    anchors: tuple[str, ...] = ()
    agents: str = ""
    keep: Literal["first", "last"] = "first"
    series: bool = Field(default=False, description="several of them make a course, such as doses")
    first_is: str = Field(default="", description="the event kind that the first of a series is")
    after: tuple[str, ...] = Field(default=(), description="event kinds that this one cannot come before")
    ignore_context: tuple[str, ...] = Field(
        default=(), description="contexts that do not cancel its cues, such as negated"
    )


class Clock(Strict):
    """Event kinds that order a story.

    `index` is the one whose day is 0 in "day +58", `start` the one that starts the intervention, `condition` the one
    with which the treated condition begins (empty where a story has no such turn).
    """

    index: str
    start: str
    condition: str = ""


class Exclusion(Strict):
    """One reason to leave a report out, tried in the topic's order; the first that holds is the reason.

    It holds if the record is in one of `statuses`, bears one of `publication_types` or of `mesh_terms`, if one of the
    patterns `any_of` is found in `where`, or if for every own case one value of each attribute in `every_case` matches
    the pattern there. It does not hold where a pattern of `needs` is missing, where one of `unless` is found, where the
    record bears one of `unless_types` or `unless_mesh`, or, with `without_cases`, where an own case counts.

    `where` is the title, title and abstract, or these and the full text.
    """

    reason: str
    definition: str
    statuses: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    every_case: dict[str, str] = {}
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_types: tuple[str, ...] = ()
    unless_mesh: tuple[str, ...] = ()
    where: Literal["title", "abstract", "anywhere"] = "abstract"
    without_cases: bool = False


class Eligibility(Strict):
    """Which reports count. A case counts if it has a value for each attribute in `case_needs`."""

    question: str
    case_needs: tuple[str, ...]
    exclusions: tuple[Exclusion, ...]


class Clause(Strict):
    """One part of a search, switchable, with the reason it is there."""

    name: str
    terms: tuple[str, ...]
    why: str
    on: bool = True


class Trigger(Strict):
    """Words that put what stands near them into a context, such as negated or planned.

    After the ConText algorithm (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): `direction` says on which side the
    scope lies, up to `scope` tokens (0: to the end of the clause), cut short by any of `stops`.
    """

    category: str
    direction: Literal["forward", "backward", "both"] = "forward"
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    scope: int = 0


class Search(Strict):
    """A PubMed search: either the `query` as it was stated, or `blocks` of clauses (OR within a block, AND between)."""

    name: str
    title: str
    source: str = ""
    query: str = ""
    blocks: dict[str, tuple[Clause, ...]] = {}
    default: bool = False

    def text(self, *, without: frozenset[str] = frozenset()) -> str:
        """The query as PubMed reads it: OR within a block, AND between blocks.

        Clauses that are off, or named in `without`, are left out, and a block without any clause with them.
        """
        if self.query:
            return " ".join(self.query.split())
        blocks = [
            [term for clause in clauses if clause.on and clause.name not in without for term in clause.terms]
            for clauses in self.blocks.values()
        ]
        return " AND ".join("(" + " OR ".join(terms) + ")" for terms in blocks if terms)


class SummaryLine(Strict):
    """One line of the pooled summary.

    `how`: `counts` of a category or list; `range` (number of patients, median, minimum, maximum) of a number; `share`
    (n/N) of the patients with `value`, or within `below` and `at_least`, among those for whom the attribute is
    reported, or with neither of these of the patients for whom it is reported among all.
    `where` and `excluding` choose patients by other attributes; several values of one are parted by `|`, here and in
    `value`. In a range `below` (exclusive) and `at_least` (inclusive) choose patients by the attribute itself. With
    `by` the line is given once for each value of another attribute.
    """

    title: str
    attribute: str
    how: Literal["counts", "range", "share"]
    value: str = ""
    by: str = ""
    where: dict[str, str] = {}
    excluding: dict[str, str] = {}
    below: float | None = None
    at_least: float | None = None


class SavedQuestion(Strict):
    """A question to the pooled table that people ask again, with its SQL."""

    name: str
    title: str
    description: str = ""
    sql: str


class Topic(Strict):
    """A review topic, whole: what `rules.load` makes of a folder."""

    name: str
    title: str
    question: str
    version: str
    clock: Clock
    events: tuple[EventKind, ...]
    eligibility: Eligibility
    analytes: tuple[Analyte, ...] = ()
    vocabularies: dict[str, Vocabulary] = {}
    macros: dict[str, str] = {}
    triggers: tuple[Trigger, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    facets: tuple[str, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    searches: tuple[Search, ...] = ()
    questions: tuple[SavedQuestion, ...] = ()
    rules_hash: str = ""

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name; `KeyError` where there is none."""
        return self._by_name[name]

    def vocabulary(self, name: str) -> Vocabulary:
        """The vocabulary of that name; `KeyError` where there is none."""
        return self.vocabularies[name]

    def event(self, kind: str) -> EventKind:
        """The event kind of that name; `KeyError` where there is none."""
        return next(event for event in self.events if event.kind == kind)

    def analyte(self, name: str) -> Analyte:
        """The analyte of that name; `KeyError` where there is none."""
        return next(analyte for analyte in self.analytes if analyte.name == name)

    def search(self, name: str = "") -> Search:
        """The search of that name, or the default one; `KeyError` where there is none."""
        for search in self.searches:
            if search.name == name or (not name and search.default):
                return search
        raise KeyError(name)

    @cached_property
    def _by_name(self) -> dict[str, Attribute]:
        return {attribute.name: attribute for attribute in self.attributes}

    @cached_property
    def _patterns(self) -> dict[str, Pattern]:
        return {}

    @cached_property
    def _letters(self) -> dict[tuple[str, str], str]:
        """The letter that stands for a vocabulary and tag in the templates of patterns."""
        return {}

    @cached_property
    def _alternatives(self) -> dict[str, Alternatives]:
        """What each such letter stands for."""
        return {}

    def regex(self, pattern: str) -> Pattern:
        """A pattern with macros and vocabularies filled in, without regard to case; `KeyError` on an unknown name."""
        if pattern not in self._patterns:
            self._patterns[pattern] = Pattern(self._template(pattern), self._alternatives)
        return self._patterns[pattern]

    def _template(self, pattern: str) -> str:
        """The pattern with macros filled in and a letter for each vocabulary."""

        def fill(match: re.Match[str]) -> str:
            name, tag = match.group(1), match.group(2) or ""
            if name in self.macros and not tag:
                return f"(?:{self._template(self.macros[name])})"
            return self._letter(name, tag)

        return _MACRO.sub(fill, pattern)

    def _letter(self, name: str, tag: str) -> str:
        if (name, tag) not in self._letters:
            letter = chr(0xF0000 + len(self._letters))
            self._alternatives[letter] = _alternatives(self.vocabularies[name], tag)
            self._letters[name, tag] = letter
        return self._letters[name, tag]


_MACRO = re.compile(r"(?<!\(\?P)(?<!\(\?)<([a-z_]+)(?:#([a-z_]+))?>")


def names_in(pattern: str) -> tuple[tuple[str, str], ...]:
    """The macros and vocabularies that a pattern names, each with its tag or an empty one."""
    return tuple((match.group(1), match.group(2) or "") for match in _MACRO.finditer(pattern))


def _alternatives(vocabulary: Vocabulary, tag: str) -> Alternatives:
    """Any word of a vocabulary, longest first, as whole words."""
    entries = [entry for entry in vocabulary.entries if not tag or tag in entry.tags]
    if not entries:
        raise KeyError(f"{vocabulary.name}#{tag}")
    words = sorted({term for entry in entries for term in entry.terms}, key=lambda word: (-len(word), word))
    patterns = [pattern for entry in entries for pattern in entry.patterns]
    parts = (*map(term_pattern, words), *patterns)
    return Alternatives("(?:" + "|".join([*([any_of(words)] if words else ()), *patterns]) + ")", parts)


def right_edge(term: str) -> str:
    """What must follow a term for it to end there as a whole word."""
    return r"(?![A-Za-z0-9])" if term[-1].isalnum() else ""


def any_of(terms: Iterable[str], edge: Callable[[str], str] = right_edge) -> str:
    """A pattern that matches any of the terms, of several that match at a place the first one listed.

    It finds what a plain list of their patterns finds, but where no word begins, or one with another letter, it passes
    at a glance, and the edges of words, which take long to compile, stand in it once for each letter.
    """
    by_letter: dict[str, list[str]] = {}
    for term in terms:
        by_letter.setdefault(term[0].lower() if term[0].isascii() and term[0].isalnum() else "", []).append(term)
    others = [term_pattern(term, edge) for term in by_letter.pop("", ())]
    lettered = "|".join(f"(?={letter}){_edged(group, edge)}" for letter, group in by_letter.items())
    return "|".join([*([f"{_left_edge('a')}(?:{lettered})"] if lettered else ()), *others])


def _edged(terms: list[str], edge: Callable[[str], str]) -> str:
    edges = {edge(term) for term in terms}
    if len(edges) == 1:
        return f"(?:{'|'.join(map(_spelled, terms))}){edges.pop()}"
    return f"(?:{'|'.join(_spelled(term) + edge(term) for term in terms)})"


def term_pattern(term: str, edge: Callable[[str], str] = right_edge) -> str:
    """A term as a pattern: whole words, any white space or hyphen between them, capitals kept for short acronyms."""
    return f"{_left_edge(term)}{_spelled(term)}{edge(term)}"


def _left_edge(term: str) -> str:
    return r"(?<![A-Za-z0-9])" if term[0].isalnum() else ""


def _spelled(term: str) -> str:
    body = re.escape(term).replace(r"\-", r"[\s\-–]?").replace(r"\ ", r"[\s\-–]+")
    return f"(?-i:{body})" if len(term) <= 4 and term.isupper() else body
