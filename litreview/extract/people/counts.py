"""Small numbers, ordinals and group words, read from their vocabularies."""

from litreview.extract.kept import per_topic
from litreview.model.topic import Topic


def counted(word: str, topic: Topic) -> int | None:
    """The number that a word or digits stand for; `None` where they stand for none."""
    if word.isdigit():
        return int(word)
    value = meaning(word, "counts", topic)
    return int(value) if value else None


def meaning(word: str, vocabulary: str, topic: Topic) -> str:
    """The value of the entry that has the word (lower case) among its terms; empty where none has."""
    return _values(topic)[vocabulary].get(word, "")


@per_topic
def _values(topic: Topic) -> dict[str, dict[str, str]]:
    """The value of each term, by vocabulary; of a term of several entries the first one's."""
    return {
        name: {term: entry.value for entry in reversed(vocabulary.entries) for term in entry.terms}
        for name, vocabulary in topic.vocabularies.items()
    }
