"""Which of Datasette's databases are knowledge bases of ours, and the topic that explains their columns."""

from __future__ import annotations

import gc
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from litreview.errors import LitreviewError

if TYPE_CHECKING:
    from litreview.model.topic import Attribute, Topic

APPLICATION_ID = int.from_bytes(b"LITR", "big")
"""By which SQLite tells a knowledge base from other databases."""

PLUGIN = "litreview"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A knowledge base that is served: where it is, its topic by name, and its note where it is a demonstration."""

    name: str
    route: str
    path: Path
    topic_name: str
    rules_dir: Path | None
    demo: bool

    @property
    def topic(self) -> Topic | None:
        """The topic, `None` where its rules cannot be used."""
        return load_topic(self.topic_name, self.rules_dir)[0]

    @property
    def trouble(self) -> str:
        """Why there is no topic, empty where there is one."""
        return load_topic(self.topic_name, self.rules_dir)[1]

    @property
    def attributes(self) -> dict[str, Attribute]:
        """The topic's attributes by name, in its order."""
        return {attribute.name: attribute for attribute in self.topic.attributes} if self.topic else {}


_seen: WeakKeyDictionary[Any, Knowledge | None] = WeakKeyDictionary()
_loading = threading.Lock()


def knowledge(datasette: Any, database: str | None) -> Knowledge | None:
    """The knowledge base that Datasette serves under this name; `None` for anybody else's database."""
    served = datasette.databases.get(database)
    if served is None:
        return None
    if served not in _seen:
        _seen[served] = _look(datasette, served)
    return _seen[served]


def all_knowledge(datasette: Any) -> tuple[Knowledge, ...]:
    """Every knowledge base that Datasette serves."""
    return tuple(known for name in datasette.databases if (known := knowledge(datasette, name)))


def prepare(datasette: Any) -> None:
    """Begin to load the topics, so that the first page need not wait for all of it."""
    threading.Thread(target=_load, args=(all_knowledge(datasette),), daemon=True).start()


def _load(served: tuple[Knowledge, ...]) -> None:
    """Load the topics; the collector of garbage, which would look through them again and again, leaves them alone."""
    for known in served:
        load_topic(known.topic_name, known.rules_dir)
    gc.collect()
    gc.freeze()


def load_topic(name: str, rules_dir: Path | None) -> tuple[Topic | None, str]:
    """The topic and nothing, or nothing and what is wrong with it; loaded once."""
    with _loading:
        return _load_topic(name, rules_dir)


@cache
def _load_topic(name: str, rules_dir: Path | None) -> tuple[Topic | None, str]:
    from litreview import rules

    try:
        return rules.load(name, rules_dir), ""
    except LitreviewError as error:
        return None, f"{error.message} ({error.hint})" if error.hint else error.message


def _look(datasette: Any, served: Any) -> Knowledge | None:
    meta = _meta(Path(served.path)) if served.path else {}
    if "topic" not in meta:
        return None
    return Knowledge(
        name=served.name,
        route=served.route,
        path=Path(served.path).resolve(),
        topic_name=meta["topic"],
        rules_dir=_rules_dir(datasette),
        demo=bool(meta.get("demo")),
    )


def _meta(path: Path) -> dict[str, str]:
    """What a knowledge base says of itself, nothing for another file."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return {}
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())
    except sqlite3.DatabaseError:
        return {}


def _rules_dir(datasette: Any) -> Path | None:
    """Where the topics are, if not with the package: the plugin's setting `rules`."""
    setting = (datasette.plugin_config(PLUGIN) or {}).get("rules")
    return Path(setting) if setting else None
