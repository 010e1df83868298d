"""Shares with their intervals: a line for each report, a diamond for what is pooled, then the subgroups."""

from typing import Any

from litreview.export.pictures.chart import library, nothing, rows_of, to_svg
from litreview.export.table import Table

_LINE = 16  # pixels
_BOLD = {
    "condition": {"test": "datum.index >= 0 && indexof(datum.label, '\\tBy ') > 0", "value": "bold"},
    "value": "normal",
}


def draw(table: Table) -> str:
    """The first of the table's shares as SVG; squares grow with the patients they stand for."""
    if not (rows := rows_of(table)):
        return nothing("Shares by report", "There is no share to be shown.")
    alt = library()
    title = rows[0]["title"]
    lines = _lines([row for row in rows if row["title"] == title])
    order = [line["key"] for line in lines]
    y = alt.Y(
        "key:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\t')[1]",
            labelFontWeight=_BOLD,
            ticks=False,
            domain=False,
            labelFontSize=11,
            labelPadding=10,
        ),
    )
    x = alt.X(
        "share:Q",
        title="Share of patients (95 % interval)",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format="%", gridColor="#dddddd"),
    )
    shown = [line for line in lines if line["of"]]
    base = alt.Chart(alt.Data(values=shown))
    whiskers = base.mark_rule(color="#1a1a1a").encode(y=y, x=x, x2="high:Q").transform_calculate(share="datum.low")
    squares = (
        base.transform_filter("datum.by == 'report'")
        .mark_square(color="#0072b2", opacity=1)
        .encode(y=y, x=x, size=alt.Size("of:Q", scale=alt.Scale(range=[18, 150]), legend=None))
    )
    diamonds = (
        base.transform_filter("datum.by != 'report'")
        .mark_point(shape="diamond", filled=True, size=110, color="#d55e00", opacity=1)
        .encode(y=y, x=x)
    )
    heads = alt.Chart(alt.Data(values=lines)).mark_point(opacity=0).encode(y=y)
    words = (
        alt.Chart(alt.Data(values=lines))
        .mark_text(align="left", fontSize=11)
        .encode(y=alt.Y("key:N", sort=order, axis=None), text="words:N", x=alt.value(4))
        .properties(width=150, height=len(lines) * _LINE)
    )
    left = alt.layer(heads, whiskers, squares, diamonds).properties(width=380, height=len(lines) * _LINE)
    note = "Exact intervals for reports; pooled over reports (random effects). Squares: reports, diamonds: pooled."
    return to_svg(alt.hconcat(left, words, spacing=4).properties(title=alt.Title(str(title), subtitle=note)))


def _lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Reports, then all, then each kind of subgroup under its name, with a key that keeps them apart."""
    lines: list[dict[str, Any]] = []
    for by in dict.fromkeys(row["by"] for row in rows):
        if by not in ("report", "all"):
            lines.append(_line(len(lines), by, f"By {str(by).replace('_', ' ')}", {}))
        lines += [_line(len(lines) + n, by, row["label"], row) for n, row in enumerate(rows_by(rows, by))]
    return lines


def rows_by(rows: list[dict[str, Any]], by: Any) -> list[dict[str, Any]]:
    """The rows of one kind."""
    return [row for row in rows if row["by"] == by]


def _line(place: int, by: Any, label: Any, row: dict[str, Any]) -> dict[str, Any]:
    words = f"{row['n']}/{row['of']}  {row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%})" if row else ""
    told = {name: row.get(name) for name in ("n", "of", "share", "low", "high")}
    return {"key": f"{place:04d}\t{label}", "by": by, "words": words} | told
