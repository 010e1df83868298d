"""When two values of an attribute are equal: numbers within a tolerance, names in any of their ways of writing."""

from litreview.evaluate.words import alike, fold
from litreview.evaluate.written import concept
from litreview.model.case import Value
from litreview.model.topic import Attribute, Topic
from litreview.model.vocabulary import Vocabulary

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


def name(words: str, known: tuple[Vocabulary, ...]) -> str:
    """The concept that the words as a whole stand for, else the words without regard to spelling."""
    meant = next((found for vocabulary in known if (found := concept(words.strip(), vocabulary))), None)
    return fold(meant.value if meant else words)


def vocabularies(attribute: Attribute, topic: Topic) -> tuple[Vocabulary, ...]:
    """The vocabularies that an attribute's values are read by."""
    rules = (getattr(rule, "vocabulary", "") for rule in attribute.rules)
    names = dict.fromkeys(found for found in (attribute.normalise, *rules) if found in topic.vocabularies)
    return tuple(topic.vocabularies[found] for found in names)


def _numbers_equal(found: Value, gold: Value, attribute: Attribute) -> bool:
    if not isinstance(found, int | float) or not isinstance(gold, int | float):
        return str(found).strip() == str(gold).strip()
    tolerance = 0.0 if attribute.type == "integer" else max(ABSOLUTE, RELATIVE * abs(gold))
    if attribute.unit.split()[:1] and attribute.unit.split()[0] in _TIMES:
        tolerance = max(tolerance, OF_TIME * abs(gold))
    return abs(found - gold) <= tolerance + 1e-9
