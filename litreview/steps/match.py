"""Deduplicates a bibliography without a database."""

from pathlib import Path

from litreview import dedupe, readers
from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.linkage import Cluster, Pair


def match(path: Path) -> tuple[dict[str, Record], tuple[Pair, ...], tuple[Cluster, ...], tuple[Problem, ...]]:
    """The records of a file by their place in it (`1`, `2`, ...), pairs, clusters, and what could not be read."""
    if not path.is_file():
        raise ReadError(f"{path} does not exist", hint="give a bibliography: NBIB, or PubMed XML")
    items = list(readers.read_path(path))
    problems = tuple(item for item in items if isinstance(item, Problem))
    records = {str(n): item[0] for n, item in enumerate((i for i in items if not isinstance(i, Problem)), 1)}
    if not records and problems:
        raise ReadError(f"{path}: {problems[0].sentence}", hint=problems[0].hint)
    pairs, clusters = dedupe.records(records)
    return records, pairs, clusters, problems
