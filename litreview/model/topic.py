"""A topic: all that a reviewer may change without Python. People type it, so unknown keys are refused."""

import re
from functools import cached_property
from typing import Literal

from pydantic import Field

from litreview.model.analysis import Criteria, Proportion, TimeTo
from litreview.model.baseline import BaselineOf
from litreview.model.check import Check
from litreview.model.clock import Clock, EventKind
from litreview.model.confidence import Confidence
from litreview.model.eligibility import Eligibility
from litreview.model.figures import Figures
from litreview.model.journal import Journal
from litreview.model.packet import PacketMap
from litreview.model.pattern import Alternatives, Pattern
from litreview.model.rule import Rule
from litreview.model.sameness import Sameness
from litreview.model.search import Search
from litreview.model.strict import Strict
from litreview.model.vocabulary import Vocabulary, any_of

PUBLISHED = (
    "These are patients whom somebody chose to publish. Failures are published less often than successes, and late "
    "loss of an effect and late harm are seen by those who wait: read every share as what has been reported, not as "
    "what a next patient may expect."
)
"""The warning that stands above pooled figures, unless a topic brings its own."""

AttributeType = Literal["number", "integer", "category", "list", "text"]


class Analyte(Strict):
    """A measured substance with the unit its values are kept in and the factors that lead there.

    `units` maps a printed unit (normalised by `extract.units`) to the factor that turns it into `unit`; `molar` is the
    factor for mmol/L. `plausible` bounds the kept values. `loose` are words such as "the count", which mean the
    substance only where it was the last to be named.
    """

    name: str
    unit: str
    terms: tuple[str, ...]
    loose: tuple[str, ...] = ()
    units: dict[str, float]
    plausible: tuple[float, float]


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
    not_where: dict[str, dict[str, tuple[str, ...]]] = Field(
        default={}, description="for single values of this attribute: values of other attributes that rule them out"
    )
    of_course: bool = Field(
        default=False,
        description="told of one course of the intervention: a report on a later one does not mean the first",
    )
    any_later_course: bool = Field(
        default=False,
        description="of_course, but what a course tells that followed the one reported counts too",
    )
    of_index: bool = Field(
        default=False, description="told of the index event: one that followed the intervention is not meant"
    )
    coarse: dict[str, tuple[str, ...]] = Field(
        default={}, description="values that say less, each with those that say it more finely: no disagreement"
    )
    annotated: bool = Field(
        default=True,
        description="whether gold annotations tell it where a report does; else it is not measured by them",
    )
    definition: str
    choice: Choice = Choice()
    rules: tuple[Rule, ...]
    examples: tuple[Example, ...]


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
    checks: tuple[Check, ...] = ()
    confidence: Confidence = Confidence()
    patients: Sameness = Sameness()
    fill_from: float = Field(
        default=0, ge=0, le=1, description="confidence below which a value is proposed to a person instead of filled in"
    )
    facets: tuple[str, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    criteria: tuple[Criteria, ...] = ()
    proportions: tuple[Proportion, ...] = ()
    times: tuple[TimeTo, ...] = ()
    baseline: BaselineOf | None = None
    warning: str = Field(default=PUBLISHED, description="what stands above the figures of the summary")
    searches: tuple[Search, ...] = ()
    questions: tuple[SavedQuestion, ...] = ()
    journal: Journal = Journal()
    figures: Figures = Figures()
    roles: dict[str, tuple[str, ...]] = Field(default={}, description="attributes by what checklists ask for")
    phenopackets: PacketMap = PacketMap()
    rules_hash: str = ""

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name; `KeyError` where there is none."""
        return self._by_name[name]

    def vocabulary(self, name: str) -> Vocabulary:
        """The vocabulary of that name; `KeyError` where there is none."""
        return self.vocabularies[name]

    def event(self, kind: str) -> EventKind:
        """The event kind of that name; `KeyError` where there is none."""
        return self._by_kind[kind]

    def analyte(self, name: str) -> Analyte:
        """The analyte of that name; `KeyError` where there is none."""
        return next(analyte for analyte in self.analytes if analyte.name == name)

    def search(self, name: str = "") -> Search:
        """The search of that name, or the default one; `KeyError` where there is none."""
        for search in self.searches:
            if search.name == name or (not name and search.default):
                return search
        raise KeyError(name)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id; `None` where it is gone."""
        return self._rules.get(rule_id)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for attribute in self.attributes for rule in attribute.rules}

    @cached_property
    def _by_name(self) -> dict[str, Attribute]:
        return {attribute.name: attribute for attribute in self.attributes}

    @cached_property
    def _by_kind(self) -> dict[str, EventKind]:
        return {event.kind: event for event in self.events}

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
        known = self._patterns
        found = known.get(pattern)
        if found is None:
            found = known[pattern] = Pattern(self._template(pattern), self._alternatives)
        return found

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
    return Alternatives((*([any_of(words)] if words else ()), *patterns))
