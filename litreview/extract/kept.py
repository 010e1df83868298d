"""What is made once: of a topic, such as its compiled triggers, or of the document that is being read."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from litreview.model.document import Document
from litreview.model.topic import Topic

Made = TypeVar("Made")
_TOPICS = 8


def per_topic(make: Callable[[Topic], Made]) -> Callable[[Topic], Made]:
    """Keep what a function makes of the last few topics.

    A topic is known by its identity, which stays taken as long as it is held beside what was made of it.
    """
    known: dict[int, tuple[Topic, Made]] = {}

    @wraps(make)
    def kept(topic: Topic) -> Made:
        found = known.get(id(topic))
        if found is None:
            if len(known) >= _TOPICS:
                known.clear()
            found = known[id(topic)] = (topic, make(topic))
        return found[1]

    return kept


def per_document(make: Callable[[Document, Topic], Made]) -> Callable[[Document, Topic], Made]:
    """Keep what a function makes of the document asked for last: it is asked again for each of its patients."""
    last: list[tuple[Document, Topic, Made]] = []

    @wraps(make)
    def kept(document: Document, topic: Topic) -> Made:
        for known, of, made in last:
            if known is document and of is topic:
                return made
        made = make(document, topic)
        last[:] = [(document, topic, made)]
        return made

    return kept
