"""The addresses of our own pages, files and forms, and what answers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litreview.serve.acts import act_view
from litreview.serve.arrange import ARRANGED
from litreview.serve.downloads import export_view, filtered_view
from litreview.serve.pages import (
    agreement_view,
    case_view,
    changed_view,
    decisions_view,
    differences_view,
    patient_view,
    queue_view,
    report_view,
    tasks_view,
    texts_view,
)
from litreview.serve.signing import sign_in_view
from litreview.serve.wide import wide_view

_DATABASE = r"/(?P<database>[^\/\.]+)/-"


def routes() -> list[tuple[str, Callable[..., Any]]]:
    """Datasette has no page below `/<database>/-/`; of its own only those of the wide tables are taken over."""
    return [
        (rf"/(?P<database>[^\/\.]+)/(?P<table>{'|'.join(ARRANGED)})(\.(?P<format>\w+))?$", wide_view),
        (rf"{_DATABASE}/case/(?P<name>[^/]+)$", case_view),
        (rf"{_DATABASE}/report/(?P<name>[^/]+)$", report_view),
        (rf"{_DATABASE}/patient/(?P<name>[^/]+)$", patient_view),
        (rf"{_DATABASE}/queue$", queue_view),
        (rf"{_DATABASE}/decisions$", decisions_view),
        (rf"{_DATABASE}/changed$", changed_view),
        (rf"{_DATABASE}/tasks$", tasks_view),
        (rf"{_DATABASE}/differences$", differences_view),
        (rf"{_DATABASE}/agreement$", agreement_view),
        (rf"{_DATABASE}/texts$", texts_view),
        (rf"{_DATABASE}/export/(?P<what>\w+)(?P<suffix>\.\w+)$", export_view),
        (rf"{_DATABASE}/filtered/(?P<what>\w+)(?P<suffix>\.\w+)$", filtered_view),
        (rf"{_DATABASE}/act/(?P<act>\w+)$", act_view),
        (r"/-/litreview/sign-in$", sign_in_view),
    ]
