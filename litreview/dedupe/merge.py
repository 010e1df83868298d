"""One patient's values out of several cases of the patient."""

from collections.abc import Callable, Sequence

from litreview.model.case import Value
from litreview.model.linkage import Profile
from litreview.model.topic import Attribute, Topic


def merge(cases: Sequence[Profile], topic: Topic) -> dict[str, Value]:
    """Every attribute that any of the cases has: the fuller report leads, the others fill its gaps.

    Lists are united; where the attribute says which of several values is preferred, that choice is made here too.
    """
    ordered = sorted(cases, key=lambda case: (not case.full_text, -len(case.values), -(case.year or 0), case.case_id))
    merged: dict[str, Value] = {}
    for attribute in topic.attributes:
        told = [case.values[attribute.name] for case in ordered if attribute.name in case.values]
        if told:
            merged[attribute.name] = _one(told, attribute)
    return merged


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
