"""What every table and column that is the same for all topics is: `db/datasette.yaml`."""

from functools import cache
from typing import Any

from litreview.resources import db_dir


@cache
def described_tables() -> dict[str, dict[str, Any]]:
    """Title, description and columns of every table and view."""
    import yaml  # not needed by commands that only count

    text = (db_dir() / "datasette.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["tables"]
    return found
