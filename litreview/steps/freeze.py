"""Freezes the knowledge base under a name, and brings it back for an export as of then."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from litreview import store
from litreview.errors import LitreviewError, UsageError
from litreview.export import FORMATS, PACKAGES
from litreview.export.package.read import open_package
from litreview.export.package.write import Package
from litreview.model.snapshot import Snapshot
from litreview.model.topic import Topic
from litreview.steps.exported import Source, pooled
from litreview.steps.exported.package import whole
from litreview.steps.unpack import fill
from litreview.steps.workspace import topic_for

_TOPIC = "topic.json"
_SNAPSHOTS = frozenset({"snapshots"})


def freeze(path: Path, name: str, *, rules_dir: Path | None = None) -> Snapshot:
    """Keep all that is in the knowledge base, and the topic's rules, under a name; nothing changes it afterwards.

    The last version then rests on all searches so far: that they brought nothing is what is to be told. A snapshot does
    not hold other snapshots. Raises `UsageError` for a name that is taken or is none.
    """
    if not re.fullmatch(r"[\w][\w .+-]{0,99}", name):
        raise UsageError(f"{name!r} is no name for a snapshot", hint="letters, digits, blanks and . + - _")
    topic = topic_for(path, rules_dir=rules_dir)
    with store.open_database(path, topic=topic) as db:
        store.rest_on_searches(db)
        with store.reading(db):
            snapshot, content = _taken(Source(db, path, rules_dir), name, topic)
        store.save_snapshot(db, snapshot, content)
    return snapshot


def _taken(source: Source, name: str, topic: Topic) -> tuple[Snapshot, bytes]:
    """The snapshot, and its content: a package with the topic's rules."""
    packed = whole(source, without=_SNAPSHOTS)
    content = io.BytesIO()
    PACKAGES[".zip"].write(Package(packed.about, packed.tables, {_TOPIC: topic.model_dump_json().encode()}), content)
    counted = source.db.execute("SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM patients)")
    cases, patients = counted.fetchone()
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Snapshot(name, made_at, cases, patients, fingerprint(source)), content.getvalue()


def snapshots(path: Path) -> tuple[Snapshot, ...]:
    """All snapshots, the oldest first."""
    with store.open_database(path, readonly=True) as db:
        return store.load_snapshots(db)


def fingerprint(source: Source) -> str:
    """SHA-256 of the patients as JSON Lines."""
    text = io.StringIO()
    FORMATS[".jsonl"].write(pooled.patients(source, ".jsonl"), text)
    return hashlib.sha256(text.getvalue().encode("utf-8", "backslashreplace")).hexdigest()


@contextmanager
def as_of(path: Path, name: str) -> Iterator[Path]:
    """The knowledge base as it was when it was frozen, for as long as it is looked at; without a name as it is."""
    if not name:
        yield path
        return
    with store.open_database(path, readonly=True) as db:
        _, content = store.load_snapshot(db, name)
    with tempfile.TemporaryDirectory(prefix="litreview-") as folder:
        yield _thawed(content, name, Path(folder) / path.name)


def faults(path: Path) -> Iterator[tuple[str, str]]:
    """Every snapshot's name with what is wrong with it, empty where it is as it was when it was made."""
    for snapshot in snapshots(path):
        try:
            with as_of(path, snapshot.name) as thawed, store.open_database(thawed, readonly=True) as db:
                same = fingerprint(Source(db, thawed)) == snapshot.sha256
        except LitreviewError as error:
            yield snapshot.name, error.message
        else:
            yield snapshot.name, "" if same else f"the patients of the snapshot {snapshot.name!r} are not those frozen"


def _thawed(content: bytes, name: str, path: Path) -> Path:
    """The snapshot as a database of its own, which brings the topic that was used when it was frozen."""
    opened = open_package(io.BytesIO(content), f"snapshot {name}")
    text = opened.file(_TOPIC).decode()
    fill(opened, path, Topic.model_validate_json(text))
    with store.open_database(path) as db:
        store.keep_frozen_topic(db, text)
    return path
