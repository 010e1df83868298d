"""Scenes of fictional patients told twice, read from YAML, spoiled at random, and scored."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from litreview.model.case import Value
from litreview.model.linkage import Cluster, Pair, Profile
from litreview.model.topic import Topic

FOLDER = Path(__file__).parents[1] / "tests" / "dedupe" / "patients"
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Scenes:
    """Cases of a file with the pairs of them that are one patient, and those that look alike and are not."""

    cases: tuple[Profile, ...]
    same: frozenset[Names]
    different: frozenset[Names]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs joined rightly and wrongly, pairs of one patient that wait or are missed, and others that wait."""

    right: int
    wrong: int
    waiting: int
    missed: int
    idle: int

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def line(self) -> str:
        """Precision, recall, recall with the queue, and queued pairs per true pair."""
        true = max(self.right + self.waiting + self.missed, 1)
        precision = self.right / max(self.right + self.wrong, 1)
        return (
            f"precision {precision:.3f} ({self.wrong} wrong)  recall {self.right / true:.3f}  "
            f"with queue {(self.right + self.waiting) / true:.3f} ({self.missed} missed)  "
            f"queued per true pair {(self.waiting + self.idle) / true:.2f}"
        )


def read(name: str) -> Scenes:
    """The scenes of a file, each of reports and cases of its own names."""
    cases: list[Profile] = []
    same: set[Names] = set()
    different: set[Names] = set()
    for n, scene in enumerate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))):
        cases += _cases(f"{name[:1]}{n}", scene)
        same |= _pairs(f"{name[:1]}{n}", scene.get("same", ()))
        different |= _pairs(f"{name[:1]}{n}", scene.get("different", ()))
    return Scenes(tuple(cases), frozenset(same), frozenset(different))


def spoiled(scenes: Scenes, seed: int, topic: Topic, *, both: bool = False) -> Scenes:
    """The scenes with ages a year off, days some days off or in weeks and months, a quarter of the facts lost, other
    labels, and a wrong sex in fifty: in all reports but the first of each scene, or in `both` of two."""
    chance = random.Random(seed)
    spoil = [both or not case.record_id.endswith("-A") for case in scenes.cases]
    cases = (_spoiled(case, chance, topic) if bad else case for case, bad in zip(scenes.cases, spoil, strict=True))
    return replace(scenes, cases=tuple(cases))


def cloned(scenes: Sequence[Scenes], size: int, chance: random.Random, topic: Topic) -> list[Profile]:
    """As many cases as asked for: the scenes again and again, each time by other people in another place, with other
    ages, days and values in their place; a tenth of the authors bear one of a hundred names that are everywhere."""
    cases: list[Profile] = []
    pool: dict[str, list[Value]] = {}
    for case in (case for each in scenes for case in each.cases):
        for name, value in case.values.items():
            pool.setdefault(name, []).append(value)
    groups: dict[tuple[int, str], list[Profile]] = {}
    for n, each in enumerate(scenes):
        for case in each.cases:
            groups.setdefault((n, case.case_id.split("-")[0]), []).append(case)
    number = 0
    while len(cases) < size:
        for group in groups.values():
            number += 1
            pace, age, seed = chance.uniform(0.5, 2), chance.randint(0, 40), chance.randint(0, 2**30)
            cases += [_clone(case, number, pace, age, seed, topic, pool) for case in group]
    return cases[:size]


def score(pairs: Iterable[Pair], clusters: Iterable[Cluster], scenes: Scenes) -> Score:
    """Pairs within clusters and pairs that wait against those that are true."""
    groups = [cluster.members for cluster in clusters]
    joined = {frozenset((one, other)) for group in groups for one in group for other in group if one < other}
    asked = {frozenset((pair.left, pair.right)) for pair in pairs if pair.outcome == "possible"} - joined
    return Score(
        right=len(joined & scenes.same),
        wrong=len(joined - scenes.same),
        waiting=len(asked & scenes.same),
        missed=len(scenes.same - joined - asked),
        idle=len(asked - scenes.same),
    )


def _clone(
    case: Profile, number: int, pace: float, age: int, seed: int, topic: Topic, pool: Mapping[str, Sequence[Value]]
) -> Profile:
    """One case of a scene in another world; what two cases of the scene share they share there too."""

    def name(author: str) -> str:
        dice = random.Random(f"{seed} {author}")
        family, _, initials = author.rpartition(" ")
        return f"Name{dice.randint(0, 99)} {initials}" if dice.random() < 0.1 else f"{family} of {number} {initials}"

    def moved(attribute: str, value: Value) -> Value:
        unit = topic.attribute(attribute).unit
        if isinstance(value, int | float) and unit == "years":
            return value + age
        if isinstance(value, int | float) and unit.startswith("day"):
            return round(value * pace)
        return random.Random(f"{seed} {attribute} {value}").choice(pool[attribute])

    return replace(
        case,
        case_id=f"{number}-{case.case_id}",
        record_id=f"{number}-{case.record_id}",
        authors=tuple(map(name, case.authors)),
        hospitals=tuple(f"Hospital {number % 3000} of {place}" for place in case.hospitals),
        cites=frozenset(f"{number}-{cited}" for cited in case.cites),
        citation=case.citation and f"{name(case.authors[0])} {case.citation}",
        values={attribute: moved(attribute, value) for attribute, value in case.values.items()},
    )


def _pairs(scene: str, pairs: Iterable[Sequence[str]]) -> set[Names]:
    return {frozenset(f"{scene}-{name}" for name in pair) for pair in pairs}


def _cases(scene: str, told: Mapping[str, Any]) -> Iterator[Profile]:
    values = {name: _values(name, told["cases"]) for name in told["cases"]}
    for name, case in told["cases"].items():
        report = told["reports"][case["report"]]
        yield Profile(
            case_id=f"{scene}-{name}",
            record_id=f"{scene}-{case['report']}",
            source="cited" if "cited" in case else "own",
            authors=tuple(report["authors"]),
            year=report["year"],
            full_text=len(values[name]) > 12,
            values=values[name],
            citation=case.get("cited", ""),
            label=str(case["label"]),
            hospitals=tuple(report.get("at", ())),
            cites=frozenset(f"{scene}-{cited}" for cited in report.get("cites", ())),
        )


def _values(name: str, cases: Mapping[str, Any]) -> dict[str, Value]:
    case = cases[name]
    given = dict(_values(case["like"], cases)) if "like" in case else dict(case["values"])
    given |= case.get("but", {})
    kept = {key: value for key, value in given.items() if key not in case.get("without", ())}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}


def _spoiled(case: Profile, chance: random.Random, topic: Topic) -> Profile:
    values = {}
    for name, value in case.values.items():
        if chance.random() >= 0.25:
            values[name] = _altered(name, value, chance, topic)
    return replace(case, values=values, label=f"Patient {chance.randint(1, 9)}")


def _altered(name: str, value: Value, chance: random.Random, topic: Topic) -> Value:
    if name == "age_years" and isinstance(value, int | float):
        return max(value + chance.choice((-1, 0, 1)), 0)
    if name == "sex" and chance.random() < 0.02:
        return "male" if value == "female" else "female"
    if topic.attribute(name).unit.startswith("day") and isinstance(value, int | float):
        return _day(value, chance)
    return value


def _day(day: float, chance: random.Random) -> int:
    """Some days off, or told in weeks or months."""
    kind = chance.choice(("days", "weeks", "months"))
    if kind == "days" or (kind == "months" and day < 15):
        return int(day) + chance.randint(-3, 3)
    unit = 7 if kind == "weeks" else 30.4
    return round(round(day / unit) * unit)
