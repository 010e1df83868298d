"""How the columns of somebody's own extraction sheet map to reports, patients and attributes. People type it."""

from pydantic import Field, field_validator, model_validator

from litreview.model.strict import Strict


class Column(Strict):
    """The column that holds an attribute; a mere name in YAML is the same as `{column: name}`.

    `values` maps what stands there to the codebook's words (empty: not reported), `separator` parts the items of a
    list, `unit` is that of bare numbers. `basis` and `quote` name columns with the source's own ground and words.
    """

    column: str
    values: dict[str, str] = {}
    separator: str = ""
    unit: str = ""
    basis: str = ""
    quote: str = ""


class ReportColumns(Strict):
    """The columns that tell the report of a row; `key` is the sheet's own name for it, such as "Study"."""

    key: str = ""
    pmid: str = ""
    pmcid: str = ""
    doi: str = ""
    title: str = ""
    authors: str = ""
    journal: str = ""
    year: str = ""

    @model_validator(mode="after")
    def _tells_the_report(self) -> "ReportColumns":
        if not (self.key or self.pmid or self.pmcid or self.doi or self.title):
            raise ValueError("name a column with the report's PMID, PMCID, DOI, title, or the sheet's own key")
        return self


class Mapping(Strict):
    """A sheet's columns, mapped once. `case` holds the patient's label; without it patients are numbered.

    `fill_down`: a report's columns are filled in its first row only. `include`: reports of the sheet count as eligible.
    """

    source: str = Field(default="", description="name under which the sheet's decisions stand")
    sheet: str = Field(default="", description="sheet of a workbook (default: the first)")
    header: int = Field(default=1, ge=1, description="row with the names of the columns")
    report: ReportColumns
    case: str = ""
    fill_down: bool = False
    include: bool = True
    empty: tuple[str, ...] = ("n.a.", "n/a", "na", "not reported", "unknown", "missing", "-", "–", "?", ".")
    attributes: dict[str, Column]

    @field_validator("attributes", mode="before")
    @classmethod
    def _names_are_columns(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {name: {"column": each} if isinstance(each, str) else each for name, each in given.items()}

    def columns(self) -> tuple[str, ...]:
        """Every column that is named."""
        report = tuple(name for name in self.report.model_dump().values() if name)
        told = tuple(
            name for each in self.attributes.values() for name in (each.column, each.basis, each.quote) if name
        )
        return (*report, *((self.case,) if self.case else ()), *told)
