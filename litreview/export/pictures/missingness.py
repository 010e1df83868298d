"""A map of what is reported: a row an attribute, a column a patient."""

from collections import Counter

from litreview.export.pictures.chart import library, nothing, rows_of, to_svg
from litreview.export.table import Table

_CELL = 12  # pixels
_WIDEST = 760


def draw(table: Table) -> str:
    """The picture as SVG: attributes and patients that are told most of come first."""
    if not (rows := rows_of(table)):
        return nothing("What is reported", "There are no patients.")
    alt = library()
    told, of = (
        Counter(row["attribute"] for row in rows if row["reported"] == "yes"),
        Counter(row["attribute"] for row in rows),
    )
    by_patient = Counter(row["patient_id"] for row in rows if row["reported"] == "yes")
    attributes = sorted(of, key=lambda name: (-told[name], list(of).index(name)))
    patients = sorted({row["patient_id"] for row in rows}, key=lambda one: (-by_patient[one], str(one)))
    labels = {name: f"{str(name).replace('_', ' ')}  {told[name]}/{of[name]}" for name in attributes}
    cells = [
        {"patient": patients.index(row["patient_id"]), "label": labels[row["attribute"]], "reported": row["reported"]}
        for row in rows
    ]
    width = min(_WIDEST, max(len(patients), 1) * _CELL)
    chart = (
        alt.Chart(alt.Data(values=cells))
        .mark_rect(stroke="#ffffff", strokeWidth=0.6 if width < _WIDEST else 0)
        .encode(
            x=alt.X("patient:O", title="Patients", axis=alt.Axis(labels=False, ticks=False, domain=False)),
            y=alt.Y(
                "label:N",
                sort=[labels[name] for name in attributes],
                title=None,
                axis=alt.Axis(ticks=False, domain=False),
            ),
            color=alt.Color(
                "reported:N", scale=alt.Scale(domain=["yes", "no"], range=["#0072b2", "#e8e8e8"]), title="Reported"
            ),
        )
        .properties(
            width=width,
            height=max(len(attributes), 1) * _CELL,
            title=alt.Title(
                "What is reported",
                subtitle=f"{len(patients)} patients; behind each attribute for how many it is reported",
            ),
        )
    )
    return to_svg(chart)
