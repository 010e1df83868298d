"""A knowledge base opened for work with its topic: every command's run begins and ends here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from litreview import rules, store
from litreview.errors import TopicError
from litreview.model.bibliography import Problem
from litreview.model.topic import Topic

Progress = Callable[[str, int, int | None], None]
"""Is told the stage, how much of it is done, and of how much (`None`: not known)."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody looks at."""


@dataclass
class Workspace:
    """The open database, its topic, and what this run has counted, could not do, and has to say besides.

    `outcome` is how the run is noted to have ended if it ends well.
    """

    db: store.Database
    topic: Topic
    progress: Progress = silent
    command: str = ""
    run_id: int = 0
    outcome: str = "done"
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, what: str, n: int = 1) -> None:
        """Add to a count; one of 0 is named as well."""
        self.counts[what] = self.counts.get(what, 0) + n

    def trouble(self, problem: Problem) -> None:
        """Save a problem and go on."""
        store.save_problem(self.db, problem)
        self.problems.append(problem)

    @property
    def rules_hash(self) -> str:
        """Changes with the rules and with the program that applies them."""
        return f"{self.topic.rules_hash}-{_program()}"

    def summary(self) -> Mapping[str, int]:
        """The counts, with the problems last where there were any."""
        return self.counts | ({"problems": len(self.problems)} if self.problems else {})


@cache
def _program() -> str:
    """The version of this program; reading it from its metadata takes milliseconds, and every document asks."""
    return version("litreview")


@contextmanager
def workspace(
    path: Path,
    *,
    command: str,
    topic: str = "",
    rules_dir: Path | None = None,
    create: bool = False,
    progress: Progress = silent,
) -> Iterator[Workspace]:
    """Open the knowledge base for writing, note the run with its versions, and how it ended.

    The topic is the database's own, or for a new one `topic`, or the only one there is.
    """
    loaded = topic_for(path, topic, rules_dir)
    with store.open_database(path, topic=loaded, create=create) as db:
        run = store.start_run(db, command, loaded)
        work = Workspace(db, loaded, progress, command, run)
        try:
            yield work
        except BaseException as error:
            ended = "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"
            store.finish_run(db, run, work.summary(), outcome=ended)
            raise
        store.finish_run(db, run, work.summary(), outcome=work.outcome)


def topic_for(path: Path, name: str = "", rules_dir: Path | None = None) -> Topic:
    """The topic to use with a database: the one asked for, else the database's own, else the only one there is.

    A database that was thawed brings its own: rules may have changed since it was frozen.
    """
    if frozen := store.frozen_topic(path):
        return Topic.model_validate_json(frozen)
    chosen = name or store.topic_name(path) or _only(rules_dir)
    return rules.load(chosen, rules_dir)


def _only(rules_dir: Path | None) -> str:
    known = rules.topics(rules_dir)
    if len(known) == 1:
        return known[0]
    if not known:
        raise TopicError("there is no topic to work on", hint="give a folder of topics with --rules DIR")
    raise TopicError("there are several topics to choose from", hint=f"give --topic, one of: {', '.join(known)}")
