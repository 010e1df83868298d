"""Load a topic: its own files, what it names of the common ones, and the hash that says when rules changed."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from litreview import resources
from litreview.errors import RuleError, TopicError
from litreview.model.confidence import Confidence
from litreview.model.topic import Attribute, SavedQuestion, Topic, names_in
from litreview.model.vocabulary import Vocabulary
from litreview.rules.complaints import complaint, nearest
from litreview.rules.naming import check_naming
from litreview.rules.yaml_text import Node, read_yaml

COMMON = "common"
REPORTED = ("analyses.yaml", "phenopackets.yaml", "reporting.yaml")
"""Files of a topic that say what is made of results: a change in them is no reason to extract again."""
Model = TypeVar("Model", Attribute, Confidence, Vocabulary)


def load(name: str, rules_dir: Path | None = None) -> Topic:
    """The topic of that name, whole and validated.

    Looked for in `rules_dir`, else in a local `extraction_rules/`, else among the shipped ones. Raises `TopicError`
    where there is no such topic and `RuleError`, naming file and place, where one of its files cannot be used.
    """
    folder = home_of(name, rules_dir)
    root = folder.parent
    if not (folder / "topic.yaml").is_file():
        known = topics(rules_dir)
        raise TopicError(
            f"there is no topic {name!r} in {root}",
            hint=f"did you mean {nearest(name, known)!r}?" if known else "--rules DIR names a folder of topics",
        )
    stamps = tuple((str(path), path.stat().st_mtime_ns) for path in _files(folder, root / COMMON))
    return _load(folder, root / COMMON, stamps)


def topics(rules_dir: Path | None = None) -> tuple[str, ...]:
    """The names of all topics that `load` finds, in alphabetical order."""
    roots = [rules_dir] if rules_dir else [Path("extraction_rules"), resources.rules_dir()]
    found = {path.parent.name for root in roots for path in root.glob("*/topic.yaml")}
    return tuple(sorted(found))


def home_of(name: str, rules_dir: Path | None = None) -> Path:
    """The folder in which `load` looks for a topic."""
    return _root(name, rules_dir) / name


def _root(name: str, rules_dir: Path | None) -> Path:
    local = Path("extraction_rules")
    if rules_dir:
        return rules_dir
    return local if (local / name / "topic.yaml").is_file() else resources.rules_dir()


def _files(folder: Path, common: Path) -> list[Path]:
    found = [*folder.rglob("*.yaml"), *folder.rglob("*.sql"), *_common_or_shipped(common).rglob("*.yaml")]
    return sorted(found)


def _common_or_shipped(common: Path) -> Path:
    """A folder of topics may bring its own common words; else the shipped ones serve."""
    return common if common.is_dir() else resources.rules_dir() / COMMON


@lru_cache(maxsize=8)
def _load(folder: Path, common: Path, stamps: tuple[tuple[str, int], ...]) -> Topic:
    shared = _common_or_shipped(common)
    parts: dict[str, Node] = {"name": folder.name}
    parts["macros"] = {**_mapping(shared / "macros.yaml"), **_mapping(folder / "macros.yaml")}
    parts["triggers"] = [
        trigger
        for home in (shared, folder)
        for file in ("context.yaml", "phases.yaml")
        for trigger in _listing(home / file)
    ]
    homes: dict[str, Path] = {}
    for file in ("topic.yaml", "eligibility.yaml", "events.yaml", "checks.yaml", "searches.yaml", *REPORTED):
        told = _mapping(folder / file)
        parts.update(told)
        homes.update(dict.fromkeys(told, folder / file))
    parts["vocabularies"] = {**_vocabularies(shared), **_vocabularies(folder)}
    attributes = _attributes(parts.get("attributes"), folder, shared)
    parts["attributes"] = attributes
    parts["patients"] = _patients(shared / "patients.yaml", folder / "patients.yaml", attributes)
    homes["patients"] = folder / "patients.yaml"
    parts["questions"] = list(_questions(folder))
    weights = [home / "confidence.yaml" for home in (folder, shared) if (home / "confidence.yaml").is_file()]
    confidence = _validated(weights[0], Confidence) if weights else Confidence()
    parts["confidence"] = confidence
    parts.setdefault("fill_from", confidence.fill_from)
    parts["rules_hash"] = _hash(folder, shared)
    try:
        topic = Topic.model_validate(parts)
    except ValidationError as error:
        first = next((str(part) for one in error.errors() for part in one["loc"][:1]), "")
        raise complaint(homes.get(first, folder / "topic.yaml"), error, Topic) from None
    _check_names(topic)
    check_naming(topic)
    return topic


def _mapping(path: Path) -> dict[str, Node]:
    if not path.is_file():
        return {}
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise RuleError(f"{path.name}: a mapping of keys to values is expected", hint="see the shipped topic's file")
    return content


def _listing(path: Path) -> list[Node]:
    content = _mapping(path).get("triggers", []) if path.is_file() else []
    if not isinstance(content, list):
        raise RuleError(f"{path.name}: triggers is a list", hint="begin each trigger with '- category:'")
    return content


def _patients(common: Path, own: Path, attributes: list[Attribute]) -> dict[str, Node]:
    """What makes two cases one patient: a topic says only what it adds to the common file, or says otherwise."""
    shared, told = _mapping(common), _mapping(own)
    had, added = shared.get("attributes", {}), told.get("attributes", {})
    merged: dict[str, Node] = {**shared, **told}
    if isinstance(had, dict) and isinstance(added, dict):
        names = {attribute.name for attribute in attributes}
        merged["attributes"] = {**{name: trait for name, trait in had.items() if name in names}, **added}
    return merged


def _vocabularies(folder: Path) -> dict[str, Vocabulary]:
    found = {}
    for path in sorted((folder / "vocabularies").glob("*.yaml")):
        vocabulary = _validated(path, Vocabulary)
        found[vocabulary.name] = vocabulary
    return found


def _attributes(names: Node, folder: Path, shared: Path) -> list[Attribute]:
    """The attributes a topic names, in its order; without a list all of its own, by name."""
    own = {path.stem: path for path in sorted((folder / "attributes").glob("*.yaml"))}
    if not isinstance(names, list):
        return [_validated(path, Attribute) for path in own.values()]
    common = {path.stem: path for path in sorted((shared / "attributes").glob("*.yaml"))}
    found = []
    for name in (str(name) for name in names):
        path = own.get(name) or common.get(name)
        if path is None:
            hint = f"did you mean {nearest(name, (*own, *common))!r}?"
            raise RuleError(f"topic.yaml: there is no file attributes/{name}.yaml", hint=hint)
        attribute = _validated(path, Attribute)
        if attribute.name != name:
            raise RuleError(f"{path.name}: the name in it is {attribute.name!r}", hint=f"write name: {name}")
        found.append(_with_rule_ids(attribute, path))
    return found


def _with_rule_ids(attribute: Attribute, path: Path) -> Attribute:
    """Every rule named, each once: findings and accuracies are told by rule."""
    rules = tuple(
        rule if rule.id else rule.model_copy(update={"id": f"{attribute.name}.{number}.{rule.kind}"})
        for number, rule in enumerate(attribute.rules, 1)
    )
    names = [rule.id for rule in rules]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise RuleError(f"{path.name}: two rules have the id {twice!r}", hint="give one of them another id")
    return attribute.model_copy(update={"rules": rules})


def _questions(folder: Path) -> Iterator[SavedQuestion]:
    for path in sorted((folder / "queries").glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        heads = dict(line[3:].split(":", 1) for line in sql.splitlines() if line.startswith("-- ") and ":" in line)
        title = heads.get("title", path.stem.replace("_", " ")).strip()
        yield SavedQuestion(name=path.stem, title=title, description=heads.get("description", "").strip(), sql=sql)


def _validated(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:
        raise complaint(path, error, model) from None


def _hash(folder: Path, shared: Path) -> str:
    digest = hashlib.sha256()
    for path in (path for path in _files(folder, shared) if path.name not in REPORTED):
        digest.update(path.relative_to(path.parents[2]).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def check_patterns(topic: Topic) -> None:
    """Every pattern compiles: `RuleError` with file and place for the first that does not. Takes a second or two."""
    for where, pattern in patterns(topic):
        try:
            _ = topic.regex(pattern).compiled
        except re.error as error:
            words = topic.regex(pattern).expression[:80]
            raise RuleError(f"{where}: {words!r} is no pattern: {error}", hint="mend the regular expression") from None


def _check_names(topic: Topic) -> None:
    """Every macro and vocabulary that a pattern names exists."""
    known = (*topic.macros, *topic.vocabularies)
    own = [(f"macros.yaml, {name}", pattern) for name, pattern in topic.macros.items()]
    for where, pattern in (*own, *patterns(topic)):
        for name, tag in names_in(pattern):
            if name not in known:
                hint = f"did you mean <{nearest(name, known)}>?"
                raise RuleError(f"{where}: <{name}> is neither a macro nor a vocabulary", hint=hint)
            if tag and not any(tag in entry.tags for entry in topic.vocabularies[name].entries):
                tags = {each for entry in topic.vocabularies[name].entries for each in entry.tags}
                hint = f"did you mean <{name}#{nearest(tag, sorted(tags))}>?"
                raise RuleError(f"{where}: no entry of {name} has the tag {tag}", hint=hint)


def patterns(topic: Topic) -> Iterator[tuple[str, str]]:
    """Every pattern of a topic with the place where it stands."""
    for attribute in topic.attributes:
        for rule in attribute.rules:
            where = f"{attribute.name}.yaml, rule {rule.id}"
            for field in ("pattern", "header", "anchor"):
                if value := getattr(rule, field, ""):
                    yield where, value
            for condition in (*rule.near, *rule.unless):
                if condition.pattern:
                    yield where, condition.pattern
    for event in topic.events:
        for pattern in (*event.anchors, *(cue.pattern for cue in event.cues), *(c.unless for c in event.cues)):
            if pattern:
                yield f"events.yaml, {event.kind}", pattern
    for pattern in (topic.eligibility.thread.names, topic.eligibility.thread.until):
        yield "eligibility.yaml, thread", pattern
    for exclusion in topic.eligibility.exclusions:
        for pattern in (*exclusion.any_of, *exclusion.unless, *exclusion.needs, *exclusion.every_case):
            yield f"eligibility.yaml, {exclusion.reason}", pattern
    for number, check in enumerate(topic.checks, 1):
        for clue in check.when:
            if clue.words:
                yield f"checks.yaml, check {number}", clue.words
    for trigger in topic.triggers:
        for pattern in (*trigger.patterns, *trigger.stops):
            yield f"context.yaml, {trigger.category}", pattern
