"""What the words of a table's cells are: a patient's label, a reference, a parameter, a summary."""

import re

from litreview.extract.concepts import concepts
from litreview.extract.kept import per_topic
from litreview.model.topic import Topic


class TableWords:
    """The topic's vocabularies `table_headers` and `table_cells`, asked for whole cells."""

    def __init__(self, topic: Topic) -> None:
        self._patterns = _patterns(topic)
        self._known: dict[tuple[str, str, str], bool] = {}
        agents = next((kind.agents for kind in topic.events if kind.kind == topic.clock.start), "")
        self._agents = topic.vocabularies.get(agents)
        self.terms = _terms(topic)

    def heads(self, kind: str, words: str) -> bool:
        """Whether a header cell's words are of a kind: person, reference, count, parameter, trait, one person, side."""
        return self._is("table_headers", kind, words)

    def says(self, kind: str, words: str) -> bool:
        """Whether a body cell's words are of a kind: person, bare label, own, reference, summary, aggregate."""
        return self._is("table_cells", kind, words)

    def agent(self, words: str) -> tuple[int, int] | None:
        """Where a cell names the intervention, `None` where it does not."""
        if self._agents is None or len(words) > _LONGEST:
            return None
        return next(((start, end) for _, start, end in concepts(words, self._agents)), None)

    def _is(self, vocabulary: str, kind: str, words: str) -> bool:
        if not words or len(words) > _LONGEST:
            return False
        key = (vocabulary, kind, words)
        if key not in self._known:
            pattern = self._patterns.get((vocabulary, kind))
            self._known[key] = pattern is not None and pattern.search(words) is not None
        return self._known[key]


@per_topic
def _patterns(topic: Topic) -> dict[tuple[str, str], re.Pattern[str]]:
    """A pattern for each vocabulary and kind."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in ("table_headers", "table_cells"):
        for entry in topic.vocabularies[name].entries if name in topic.vocabularies else ():
            found.setdefault((name, entry.value), []).extend(f"(?:{pattern})" for pattern in entry.patterns)
    return {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in found.items() if patterns}


@per_topic
def _terms(topic: Topic) -> frozenset[str]:
    """Every word, in lower case, that is a term of one of the topic's vocabularies."""
    entries = (entry for vocabulary in topic.vocabularies.values() for entry in vocabulary.entries)
    return frozenset(term.lower() for entry in entries for term in entry.terms if term.isalnum())


_LONGEST = 150  # a cell with more words is a text, and slow to match
