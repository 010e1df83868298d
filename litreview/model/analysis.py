"""What is computed over the pooled patients: grades by published criteria, shares over reports, times to events."""

from typing import Literal

from pydantic import Field

from litreview.model.check import is_number
from litreview.model.strict import Strict


class Demand(Strict):
    """One thing that a patient has to meet: a value of an attribute that passes all that is said here.

    `at_least`, `above`, `below` and `at_most` compare with a number, or with another attribute whose value is
    multiplied by `times` and raised by `plus` first. `untold` is what holds where one of the attributes is not
    reported: by default nothing can be said then.
    """

    attribute: str
    values: tuple[str, ...] = ()
    at_least: str = ""
    above: str = ""
    below: str = ""
    at_most: str = ""
    times: float = 1.0
    plus: float = 0.0
    untold: Literal["", "yes", "no"] = Field(default="", description="whether an unreported value passes")

    @property
    def names(self) -> tuple[str, ...]:
        """Every attribute that is named."""
        limits = (self.at_least, self.above, self.below, self.at_most)
        return (self.attribute, *(limit for limit in limits if limit and not is_number(limit)))


class Level(Strict):
    """A grade, and all that has to be met for it."""

    value: str
    needs: tuple[Demand, ...]


class Criteria(Strict):
    """Published criteria by which every patient is graded alike, whatever words the authors used.

    They are for the patients of `where` and not of `excluding`. Levels are tried from top to bottom and the first that
    is met gives the grade; where it is open whether one is met, nothing below it is given. `name` is what summary lines
    and other criteria call the grade.
    """

    name: str
    title: str
    source: str = Field(description="where the criteria are published")
    where: dict[str, str] = {}
    excluding: dict[str, str] = {}
    untold: dict[str, str] = Field(default={}, description="what is said to be missing where an attribute is not told")
    unmet: str = Field(default="what is told meets no level", description="what is said where no level is met")
    levels: tuple[Level, ...]


class Proportion(Strict):
    """A share that is pooled over reports: of the patients with the attribute reported those with one of the values.

    `by` names attributes for whose values it is given once more.
    """

    title: str
    attribute: str
    value: str
    where: dict[str, str] = {}
    excluding: dict[str, str] = {}
    by: tuple[str, ...] = ()


class Duration(Strict):
    """A time as an attribute (`of`) times a factor, less other attributes; none where one of them is not reported."""

    of: str
    times: float = 1.0
    less: tuple[str, ...] = ()


class TimeTo(Strict):
    """Time to an event: `event` says who had it, `at` when, `until` how long the others were watched.

    Of several durations the first that can be had counts.
    """

    title: str
    unit: str
    event: tuple[Demand, ...]
    at: tuple[Duration, ...]
    until: tuple[Duration, ...]
    where: dict[str, str] = {}
    excluding: dict[str, str] = {}
