"""How each attribute of a topic speaks of two cases: by the topic's `patients.yaml`, else by its type."""

from collections.abc import Mapping

from litreview.model.sameness import Trait
from litreview.model.topic import Attribute, Topic

_DAYS = Trait(agree=(0.45, 0.27, 0.24), chance=(0.01, 0.045, 0.2), within=(0, 3), rounded=True, telling=True)
_NUMBER = Trait(agree=(0.6, 0.15, 0), chance=(0.06, 0.15, 0), telling=True)
_COUNT = Trait(agree=(0.6, 0.2, 0), chance=(0.2, 0.3, 0), alike=(0.2, 0, 0), within=(0, 1))
_AGE = Trait(agree=(0.55, 0.28, 0.14), chance=(0.03, 0.06, 0.09), alike=(0.3, 0.25, 0.1), changes="years")
_CATEGORY = Trait(agree=(0.9, 0.03, 0), chance=(0.35, 0.03, 0), alike=(0.5, 0, 0))
_TEXT = Trait(agree=(0.75, 0.18, 0), chance=(0.05, 0.05, 0), alike=(0.85, 0.05, 0))
_LIST = Trait(agree=(0.5, 0.25, 0.1), chance=(0.1, 0.2, 0.3), alike=(0.15, 0.15, 0.1))
_MARK = (0.3, 0.2, 0)  # a mark of a person, which two who are alike share more often than others
_BY_TYPE = {"number": _NUMBER, "integer": _COUNT, "category": _CATEGORY, "text": _TEXT, "list": _LIST}


def traits(topic: Topic) -> Mapping[str, Trait]:
    """A trait for every attribute, in the topic's order."""
    said = topic.patients.attributes
    return {attribute.name: said.get(attribute.name) or _usual(attribute) for attribute in topic.attributes}


def _usual(attribute: Attribute) -> Trait:
    """What the type says; what identifies a person excludes, and the best or last of a course may become another."""
    if attribute.identifies > 0:
        trait = _AGE if attribute.unit == "years" else _BY_TYPE[attribute.type]
        alike = trait.alike if any(trait.alike) else _MARK
        return trait.model_copy(update={"excludes": True, "telling": False, "alike": alike})
    if attribute.choice.prefer == "highest":
        return _BY_TYPE[attribute.type].model_copy(update={"changes": "grows", "telling": False})
    if attribute.choice.prefer in ("order", "last"):
        return _BY_TYPE[attribute.type].model_copy(update={"changes": "freely", "telling": False})
    return _DAYS if attribute.unit.startswith("day") else _BY_TYPE[attribute.type]
