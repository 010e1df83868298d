"""What is made of a topic once, such as its compiled triggers."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

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
        if id(topic) not in known:
            if len(known) >= _TOPICS:
                known.clear()
            known[id(topic)] = (topic, make(topic))
        return known[id(topic)][1]

    return kept
