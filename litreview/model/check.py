"""Checks: what cannot be so of one patient, and makes the values that say so doubtful."""

from pydantic import Field

from litreview.model.strict import Strict

FAILED = "check failed"


class Clue(Strict):
    """One part of a check: an attribute whose value passes every test here, or an event that is told.

    Without a test any value will do. `any_of` names several attributes, each of them a case by itself. `above` and
    `below` compare with a number, or with another attribute whose value is multiplied by `times` first; the two may
    differ by `slack`. `apart_from` names two attributes: the value is to be further than `slack` (in its unit) and
    than `share` (of the value) from the first less the second.
    """

    attribute: str = ""
    any_of: tuple[str, ...] = ()
    event: str = Field(default="", description="kind of an event")
    values: tuple[str, ...] = Field(default=(), description="one of these, of a category or list")
    words: str = Field(default="", description="pattern of words in the evidence")
    above: str = ""
    below: str = ""
    times: float = 1.0
    slack: float = Field(default=0.0, ge=0)
    apart_from: tuple[str, ...] = ()
    share: float = Field(default=0.0, ge=0)

    @property
    def names(self) -> tuple[str, ...]:
        """Every attribute that is named."""
        compared = (name for name in (self.above, self.below) if name and not is_number(name))
        return (*((self.attribute,) if self.attribute else ()), *self.any_of, *compared, *self.apart_from)


class Check(Strict):
    """Where every part of `when` holds, the values it names are doubted; `says` is why, `{attribute}` its value."""

    says: str
    when: tuple[Clue, ...]


def is_number(text: str) -> bool:
    """Whether a limit is a number rather than the name of an attribute."""
    try:
        float(text)
    except ValueError:
        return False
    return True
