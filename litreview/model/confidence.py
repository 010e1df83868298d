"""How sure a value is: what its rule, its attribute and its signs weigh, learned from reports with gold."""

from pydantic import Field

from litreview.model.strict import Strict

SIGNS: dict[str, str] = {
    "in a table": "It is read from a cell.",
    "in the title": "It is read from the title.",
    "in the abstract": "It is read from the abstract.",
    "away from the case": "It is read from introduction, methods, discussion or a caption.",
    "in an unnamed part": "It is read from a part whose heading says nothing, or that has none.",
    "in two places": "A second sentence or cell says the same.",
    "in three places": "Three sentences or cells, or more, say the same.",
    "two rules agree": "Rules of more than one kind of wording find it.",
    "abstract and text agree": "Both tell it, in one document or in two.",
    "table and text agree": "A table tells it, and so does text or abstract.",
    "another value stands back": "Another value holds too, but is less well supported.",
    "another value is as strong": "Another value holds too and is as well supported.",
    "said of several patients": "The words are about several patients at once.",
    "shared out": "The words are one patient's share of a list.",
    "carried over": "The sentence does not name the patient: the one before told of this patient.",
    "not exact": "The report gives a bound, a range or an approximate value.",
    "day not exact": "The days it rests on are told in weeks, months or years.",
    "day reckoned": "The day follows from the days of other events.",
    "one of several patients": "The report tells of more than one patient.",
    "tellings disagree": "Abstract, text and table, or two documents, say different things.",
    "check failed": "It does not go together with another value of the patient.",
}
"""What can be seen of a value, by the name it has in findings and in a topic's `confidence.yaml`."""


class Confidence(Strict):
    """Weights, in log odds: they are added up, and the sum is the log odds of the value being right.

    `base` is that of a value stated once in the text of a case; what is not listed weighs nothing. `strength` is the
    weight of the rule's own strength (its log odds above those of 0.8), `source` that of the least sure value that a
    derived one rests on (its log odds below those of 0.95).
    """

    base: float = 1.4
    strength: float = Field(default=1.0, ge=0)
    source: float = Field(default=1.0, ge=0)
    fill_from: float = Field(default=0.5, ge=0, le=1, description="for topics that do not say it themselves")
    signs: dict[str, float] = {}
    kinds: dict[str, float] = Field(default={}, description="by kind of rule; of a derive rule by how it derives")
    attributes: dict[str, float] = {}
    rules: dict[str, float] = Field(default={}, description="by the rule's id")
    learned_from: tuple[str, ...] = Field(default=(), description="what the weights were learned from, in words")
