"""One patient's values out of several cases of the patient."""

from collections.abc import Callable, Sequence

from litreview.dedupe.days import unit_of
from litreview.dedupe.traits import traits
from litreview.model.case import Value
from litreview.model.linkage import Profile
from litreview.model.sameness import Trait
from litreview.model.topic import Attribute, Topic


def merge(cases: Sequence[Profile], topic: Topic) -> dict[str, Value]:
    """Every attribute that any of the cases has: the fuller report leads, the others fill its gaps.

    Of what changes with time the latest report leads, and a day leads over one that is rounded to weeks or months.
    What a person decided on one of the cases stands above what was found in the others. Lists are united; where the
    attribute says which of several values is preferred, that choice is made here too.
    """
    known = traits(topic)
    merged: dict[str, Value] = {}
    for attribute in topic.attributes:
        trait = known[attribute.name]
        told = [case for case in cases if attribute.name in case.values]
        decided = [case for case in told if attribute.name in case.decided]
        told = decided if decided and attribute.type != "list" else told
        told.sort(key=lambda case: _rank(case, case.values[attribute.name], trait))
        if told:
            merged[attribute.name] = _one([case.values[attribute.name] for case in told], attribute)
    return merged


def _rank(case: Profile, value: Value, trait: Trait) -> tuple[object, ...]:
    """Low for the case that is believed."""
    later = (-(case.year or 0), -(case.published.month or 0) if case.published else 0)
    fuller = (not case.full_text, -len(case.values))
    if trait.changes in ("grows", "forward", "freely"):
        return (*later, *fuller, case.case_id)
    rough = trait.rounded and isinstance(value, int | float) and unit_of(value) > 1
    return (rough, *fuller, *later, case.case_id)


def _one(told: list[Value], attribute: Attribute) -> Value:
    if attribute.type == "list":
        items = [item for value in told for item in (value if isinstance(value, tuple) else (str(value),))]
        return tuple(dict.fromkeys(items))
    if attribute.choice.prefer == "order":
        ranks = {value: n for n, value in enumerate(attribute.choice.order)}
        return min(told, key=lambda value: ranks.get(str(value), len(ranks)))
    numbers = [value for value in told if isinstance(value, int | float)]
    extreme: Callable[..., float] | None = {"lowest": min, "highest": max}.get(attribute.choice.prefer)
    return extreme(numbers) if extreme and len(numbers) == len(told) else told[0]
