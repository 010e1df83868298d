"""Pools the unique patients of a knowledge base."""

from pathlib import Path
from typing import IO

from litreview import store
from litreview.export import FORMATS, Table, write
from litreview.pool import Summary, summary
from litreview.pool.printed import COLUMNS, rows
from litreview.steps.workspace import topic_for


def pool(path: Path, *, topic: str = "", rules_dir: Path | None = None) -> Summary:
    """The topic's summary over one row per unique patient; excluded and cited cases have none."""
    loaded = topic_for(path, topic, rules_dir)
    with store.open_database(path, topic=loaded, readonly=True) as db:
        patients = tuple(db.query("SELECT * FROM patients ORDER BY patient_id"))
        reports = db.execute(
            "SELECT count(DISTINCT record_id) FROM cases "
            "WHERE eligible = 'yes' AND case_source = 'own' AND patient_id IN (SELECT patient_id FROM patients)"
        ).fetchone()[0]
    return summary(patients, loaded, reports=int(reports))


def write_summary(pooled: Summary, output: Path) -> int:
    """Write the summary's figures, a row each, in the format of the file's suffix; how many rows it were."""
    return write(Table("summary", COLUMNS, rows(pooled)), output)


def print_json(pooled: Summary, stream: IO[str]) -> None:
    """Write the same rows as JSON to an open stream."""
    FORMATS[".json"].write(Table("summary", COLUMNS, rows(pooled)), stream)
