"""How a topic's case table is printed in a journal: its columns, what is shown in them, what abbreviations mean."""

import re

from pydantic import Field

from litreview.model.strict import Strict

OF_REPORT = ("report", "pmid", "doi", "title", "case_id", "patient_id")
"""What a printed column may show besides attributes; `report` is first author, year and label."""


class JournalColumn(Strict):
    """A column of the printed table, made from several of the case table.

    A part is text with names in braces ("day {onset_day}"); it is left out where one of them is not reported.
    """

    head: str
    parts: tuple[str, ...]
    join: str = "; "

    @property
    def names(self) -> tuple[str, ...]:
        """What its parts show."""
        return tuple(name for part in self.parts for name in names_of(part))


def names_of(part: str) -> tuple[str, ...]:
    """The names in braces."""
    return tuple(re.findall(r"\{(\w+)\}", part))


class Journal(Strict):
    """The printed case table.

    `words` says how values of an attribute are written ("female" as "F"); of `abbreviations` those are explained that
    occur. Without `columns` every attribute that is reported for anybody has one.
    """

    title: str = ""
    columns: tuple[JournalColumn, ...] = ()
    words: dict[str, dict[str, str]] = {}
    abbreviations: dict[str, str] = {}
    missing: str = Field(default="–", description="what stands where nothing is reported")
    notes: tuple[str, ...] = ()
