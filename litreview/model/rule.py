"""Rules: what an attribute's file may say of how its values are found."""

from typing import Annotated, Literal

from pydantic import Field

from litreview.model.strict import Strict

Role = Literal["patient", "donor", "relative", "other_patient", "literature"]
Phase = Literal["earlier", "before", "during", "after", "rescue"]
Within = Literal["phrase", "clause", "sentence", "paragraph", "document"]


class Condition(Strict):
    """Something that must stand near a match, or must not.

    Exactly one of `pattern`, `vocabulary` or `terms` says what; `tag` narrows a vocabulary. `side` is seen from the
    match. `nearer_than` names a vocabulary of which no word may stand between the two: "it" is the drug named last.
    """

    pattern: str = ""
    vocabulary: str = ""
    tag: str = ""
    terms: tuple[str, ...] = ()
    within: Within = "sentence"
    side: Literal["before", "after", "any"] = "any"
    nearer_than: str = ""


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
    own; `map` gives the value of the first of its patterns that the group's words match. To a number that of a group
    `more` is added ("weekly for four weeks, and two more a month later").
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
    the value. Abbreviations are resolved through the table's legend first. `row` is a pattern that "header: words" of
    some cell of the patient must hold, where one cell leaves open what another tells (a relation here, a match there).
    """

    kind: Literal["column"]
    header: str
    row: str = ""
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

    `day_of`: the day of `event` on the clock of `since` (another event kind), in `unit`; `direct` asks for words that
    count from it, not by way of other events. `difference`: attribute `of`
    less attribute `less`. `count`: items of the list `of`, unless their words
    hold a pattern of `unless`. `copy`: the value of `of` where it is one of `when`, through
    `map`. `group`: the vocabulary tag of the concept in `of`. `same_as`: the value of another patient of the report, to
    whom the group `other` of `pattern` points. `of_report`: the only concept of `vocabulary` (with `tag`) that the
    report names in `sections`, or in sentences that match `pattern`, for its own cases that tell one of `beside` and,
    where `of` is given, have one of `when` there.
    """

    kind: Literal["derive"]
    how: Literal["day_of", "difference", "count", "count_events", "copy", "group", "same_as", "of_report"]
    pattern: str = ""
    event: str = ""
    since: str = ""
    unit: Literal["days", "weeks", "months", "years"] = "days"
    direct: bool = False
    of: str = ""
    less: str = ""
    vocabulary: str = ""
    tag: str = ""
    map: dict[str, str] = {}
    when: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class LookupRule(RuleBase):
    """Two matched parts through a lookup table: the pattern's groups `a` and `b`, each read by `parts`.

    Where `b` is told in a sentence of its own, `elsewhere` is the pattern that holds it.
    """

    kind: Literal["lookup"]
    pattern: str
    elsewhere: str = ""
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
