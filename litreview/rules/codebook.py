"""The data dictionary: what every column of the case table means, made from the attribute files."""

from collections.abc import Iterator

from litreview.model.topic import Attribute, Example, Topic

COLUMNS = ("attribute", "type", "unit", "vocabulary", "definition", "example_text_forms")
_SHOWN = 3
_LONGEST = 160


def codebook(topic: Topic) -> Iterator[tuple[str, ...]]:
    """A row for every attribute under `COLUMNS`, in the topic's order."""
    for attribute in topic.attributes:
        yield (
            attribute.name,
            attribute.type,
            attribute.unit,
            _values(attribute, topic),
            " ".join(attribute.definition.split()),
            "; ".join(_example(example) for example in _telling(attribute)),
        )


def markdown(topic: Topic) -> Iterator[str]:
    """The same as a table in Markdown, line by line."""
    yield f"# {topic.title}: codebook"
    yield ""
    yield f"Topic {topic.name}, version {topic.version}. An empty cell means not reported."
    yield ""
    yield "| " + " | ".join(COLUMNS) + " |"
    yield "|" + "---|" * len(COLUMNS)
    for row in codebook(topic):
        yield "| " + " | ".join(_cell(text) for text in row) + " |"


def _values(attribute: Attribute, topic: Topic) -> str:
    if attribute.vocabulary:
        return "|".join(attribute.vocabulary)
    if attribute.normalise in topic.vocabularies:
        return "|".join(dict.fromkeys(entry.value for entry in topic.vocabularies[attribute.normalise].entries))
    return attribute.pattern


def _telling(attribute: Attribute) -> list[Example]:
    finding = (example for example in attribute.examples if example.text and example.expect.strip() != "nothing")
    return sorted(finding, key=lambda example: len(example.text) > _LONGEST)[:_SHOWN]


def _example(example: Example) -> str:
    """The marked words where there are any, else the whole text, and what they give."""
    words = " ".join(example.text.split())
    marked = [part.split("]]")[0] for part in words.split("[[")[1:]]
    return f"{' … '.join(marked) if marked else words} -> {example.expect.strip()}"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
