"""Kinds of events, the words that tell of them, and the clock that orders a story."""

from typing import Literal

from pydantic import Field

from litreview.model.rule import Phase, Within
from litreview.model.strict import Strict


class Cue(Strict):
    """Words that tell of an event; `pattern` may use macros.

    The event's time is looked for in the same clause, then in the sentence where `reach` is "sentence", then in the
    sentences before where it is "paragraph". `unless` cancels it wherever it stands in the sentence, `unless_before`
    where it ends right before the cue. With `nearer_than`, a vocabulary, the event's agent must be named before in the
    paragraph, and nothing of that vocabulary since: "it was started on day +352".
    """

    pattern: str
    unless: str = ""
    unless_before: str = ""
    nearer_than: str = ""
    reach: Within = "sentence"
    strength: float = Field(default=0.8, ge=0, le=1)


class EventKind(Strict):
    """A kind of dated thing in a patient's course.

    `name` is what the events table calls it. `cues` tell that it happened; `anchors` are the ways in which other times
    refer to it ("after HSCT", "after the first dose of <antibody>"). `agents` is a vocabulary whose concept in the cue
    names the event's agent. `keep` says which of several dated ones the derived attributes use. `shown_by` are words
    that show that it lies behind where no cue tells of it ("after the third dose"); they date nothing. `again` are
    words with which it begins once more. `columns` are headers of tables under which a date, or a numbered day, is this
    event's.
    """

    kind: str
    name: str
    definition: str = ""
    cues: tuple[Cue, ...] = ()
    anchors: tuple[str, ...] = ()
    shown_by: tuple[Cue, ...] = ()
    again: tuple[Cue, ...] = ()
    columns: tuple[str, ...] = ()
    agents: str = ""
    keep: Literal["first", "last"] = "first"
    series: bool = Field(default=False, description="several of them make a course, such as doses")
    first_is: str = Field(default="", description="the event kind that the first of a series is")
    last_is: str = Field(default="", description="the event kind that the last of a series is")
    after: tuple[str, ...] = Field(default=(), description="event kinds that this one cannot come before")
    ignore_context: tuple[str, ...] = Field(
        default=(), description="contexts that do not cancel its cues, such as negated"
    )
    not_in: tuple[Phase, ...] = Field(default=(), description="phases of the course in which its cues tell of another")


class Rescue(Strict):
    """Words that turn a story from the intervention to another treatment.

    `begun` tells that another treatment was begun or did something, `because` that the intervention had failed or its
    effect was lost; the turn needs both, the second in the same sentence or before. `lost` are words for the loss
    alone: where the intervention is begun again behind it, what follows is told of another course.
    """

    begun: str
    because: str
    lost: str = ""


class Clock(Strict):
    """Event kinds that order a story.

    `index` is the one whose day is 0 in "day +58", `start` the one that starts the intervention, `condition` the one
    with which the treated condition begins (empty where a story has no such turn). `later_course` are words of a title,
    or of the beginning of a text, that say that a later course of the intervention is reported; `rescue`
    is what ends its time. `later_index` are words for an index event that followed the intervention. `given_to_all` are
    words that tell how the intervention was given; where they name no patient they hold for all of the report.
    """

    index: str
    start: str
    condition: str = ""
    later_course: str = ""
    later_index: str = ""
    given_to_all: str = ""
    rescue: Rescue | None = None
