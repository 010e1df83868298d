"""Takes a record or a document out again, with everything that rests on it."""

from litreview import store
from litreview.steps.update import update
from litreview.steps.workspace import Workspace


def remove(work: Workspace, name: str) -> str:
    """Remove what `name` names (a document id, or any name of a record) and bring the rest up to date; what it was."""
    if work.db.execute("SELECT 1 FROM documents WHERE document_id = ?", [name]).fetchone():
        store.remove_document(work.db, name)
        removed = f"document {name}"
    else:
        record_id = store.resolve(work.db, name)
        store.remove_record(work.db, record_id)
        removed = f"record {record_id}"
    update(work)
    return removed
