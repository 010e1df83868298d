"""One report of a list of known ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A report by what the list says of it; ids are bare, and empty what it does not say.

    `name` is what else the row says, where it gives neither an id nor a title.
    """

    pmid: str = ""
    doi: str = ""
    title: str = ""
    pmcid: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.pmid or self.doi or self.pmcid or self.title or self.name
