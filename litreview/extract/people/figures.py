"""Figures: patients in the making, and the roster they end up on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from litreview.extract.parsed import Row, Subject
from litreview.extract.people.cast import Player
from litreview.extract.people.people import Ref
from litreview.model.document import Span

_GROWN = 16


@dataclass(slots=True)
class Figure:
    """A patient in the making: what the mentions gathered so far say.

    `sentence` and `section` are where it first comes up, `turn` is the ordinal by which alone it is known ("the
    elder"), `related` says that it came up as another patient's sibling.
    """

    keys: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sex: str = ""
    ages: list[float] = field(default_factory=list)
    adult: bool | None = None
    spans: list[Span] = field(default_factory=list)
    words: str = ""
    sentence: int = -1
    section: str = ""
    turn: str = ""
    related: bool = False

    def takes(self, ref: Ref) -> bool:
        """Whether a phrase can mean this patient: no other sex, no other age."""
        return self.fits(ref.sex, [ref.age] if ref.age is not None else [], ref.adult)

    def fits(self, sex: str, ages: Iterable[float], adult: bool | None) -> bool:
        """Whether nothing said of this patient speaks against sex, ages (years) and being grown up."""
        ages = list(ages)
        if self.sex and sex and self.sex != sex:
            return False
        if ages and self.ages:
            return any(abs(one - other) <= max(2.0, 0.08 * one) for one in ages for other in self.ages)
        grown, other = grown_up(self.ages, self.adult), grown_up(ages, adult)
        return grown is None or other is None or grown == other

    def add(self, ref: Ref, name: str) -> None:
        """Remember a phrase that introduces or names this patient."""
        self.sex = self.sex or ref.sex
        if ref.age is not None:
            self.ages.append(ref.age)
        self.adult = ref.adult if self.adult is None else self.adult
        self.related = self.related or ref.related
        self.spans.append(ref.span)
        if name not in self.names:
            self.names.append(name)

    def learn(self, other: "Figure") -> None:
        """Take over what another view of the same patient says."""
        self.sex = self.sex or other.sex
        self.ages = self.ages or list(other.ages)
        self.adult = other.adult if self.adult is None else self.adult
        self.spans += other.spans
        self.words += other.words
        self.names += [name for name in other.names if name not in self.names]


@dataclass(slots=True)
class View:
    """The figures one part of the document introduces; `starts` maps an introducing phrase's start to a figure.

    `casts` are the figures, with their place, that a sentence lists with their ages; `several` says that the document
    announces more than one patient, `one` that it announces a single one.
    """

    figures: list[Figure] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    casts: dict[int, tuple[tuple[int, Player], ...]] = field(default_factory=dict)
    several: bool = False
    one: bool = False


def grown_up(ages: Iterable[float], adult: bool | None) -> bool | None:
    """Whether somebody is an adult; `None` where nothing says so."""
    ages = list(ages)
    return max(ages) >= _GROWN if ages else adult


@dataclass(frozen=True)
class Roster:
    """The subjects, and the ways from the text to them.

    `figures` are the own subjects' and come first in `subjects`. `introduced` maps the start of an introducing phrase
    to a subject's index, `keys` a label's key, `homes` a paragraph's number (sections of one patient). `casts`
    maps a sentence that lists patients with their ages to each one's index and place in it; `groups` are the patients
    of paragraphs whose heading names several.
    """

    subjects: tuple[Subject, ...] = ()
    figures: tuple[Figure, ...] = ()
    introduced: dict[int, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    casts: dict[int, tuple[tuple[int, Player], ...]] = field(default_factory=dict)
    groups: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def own(self) -> tuple[int, ...]:
        """Indexes of the document's own patients."""
        return tuple(range(len(self.figures)))

    @cached_property
    def lettered(self) -> bool:
        """Whether the patients are called by letters or initials."""
        return bool(self.keys) and all(key.isalpha() for key in self.keys)

    def meant(self, paragraph: int) -> tuple[int, ...]:
        """Whom "all" means in a paragraph: those whom its heading names, else every patient of the document."""
        return self.groups.get(paragraph, self.own)
