"""Adds local files: every record and document that can be read, and a problem for what cannot."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from litreview import readers, store
from litreview.errors import ReadError, UsageError
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.readers import identifiers
from litreview.readers.item import Item
from litreview.steps.workspace import Workspace

BATCH = 100


@dataclass(frozen=True, slots=True)
class Naming:
    """What a person says of the report of a single file."""

    pmid: str = ""
    doi: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.pmid or self.doi or self.title)


def add(work: Workspace, paths: Iterable[Path], *, naming: Naming | None = None) -> None:
    """Read files, and folders with all that is in them, into the knowledge base."""
    files = check(paths, naming)
    work.count("new records", 0)
    work.count("new documents", 0)
    for n, path in enumerate(files):
        work.progress("reading", n, len(files))
        _add_file(work, path, naming)
    work.progress("reading", len(files), len(files))


def check(paths: Iterable[Path], naming: Naming | None = None) -> list[Path]:
    """The files to read; `ReadError` for a missing one, `UsageError` where several are to have one name."""
    files = list(files_of(paths))
    if naming and len(files) != 1:
        raise UsageError("--doi, --pmid and --title name the report of one file", hint="add that file by itself")
    if naming and naming.pmid and not re.fullmatch(r"\s*[1-9]\d{0,8}\s*", naming.pmid):
        raise UsageError(f"{naming.pmid!r} is not a PMID", hint="give the number that PubMed shows, digits only")
    if naming and naming.doi and not identifiers.doi(naming.doi):
        raise UsageError(f"{naming.doi!r} is not a DOI", hint="give it as in 10.1186/s40348-021-00114-y")
    return files


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant: folders with everything below them, hidden ones left out; `ReadError` for a missing one.

    A folder that cannot be opened stands among them itself, so that it is told and not passed over.
    """
    for path in paths:
        if path.is_dir():
            below = (found for found in sorted(path.rglob("*")) if found.is_file() or _is_shut(found))
            yield from (found for found in below if not _hidden(found.relative_to(path)))
        elif path.exists():
            yield path
        else:
            raise ReadError(f"{path} does not exist", hint="give the path of a file or a folder")


def save_items(work: Workspace, items: Iterable[Item], *, noting: Callable[[set[str]], None] | None = None) -> set[str]:
    """Save what a reader yields, in short transactions; ids of the records that were seen.

    `noting` is told the records of each transaction inside it, so that what it writes is never cut off from them.
    """
    seen: set[str] = set()
    batch: list[tuple[Record, Document | None]] = []
    for item in items:
        if isinstance(item, Problem):
            work.trouble(item)
            continue
        batch.append(item)
        if len(batch) == BATCH:
            seen |= _save(work, batch, noting)
            batch = []
    return seen | _save(work, batch, noting)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_shut(path: Path) -> bool:
    return path.is_dir() and not os.access(path, os.R_OK | os.X_OK)


def _add_file(work: Workspace, path: Path, naming: Naming | None) -> None:
    """The problems of a file are told anew each time: those of before go."""
    store.clear_problems(work.db, "read", [path.name, str(path)])
    before, seen = len(work.problems), set[str]()
    try:
        if _is_shut(path):
            raise ReadError(f"{path}: the folder cannot be opened", hint="check its permissions")
        items = _by_path(readers.read_path(path), path)
        seen = save_items(work, _named(items, naming, path) if naming else items)
        if taken_for := readers.recognised(path):
            work.notes.append(f"{path}: {taken_for}: {len(seen)} records")
            store.note_found(work.db, seen, "database", path.name)
        else:
            store.note_found(work.db, seen, "hand")
    except ReadError as error:
        sentence = error.message.removeprefix(f"{path.name}: ").removeprefix(f"{path}: ")
        work.trouble(Problem("read", str(path), sentence, error.hint))
    work.count("files read", int(bool(seen) or len(work.problems) == before))


def _by_path(items: Iterable[Item], path: Path) -> Iterator[Item]:
    """The items; readers know a file by its name alone, people look for it in its folder."""
    for item in items:
        if isinstance(item, Problem) and item.subject == path.name:
            yield replace(item, subject=str(path))
        else:
            yield item


def _named(items: Iterable[Item], naming: Naming, path: Path) -> Iterator[Item]:
    held = list(items)
    if sum(not isinstance(item, Problem) for item in held) > 1:
        raise UsageError(
            f"{path} holds several reports, so they cannot all be named", hint="leave --doi, --pmid and --title out"
        )
    doi = identifiers.doi(naming.doi)
    for item in held:
        if isinstance(item, Problem):
            yield item
        else:
            record = item[0]
            yield (
                replace(
                    record,
                    pmid=naming.pmid.strip() or record.pmid,
                    doi=doi or record.doi,
                    title=naming.title.strip() or record.title,
                ),
                item[1],
            )


def _save(
    work: Workspace, batch: list[tuple[Record, Document | None]], noting: Callable[[set[str]], None] | None
) -> set[str]:
    seen: set[str] = set()
    with store.transaction(work.db):
        work.count("new documents", store.save_documents(work.db, _recorded(work, batch, seen)))
        if noting:
            noting(seen)
    return seen


def _recorded(
    work: Workspace, batch: list[tuple[Record, Document | None]], seen: set[str]
) -> Iterator[tuple[str, Document]]:
    """Save each record; its document, with the id that it goes by."""
    for record, document in batch:
        known = store.find_records(work.db, record)
        outdated = bool(known) and _outdated(store.load_record(work.db, known[0]), record)
        record_id = store.save_record(work.db, record, known=known)
        seen.add(record_id)
        work.count("new records", int(not known))
        if document is not None and not outdated:
            yield record_id, document


def _outdated(known: Record, record: Record) -> bool:
    """An old export must not put its abstract over the revised one."""
    return bool(known.revised and record.revised and record.revised < known.revised)
