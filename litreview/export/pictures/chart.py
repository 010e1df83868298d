"""What the charts have in common: letters, colours that colour-blind readers tell apart, and the way to SVG."""

from collections.abc import Sequence
from typing import Any

from litreview.export.extras import need
from litreview.export.pictures.svg import FONT, INK, page, text
from litreview.export.table import Table

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999", "#f0e442")
"""After Okabe and Ito: told apart with any colour vision; the shapes beside them also without colour."""

SHAPES = ("triangle-up", "cross", "diamond", "circle", "square", "triangle-down")


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The table's rows by column."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.plain_rows()]


def library() -> Any:
    """Altair; `UsageError` with the pip line where it is not installed."""
    return need("altair", "plots")


def to_svg(chart: Any) -> str:
    """A chart of Altair as SVG, drawn here: nothing is fetched."""
    converter = need("vl_convert", "plots")
    styled = (
        chart.configure(font=FONT, background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK, labelFontSize=11, titleFontSize=12, labelLimit=260)
        .configure_legend(labelColor=INK, titleColor=INK, labelFontSize=11, titleFontSize=12)
        .configure_title(color=INK, fontSize=14, subtitleFontSize=11, anchor="start", offset=10)
    )
    return str(converter.vegalite_to_svg(styled.to_json(), allowed_base_urls=[]))


def colour_scale(alt: Any, groups: Sequence[str]) -> Any:
    """A colour for each group, in the order given; grey for what is not reported."""
    known = [group for group in groups if group != "not reported"]
    colours = [COLOURS[place % (len(COLOURS) - 2)] for place in range(len(known))]
    return alt.Scale(domain=[*known, "not reported"][: len(groups)], range=[*colours, "#999999"][: len(groups)])


def nothing(title: str, why: str) -> str:
    """A picture that says that there is nothing to be drawn."""
    return page(420, 70, [text(10, 26, title, bold=True), text(10, 50, why)], title=title)
