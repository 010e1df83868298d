"""Makes a version of the review: what is different from the last one, told, and kept."""

from collections.abc import Iterator
from typing import Any

from litreview import pool, store
from litreview.model.change import Figure, Shift, Version
from litreview.pool.printed import COLUMNS, rows
from litreview.steps.change_reasons import Reasons
from litreview.steps.differences import changes
from litreview.steps.workspace import Workspace
from litreview.store import Difference

Content = dict[str, Any]
_NAMED = ("title", "group", "value", "how")
_FIGURES = ("n", "of", "low", "high", "median", "minimum", "maximum")


def changed(work: Workspace) -> Version | None:
    """Keep what has changed since the last version as the next one; `None` where nothing has.

    It is compared with the last version, not with the beginning of this run: what a run did that was cut off, or what
    single steps and people did in between, is told by the next one that ends. A run without a version is noted as one
    that left everything as it was.
    """
    version = _next_version(work)
    work.outcome = "done" if version else "unchanged"
    return version


def _next_version(work: Workspace) -> Version | None:
    found = store.differences(work.db, _figures(work))
    if not found:
        return None
    told = changes(found, Reasons(work.db, found))
    shifts = tuple(_shifts(found))
    if not told and not shifts:  # a line of the summary in another place, an attribute without values
        store.tell(work.db)
        return None
    number = store.save_version(work.db, work.run_id, work.command, told, shifts)
    return store.load_version(work.db, number, topic=work.topic.name, title=work.topic.title)


def _figures(work: Workspace) -> Iterator[tuple[str, Content]]:
    """The pooled summary's figures by their line, in its order."""
    summary = pool.summary(tuple(work.db.query("SELECT * FROM patients ORDER BY patient_id")), work.topic)
    for n, row in enumerate(rows(summary)):
        told = dict(zip(COLUMNS, row, strict=True))
        name = "\x1f".join(str(told[part]) for part in _NAMED[:3])
        yield name, {"place": n, **{part: told[part] for part in (*_NAMED, *_FIGURES)}}


def _shifts(found: tuple[Difference, ...]) -> list[Shift]:
    """The figures that moved, in the summary's order.

    One that only stands in another place has not, nor one of which nothing is known on either side.
    """
    moved = []
    for difference in found:
        if difference.kind != "figure":
            continue
        before, now = _figure(difference.before), _figure(difference.now)
        named = difference.now or difference.before or {}
        if before != now and (_is_told(before) or _is_told(now)):
            title, group, value, how = (named[part] for part in _NAMED)
            moved.append((named["place"], Shift(title, group, value, how, before, now)))
    return [shift for _, shift in sorted(moved, key=lambda item: item[0])]


def _is_told(figure: Figure) -> bool:
    return bool(figure.n or figure.of or figure.median is not None)


def _figure(content: Content | None) -> Figure:
    return Figure(**{name: content[name] for name in _FIGURES}) if content else Figure()
