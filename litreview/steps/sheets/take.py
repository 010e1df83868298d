"""Takes over a group's own extraction sheet as decisions of a named source."""

from pathlib import Path

from litreview import store
from litreview.steps.sheets.mapped import mapped_sheet
from litreview.steps.take_over import STAGE, take_over
from litreview.steps.workspace import Workspace


def take_sheet(work: Workspace, path: Path, mapping: Path, *, source: str = "", whole: bool = False) -> str:
    """Keep all that a sheet tells, read by its mapping; the source's name: given, the mapping's, or the file's.

    With `whole` the sheet is all that the source has: what it no longer says is undone.
    """
    told = mapped_sheet(path, mapping, work.topic)
    name = source or told.mapping.source or path.stem
    store.clear_problems(work.db, STAGE, store.problems_of(work.db, STAGE, f"{path.name}: "))
    for problem in told.problems:
        work.trouble(problem)
    take_over(work, name, told.reports, whole=whole)
    return name
