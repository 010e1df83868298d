"""A refresh in a process of its own, which says after so many statements of SQL that it may be killed now.

python refresh_alone.py DB URL TOPICS STATEMENT
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from same import Noon

import litreview.steps.reading as reading
import litreview.store.documents as documents
import litreview.store.open as opening
from litreview.pubmed.client import Client
from litreview.pubmed.settings import Settings
from litreview.steps.refresh import refresh
from litreview.steps.workspace import workspace


def main() -> None:
    """Refresh; on stdout a line when the statement is reached, and at the end how many there were."""
    database, url, topics, statement = sys.argv[1:]
    documents.datetime = Noon  # type: ignore[misc]
    reading.WORTH_A_PROCESS = 400  # the long run reads in a process of its own, the short one does not
    seen = 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == int(statement):
            os.write(1, b"now\n")

    connect = opening._connect

    def watched(path: Path) -> object:
        db = connect(path)
        db.conn.set_trace_callback(count)
        return db

    opening._connect = watched  # type: ignore[assignment]
    client = Client(Settings(base_url=url, rate=1e6), now=lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))
    with workspace(Path(database), command="refresh", rules_dir=Path(topics), create=True) as work:
        refresh(work, client)
    os.write(1, f"{seen}\n".encode())


main()
