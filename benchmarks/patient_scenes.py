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
