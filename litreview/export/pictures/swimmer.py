"""A lane for each patient: how long they were followed, and what happened when."""

from litreview.export.pictures.chart import SHAPES, colour_scale, library, nothing, rows_of, to_svg
from litreview.export.table import Table

_LANE = 15  # pixels
_FOLLOWED = "followed"
_DAYS = 30.4  # of a month


def draw(table: Table) -> str:
    """The picture as SVG: the longest lane at the top, grouped by colour; marks differ by shape."""
    if not (rows := rows_of(table)):
        return nothing("Courses of patients", "No patient has a known length of follow-up.")
    alt, rows = library(), [{**row, "month": row["day"] / _DAYS, "lane": _lane(row)} for row in rows]
    lanes = sorted((row for row in rows if row["what"] == _FOLLOWED), key=lambda row: (row["group"], -row["month"]))
    marks = [row for row in rows if row["what"] != _FOLLOWED]
    order, groups = [row["lane"] for row in lanes], sorted({row["group"] for row in lanes})
    kinds = list(dict.fromkeys(row["what"] for row in sorted(marks, key=lambda row: str(row["what"]))))
    axis = alt.Axis(labelExpr="split(datum.label, '\\t')[0]", ticks=False, domain=False)
    y = alt.Y("lane:N", sort=order, title=None, axis=axis)
    bars = (
        alt.Chart(alt.Data(values=lanes))
        .mark_bar(height=_LANE * 0.6)
        .encode(
            y=y,
            x=alt.X(
                "month:Q",
                title="Months from the start of the intervention",
                scale=alt.Scale(nice=False),
                axis=alt.Axis(grid=True, gridColor="#dddddd"),
            ),
            color=alt.Color("group:N", scale=colour_scale(alt, groups), title=None),
        )
    )
    points = (
        alt.Chart(alt.Data(values=marks))
        .mark_point(size=48, filled=True, color="#000000", stroke="#ffffff", strokeWidth=0.8, opacity=1)
        .encode(
            y=y,
            x="month:Q",
            shape=alt.Shape("what:N", scale=alt.Scale(domain=kinds, range=list(SHAPES[: len(kinds)])), title=None),
        )
    )
    title = alt.Title("Courses of patients", subtitle=f"{len(lanes)} patients with a known length of follow-up")
    layered = alt.layer(bars, points).resolve_scale(color="independent", shape="independent")
    return to_svg(layered.properties(width=520, height=max(len(lanes), 1) * _LANE, title=title))


def _lane(row: dict[str, object]) -> str:
    """The label, and behind a tab what keeps two of the same label apart."""
    return f"{row['report'] or row['patient_id']}\t{row['patient_id']}"
