"""Names of a class in a list: "a proteasome inhibitor (bortezomib)" is one treatment, and not two."""

from collections.abc import Iterable, Sequence

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


def _classes(values: set[str], topic: Topic) -> Iterable[tuple[Entry, str]]:
    """Each class among the values that has a member among them, with that member."""
    for vocabulary in topic.vocabularies.values():
        for entry in vocabulary.entries:
            if entry.class_of and entry.value in values:
                members = (other.value for other in vocabulary.entries if entry.class_of in other.tags)
                if member := next((one for one in members if one in values and one != entry.value), ""):
                    yield entry, member
