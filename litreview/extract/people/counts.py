"""Small numbers, ordinals and group words, read from their vocabularies."""

from litreview.model.topic import Topic


def counted(word: str, topic: Topic) -> int | None:
    """The number that a word or digits stand for; `None` where they stand for none."""
    if word.isdigit():
        return int(word)
    value = meaning(word, "counts", topic)
    return int(value) if value else None


def meaning(word: str, vocabulary: str, topic: Topic) -> str:
    """The value of the entry that has the word (lower case) among its terms; empty where none has."""
    entries = topic.vocabularies[vocabulary].entries
    return next((entry.value for entry in entries if word in entry.terms), "")
