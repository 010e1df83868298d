"""When two values of an attribute are equal: numbers within a tolerance, names in any of their ways of writing."""

from litreview.model.case import Value
from litreview.model.topic import Attribute, Topic
from litreview.model.words import alike, name, vocabularies

ABSOLUTE, RELATIVE = 0.05, 0.005  # numbers
OF_TIME = 0.03  # days and months, which authors round
_TIMES = ("days", "months")


def equal(found: Value, gold: Value, attribute: Attribute, topic: Topic) -> bool:
    """Whether two single values (items, of a list) are the same for this attribute."""
    if attribute.type in ("number", "integer"):
        return _numbers_equal(found, gold, attribute)
    known = vocabularies(attribute, topic)
    if attribute.type == "text" and not attribute.pattern:
        return alike(str(found), str(gold), known)
    return name(str(found), known) == name(str(gold), known)


def _numbers_equal(found: Value, gold: Value, attribute: Attribute) -> bool:
    if not isinstance(found, int | float) or not isinstance(gold, int | float):
        return str(found).strip() == str(gold).strip()
    tolerance = 0.0 if attribute.type == "integer" else max(ABSOLUTE, RELATIVE * abs(gold))
    if attribute.unit.split()[:1] and attribute.unit.split()[0] in _TIMES:
        tolerance = max(tolerance, OF_TIME * abs(gold))
    return abs(found - gold) <= tolerance + 1e-9
