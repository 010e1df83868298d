"""The last version of the review, as the report of what changed."""

from litreview import store
from litreview.model.change import Version
from litreview.steps.exported import Source


def last(source: Source, suffix: str) -> Version:
    """The latest version; one without a number where there is none yet."""
    topic = source.topic
    number = store.last_version(source.db)
    if not number:
        return Version(0, "", "", topic.name, topic.title, (), ())
    return store.load_version(source.db, number, topic=topic.name, title=topic.title)
