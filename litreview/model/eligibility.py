"""Which reports count for a topic, as people type it: exclusions in their order, with examples that are tests."""

from typing import Literal

from litreview.model.strict import Strict


class Exclusion(Strict):
    """One reason to leave a report out, tried in the topic's order; the first that holds is the reason.

    It holds if the record is in one of `statuses`, bears one of `publication_types` or of `mesh_terms`, if one of the
    patterns `any_of` is found in `where`, or if for every own case one value of each attribute in `every_case` matches
    the pattern there. It does not hold where a pattern of `needs` is missing, where one of `unless` is found, where the
    record bears one of `unless_types` or `unless_mesh`, or where more than `most_cases` own cases count.

    `where` is the title, title and abstract, these and the full text, title and abstract with the full text only where
    there is no abstract, the report's own story, or the thread of the intervention in it.
    """

    reason: str
    definition: str
    statuses: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    every_case: dict[str, str] = {}
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_types: tuple[str, ...] = ()
    unless_mesh: tuple[str, ...] = ()
    where: Literal["title", "abstract", "abstract_or_text", "own_story", "thread", "anywhere"] = "abstract"
    most_cases: int | None = None


class Thread(Strict):
    """What a report's own story says of the intervention, by name or not.

    A sentence that matches `names`, with up to `lines` sentences behind it unless one of them matches `until`.
    """

    names: str = r"(?!)"
    until: str = r"(?!)"
    lines: int = 3


class ScreeningExample(Strict):
    """A report in brief with what screening says of it: `eligible`, or the reason for which it is left out.

    `text` is the body of a report whose full text is there.
    """

    title: str
    abstract: str = ""
    text: str = ""
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    expect: str


class Eligibility(Strict):
    """Which reports count. A case counts if it has a value for each attribute in `case_needs`.

    Beside a patient who has them all, another of the same report may lack one of `shared_in_series`: the words for what
    a series has in common may stand with one patient only.
    """

    question: str
    case_needs: tuple[str, ...]
    shared_in_series: tuple[str, ...] = ()
    thread: Thread = Thread()
    exclusions: tuple[Exclusion, ...]
    examples: tuple[ScreeningExample, ...] = ()
