"""When two cases are one patient: what each attribute says for it and against it, as a topic's data."""

from typing import Literal, Self

from pydantic import Field, model_validator

from litreview.model.strict import Strict

Change = Literal["never", "grows", "forward", "freely", "years"]
Level = Literal["same", "near", "loose", "other"]
Shares = tuple[float, float, float]
LEVELS: tuple[Level, ...] = ("same", "near", "loose")


class Trait(Strict):
    """How one attribute speaks for or against two cases being one patient.

    `agree` are the shares of patients told twice of whom both reports say the same, nearly the same and loosely the
    same; `chance` those of two patients. The first of `chance` gives way to what the knowledge base has of a value, the
    more cases it has. What is left over is the share that differs. Of two patients who are easily taken for one another
    (of one hospital with one disease, or of one family) `alike` are the shares who agree for that reason; the others of
    them agree by chance.
    """

    agree: Shares
    chance: Shares
    alike: Shares = (0, 0, 0)
    back: float = Field(
        default=0.06, gt=0, lt=1, description="share of patients of whom the later report tells less of what grows"
    )
    after: dict[str, float] = Field(
        default={}, description="where a day named here agrees, the chance that this one agrees to the day"
    )
    within: tuple[float, float] | None = Field(
        default=None, description="how far two numbers that are the same, or nearly, may be apart"
    )
    rounded: bool = Field(default=False, description="days, which another report may tell in weeks, months or years")
    changes: Change = Field(
        default="never",
        description="with time: it grows, goes forward along `order`, may become anything, or is an age in years",
    )
    order: tuple[str, ...] = ()
    excludes: bool = Field(default=False, description="two cases that differ here are never joined without a person")
    telling: bool = Field(default=False, description="exact enough to tell patients of one hospital apart")
    unless: tuple[str, ...] = Field(default=(), description="says nothing new where all of these are compared")

    @model_validator(mode="after")
    def _shares_leave_room(self) -> Self:
        for name, shares in (("agree", self.agree), ("chance", self.chance), ("alike", self.alike)):
            if min(shares) < 0 or sum(shares) >= 1:
                raise ValueError(f"{name}: shares from 0 on that add up to less than 1")
        return self


class Ties(Strict):
    """What two reports have in common, in bits: how much likelier it makes that a patient of one is in the other."""

    author: float = 7
    authors: float = 9
    hospital: float = 4
    cited: float = 6
    both: float = Field(default=2, description="added for each further tie")
    apart: float = Field(default=2, description="taken off where both reports name their hospitals and share none")
    most: float = 10
    names: float = Field(default=1000, description="an author's name is had by one group of authors in so many")
    cohort: float = Field(default=2, description="added where other patients of both reports are the same")
    row: float = Field(default=12, description="a table's row names the report")
    years: float = Field(default=0.3, description="taken off for each year between the reports above three")


class Sameness(Strict):
    """`patients.yaml`: what it takes to say that two cases are one patient.

    Bits are logarithms of odds to the base of 2: 10 bits are 1,000 to 1. `any` is where two cases of two reports
    start.
    """

    any: float = -12
    alike: float = Field(
        default=0.75, description="how much more often two reports with a tie tell of two who are alike than of one"
    )
    alike_cited: float = Field(default=0, description="the same where a report of the same authors cites the other")
    alike_titled: float = Field(default=-3, description="the same where they tell both under one title")
    same: float = Field(default=2.75, description="a wrong join is as bad as seven questions too many")
    row_same: float = 3
    possible: float = -5
    possible_untied: float = Field(
        default=0, description="the same where two reports share no people, place or citation"
    )
    margin: float = Field(default=3, description="bits by which a row must fit one patient better than any other")
    others: float = Field(default=20, description="cases of a knowledge base that weigh as much as `chance`")
    label: tuple[float, float] = Field(
        default=(6, -3), description="bits for the same number of a register, and for another"
    )
    ties: Ties = Ties()
    attributes: dict[str, Trait] = {}
