"""What a table's header cell is, as far as a reader of plain text has to know it to find the cells."""

import re
from functools import cache

import yaml

from litreview import resources

_KINDS = ("person", "number", "trait", "parameter", "observation")


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The shipped patterns of whole header cells (extraction_rules/common/vocabularies/table_headers.yaml)."""
    path = resources.rules_dir() / "common" / "vocabularies" / "table_headers.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    found = {entry["value"]: entry["patterns"] for entry in raw["entries"]}
    return {kind: tuple(re.compile(words, re.IGNORECASE) for words in found.get(kind, ())) for kind in _KINDS}


def heads_labels(cell: str) -> bool:
    """Whether a cell stands over, or beside, the labels of patients: "Patient", "Pt No.", "UPN"."""
    return any(pattern.search(cell) for kind in ("person", "number") for pattern in _patterns()[kind])


def heads_stub(cell: str) -> bool:
    """Whether a cell stands beside the labels, above what was observed: "Patient", "Characteristic"."""
    return heads_labels(cell) or any(pattern.search(cell) for pattern in _patterns()["parameter"])


def heads_trait(cell: str) -> bool:
    """Whether a cell stands over, or beside, ages or sexes."""
    return any(pattern.search(cell) for pattern in _patterns()["trait"])


def heads_observation(cell: str) -> bool:
    """Whether a cell begins as headers of patients' tables commonly do: "Best response", "Time to relapse (days)"."""
    return heads_stub(cell) or any(p.search(cell) for kind in ("trait", "observation") for p in _patterns()[kind])
