"""Tries, checks, explains, documents and copies a topic's rules."""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from litreview import resources, rules
from litreview.errors import TopicError, UsageError
from litreview.model.topic import Attribute, Example, Topic
from litreview.rules.audit import audit
from litreview.rules.baseline import faults
from litreview.rules.load import check_patterns
from litreview.steps.screening_examples import screened

ELIGIBILITY = "eligibility"
MANY = 400  # examples from which on a second process pays for its start
_LOCAL = Path("extraction_rules")


@dataclass(frozen=True, slots=True)
class Tried:
    """An example's outcome: `number` counts the attribute's examples from 1; `fault` is empty where it is right.

    `attribute` is `eligibility` for an example of screening.
    """

    attribute: str
    number: int
    text: str
    expected: str
    found: str
    fault: str


def the_topic(name: str = "", rules_dir: Path | None = None) -> Topic:
    """The topic of that name, or the only one there is."""
    known = rules.topics(rules_dir)
    if not name and len(known) != 1:
        hint = f"give --topic, one of: {', '.join(known)}" if known else "give a folder of topics with --rules DIR"
        raise TopicError("there are several topics to choose from" if known else "there is no topic", hint=hint)
    return rules.load(name or known[0], rules_dir)


def try_examples(topic: Topic, attributes: Sequence[str] = ()) -> tuple[Tried, ...]:
    """Run the examples of some attributes and of `eligibility`, or all there are, through the whole extraction."""
    check_patterns(topic)
    jobs = [(name, number) for name, many in _counted(topic, attributes) for number in range(many)]
    if len(jobs) < MANY or (os.cpu_count() or 1) < 2:
        return tuple(_try(topic, *job) for job in jobs)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=_begin, initargs=(topic,)) as pool:
        return tuple(pool.map(_try_in_process, jobs, chunksize=16))


def _counted(topic: Topic, names: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What has examples, with how many they are."""
    for name in names or [*(attribute.name for attribute in topic.attributes), ELIGIBILITY]:
        examples = topic.eligibility.examples if name == ELIGIBILITY else _examples_of(topic, name)
        if examples:
            yield name, len(examples)


def _examples_of(topic: Topic, name: str) -> tuple[Example, ...]:
    return topic.attribute(known_attribute(topic, name)).examples


def check(name: str = "", rules_dir: Path | None = None) -> tuple[Topic, tuple[str, ...]]:
    """The topic, validated with every pattern in it, and what is to be mended in it although it loads."""
    topic = the_topic(name, rules_dir)
    check_patterns(topic)
    found = audit(topic, frozenset(_own_vocabularies(folder_of(topic.name, rules_dir))))
    started = faults(rules.baseline(topic, rules_dir), topic) if topic.baseline else ()
    return topic, (*found, *started)


def write_codebook(topic: Topic, output: Path) -> int:
    """Write the data dictionary in the format of the file's suffix, `.md` included; how many attributes it has."""
    from litreview.export import Table, write
    from litreview.rules.codebook import COLUMNS, codebook, markdown

    if output.suffix.lower() == ".md":
        output.write_text("\n".join(markdown(topic)) + "\n", encoding="utf-8")
        return len(topic.attributes)
    return write(Table("codebook", COLUMNS, codebook(topic)), output)


def new(name: str, like: str, rules_dir: Path | None = None) -> Path:
    """Copy a topic's folder under a new name into `rules_dir` or a local `extraction_rules/`; the folder that was made.

    Raises `UsageError` for a name that cannot be one or is taken, `TopicError` where there is nothing to copy.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name == "common":
        raise UsageError(
            f"{name!r} cannot be the name of a topic", hint="small letters, figures and _, such as my_topic"
        )
    target = (rules_dir or _LOCAL) / name
    if target.exists():
        raise UsageError(f"{target} is there already", hint="choose another name, or edit that folder")
    source = folder_of(like, rules_dir)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    _rename(target / "topic.yaml", name)
    return target


def folder_of(name: str, rules_dir: Path | None = None) -> Path:
    """Where a topic's files are; looked for where `rules.load` looks."""
    for root in [rules_dir] if rules_dir else [_LOCAL, resources.rules_dir()]:
        if (root / name / "topic.yaml").is_file():
            return root / name
    if rules_dir and (resources.rules_dir() / name / "topic.yaml").is_file():
        return resources.rules_dir() / name
    known = ", ".join(dict.fromkeys((*rules.topics(rules_dir), *rules.topics())))
    raise TopicError(f"there is no topic {name!r}", hint=f"one of {known}" if known else "give --rules DIR")


def known_attribute(topic: Topic, name: str) -> str:
    """The name, if it is one of the topic's attributes; `UsageError` with the nearest one where it is not."""
    from litreview.rules.complaints import nearest

    names = [attribute.name for attribute in topic.attributes]
    if name not in names:
        raise UsageError(f"{topic.name} has no attribute {name!r}", hint=f"did you mean {nearest(name, names)!r}?")
    return name


def _try(topic: Topic, name: str, number: int) -> Tried:
    from litreview.extract.example import try_example

    if name == ELIGIBILITY:
        return _screen(topic, number)
    attribute: Attribute = topic.attribute(name)
    example = attribute.examples[number]
    outcome = try_example(example, attribute, topic)
    shown = " ".join((example.text or example.table).split())
    return Tried(name, number + 1, shown, example.expect.strip(), outcome.found, outcome.fault)


def _screen(topic: Topic, number: int) -> Tried:
    example = topic.eligibility.examples[number]
    found = screened(example, topic)
    fault = "" if found == example.expect else f"gives {found}, not {example.expect}"
    shown = " ".join(f"{example.title} {example.abstract} {example.text}".split())
    return Tried(ELIGIBILITY, number + 1, shown, example.expect, found, fault)


_topic: Topic | None = None


def _begin(topic: Topic) -> None:
    global _topic
    _topic = topic


def _try_in_process(job: tuple[str, int]) -> Tried:
    assert _topic is not None
    return _try(_topic, *job)


def _own_vocabularies(folder: Path) -> Iterator[str]:
    return (path.stem for path in sorted((folder / "vocabularies").glob("*.yaml")))


def _rename(path: Path, name: str) -> None:
    """In the text and not through YAML, so that comments and order stay; a topic without a name has its folder's."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^name:.*$", f"name: {name}", text, count=1), encoding="utf-8")
