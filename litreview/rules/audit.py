"""What a topic's files lack although they load: examples, look-alikes, vocabularies that nothing uses."""

from collections.abc import Iterator

from litreview.model.rule import Condition
from litreview.model.topic import Attribute, Example, Topic, names_in

ENOUGH = 3
"""Examples that find, and look-alikes that do not, which every attribute should have."""

NOTHING = "nothing"
ELIGIBLE = "eligible"


def audit(topic: Topic, own_vocabularies: frozenset[str]) -> tuple[str, ...]:
    """Everything to mend, a sentence each with the file's name.

    `own_vocabularies` are those that the topic brings itself: common ones may wait for another topic.
    """
    return (*_examples(topic), *_values(topic), *_screening(topic), *_vocabularies(topic, own_vocabularies))


def _examples(topic: Topic) -> Iterator[str]:
    for attribute in topic.attributes:
        nothing = sum(_is_nothing(example) for example in attribute.examples)
        found = len(attribute.examples) - nothing
        if found < ENOUGH:
            yield f"{attribute.name}.yaml: {found} examples that find, at least {ENOUGH} are wanted"
        if nothing < ENOUGH:
            yield f"{attribute.name}.yaml: {nothing} look-alikes that give {NOTHING}, at least {ENOUGH} are wanted"


def _values(topic: Topic) -> Iterator[str]:
    """Examples and fixed values that the attribute's own vocabulary does not have."""
    for attribute in topic.attributes:
        if attribute.vocabulary:
            for value in dict.fromkeys(_expected(attribute)):
                if value not in attribute.vocabulary:
                    yield f"{attribute.name}.yaml: {value!r} is not in its vocabulary"


def _expected(attribute: Attribute) -> Iterator[str]:
    for example in attribute.examples:
        if not _is_nothing(example):
            yield from (value.strip() for value in example.expect.split(";"))
    if not attribute.normalise:
        for rule in attribute.rules:
            yield from (value for value in (getattr(rule, "value", ""),) if value)
            yield from getattr(rule, "map", {}).values()


def _screening(topic: Topic) -> Iterator[str]:
    """Reasons that an example expects and no exclusion gives."""
    reasons = {exclusion.reason for exclusion in topic.eligibility.exclusions}
    for number, example in enumerate(topic.eligibility.examples, 1):
        if example.expect not in (ELIGIBLE, *reasons):
            yield f"eligibility, example {number}: {example.expect!r} is neither {ELIGIBLE!r} nor one of its reasons"


def _is_nothing(example: Example) -> bool:
    return example.expect.strip() == NOTHING


def _vocabularies(topic: Topic, own: frozenset[str]) -> Iterator[str]:
    used = set(_used(topic))
    for name in sorted(own - used):
        yield f"vocabularies/{name}.yaml: nothing uses it"


def _used(topic: Topic) -> Iterator[str]:
    """Names of vocabularies in fields and patterns."""
    for attribute in topic.attributes:
        yield attribute.normalise
        for rule in attribute.rules:
            yield getattr(rule, "vocabulary", "")
            yield from (name for condition in (*rule.near, *rule.unless) for name in _condition(condition))
    yield from (event.agents for event in topic.events)
    for text in (topic.model_dump_json(exclude={"vocabularies", "questions"}), *_patterns_of_vocabularies(topic)):
        yield from (name for name, _ in names_in(text))


def _condition(condition: Condition) -> tuple[str, ...]:
    return (condition.vocabulary,)


def _patterns_of_vocabularies(topic: Topic) -> Iterator[str]:
    for vocabulary in topic.vocabularies.values():
        for entry in vocabulary.entries:
            yield from entry.patterns
