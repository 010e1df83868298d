"""Checklists of reporting and appraisal: items as facts, in our own short words, and what fills them."""

from typing import Literal

from pydantic import Field

from litreview.model.strict import Strict

Subject = Literal["review", "report", "case"]


class ChecklistItem(Strict):
    """An item: its number, what it asks, and what the database can say to it.

    `sql` gives one text (`:record` is the report); `from` (`told_by`) is a part of the topic; `roles` are kinds of
    facts whose attributes a topic names. With none of these the item is for a person.
    """

    item: str
    section: str = ""
    asks: str
    sql: str = ""
    told_by: str = Field(default="", alias="from")
    roles: tuple[str, ...] = ()
    counts: bool = Field(default=True, description="whether a score counts it")


class Checklist(Strict):
    """A published checklist; `cases` says whether it is for reports of a single case or of several."""

    name: str
    citation: str
    subject: Subject
    cases: Literal["", "single", "several"] = ""
    score: bool = False
    items: tuple[ChecklistItem, ...]
