"""How sure a value is: what its rule, its attribute and its signs weigh, learned from reports with gold."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log

from pydantic import Field

from litreview.model.case import Finding
from litreview.model.rule import DeriveRule, Rule
from litreview.model.strict import Strict

SIGNS: dict[str, str] = {
    "in a table": "It is read from a cell.",
    "in the title": "It is read from the title.",
    "in the abstract": "It is read from the abstract.",
    "in the methods": "It is read from the methods, which tell of all patients.",
    "away from the case": "It is read from introduction, discussion or a caption.",
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

USUAL_STRENGTH, USUAL_SOURCE = 0.8, 0.95
LEAST, MOST = 0.01, 0.99  # nothing is surer than this, for or against

Weight = tuple[str, float]
"""What counts for or against a value, in words, and how much, in log odds."""


@dataclass(frozen=True, slots=True)
class Traits:
    """All that the confidence of a finding is made of, beside the values it rests on (`sources`, attributes)."""

    attribute: str
    rule: str
    kind: str
    strength: float
    signs: tuple[str, ...]
    sources: tuple[str, ...] = ()


def traits(finding: Finding, rule: Rule | None) -> Traits:
    """What can be seen of a finding of a rule (`None`: the rule is gone)."""
    doubts = (doubt.partition(":")[0] for doubt in finding.doubts)
    return Traits(
        attribute=finding.attribute,
        rule=finding.rule_id,
        kind="" if rule is None else rule.how if isinstance(rule, DeriveRule) else rule.kind,
        strength=USUAL_STRENGTH if rule is None else rule.strength,
        signs=tuple(dict.fromkeys((*finding.signs, *doubts))),
        sources=tuple(name for name in finding.derived_from if name != finding.attribute),
    )


class Confidence(Strict):
    """Weights, in log odds: they are added up, and the sum is the log odds of the value being right.

    `base` is that of a value stated once in the text of a case; what is not listed weighs nothing. `strength` is the
    weight of the rule's own strength (its log odds above those of 0.8), `source` that of the least sure value that a
    derived one rests on (its log odds below those of 0.95). They are learned from patients who are cases: whether a
    patient is one is not for a value to say.
    """

    base: float = 1.4
    strength: float = Field(default=1.0, ge=0)
    source: float = Field(default=1.0, ge=0)
    fill_from: float = Field(default=0.5, ge=0, le=1, description="for topics that do not say it themselves")
    signs: dict[str, float] = {}
    kinds: dict[str, float] = Field(default={}, description="by kind of rule; of a derive rule by how it derives")
    attributes: dict[str, float] = {}
    rules: dict[str, float] = Field(default={}, description="by the rule's id")

    def weights(self, seen: Traits, source: float | None) -> Iterator[Weight]:
        """Everything that counts for or against a value; `source` is the least sure value that it rests on."""
        yield "stated once", self.base
        yield f"strength of the rule {seen.strength:g}", self.strength * strength_odds(seen)
        yield f"kind of rule {seen.kind}", self.kinds.get(seen.kind, 0.0)
        yield f"rule {seen.rule}", self.rules.get(seen.rule, 0.0)
        yield f"attribute {seen.attribute}", self.attributes.get(seen.attribute, 0.0)
        for sign in seen.signs:
            yield sign, self.signs.get(sign, 0.0)
        yield f"rests on a value of {source or 0:.2f}", self.source * source_odds(source)

    def share(self, seen: Traits, source: float | None) -> float:
        """How often values like this one are right."""
        odds = sum(weight for _, weight in self.weights(seen, source))
        return round(min(MOST, max(LEAST, 1 / (1 + exp(-odds)))), 3)


def strength_odds(seen: Traits) -> float:
    """How much stronger than usual the rule is."""
    return _odds(seen.strength) - _odds(USUAL_STRENGTH)


def source_odds(source: float | None) -> float:
    """How much surer than usual the least sure value is that another rests on; 0 where it rests on none."""
    return 0.0 if source is None else _odds(source) - _odds(USUAL_SOURCE)


def _odds(share: float) -> float:
    """Log odds; certainty and impossibility are taken as nearly so."""
    held = min(MOST, max(LEAST, share))
    return log(held / (1 - held))
