"""How many patients had been reported by the end of each year."""

from litreview.export.pictures.chart import colour_scale, library, nothing, rows_of, to_svg
from litreview.export.table import Table


def draw(table: Table) -> str:
    """The picture as SVG: stacked bars by group, the total above each."""
    if not (rows := rows_of(table)):
        return nothing("Published patients", "There are no patients with a year of publication.")
    alt = library()
    groups = sorted({row["group"] for row in rows}, key=lambda group: (group == "not reported", group))
    totals: dict[int, int] = {}
    for row in rows:
        totals[row["year"]] = totals.get(row["year"], 0) + row["cumulative"]
    x = alt.X("year:O", title="Year of publication", axis=alt.Axis(labelAngle=0))
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(stroke="#ffffff", strokeWidth=0.8)
        .encode(
            x=x,
            y=alt.Y("cumulative:Q", title="Patients, cumulative", axis=alt.Axis(gridColor="#dddddd", tickMinStep=1)),
            color=alt.Color("group:N", scale=colour_scale(alt, groups), sort=groups, title=None),
            order=alt.Order("group:N"),
        )
    )
    above = (
        alt.Chart(alt.Data(values=[{"year": year, "total": total} for year, total in totals.items()]))
        .mark_text(dy=-7, fontSize=11)
        .encode(x=x, y="total:Q", text="total:Q")
    )
    title = alt.Title(
        "Published patients",
        subtitle=f"{max(totals.values(), default=0)} unique patients by year of their first report",
    )
    return to_svg(alt.layer(bars, above).properties(width=max(len(totals), 4) * 52, height=300, title=title))
