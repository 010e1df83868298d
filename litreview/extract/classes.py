"""Names of a class in a list: "a proteasome inhibitor (bortezomib)" is one treatment, and not two."""

from collections.abc import Iterator, Sequence

from litreview.extract.kept import per_topic
from litreview.model.case import Candidate, Finding
from litreview.model.topic import Topic
from litreview.model.vocabulary import Entry


def members_first(findings: Sequence[Finding], topic: Topic) -> tuple[tuple[Finding, ...], tuple[Candidate, ...]]:
    """The items of a list without the classes of which a member is among them; these as candidates with the reason."""
    values = {str(finding.value) for finding in findings}
    named = {entry.value: member for entry, member in _classes(values, topic)}
    kept = tuple(finding for finding in findings if str(finding.value) not in named)
    dropped = (finding for finding in findings if str(finding.value) in named)
    return kept, tuple(Candidate(found, f"is the class of {named[str(found.value)]}") for found in dropped)


def _classes(values: set[str], topic: Topic) -> Iterator[tuple[Entry, str]]:
    """Each class among the values that has a member among them, with that member."""
    for entry, members in _members(topic):
        if entry.value in values and (member := next((one for one in members if one in values), "")):
            yield entry, member


@per_topic
def _members(topic: Topic) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """Every class with the values of its members, in the order of the vocabularies."""
    return tuple(
        (entry, tuple(one.value for one in book.entries if entry.class_of in one.tags and one.value != entry.value))
        for book in topic.vocabularies.values()
        for entry in book.entries
        if entry.class_of
    )
