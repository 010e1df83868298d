"""Our own pages: cases, reports, patients, what waits for a person, what was decided, and the search of texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from litreview.serve.acts import warm_up
from litreview.serve.addresses import allowed, known_of
from litreview.serve.forms import fields
from litreview.serve.knowledge import Knowledge
from litreview.serve.labels import words
from litreview.serve.links import outside, page
from litreview.serve.people import may_decide, viewer_of
from litreview.serve.reading import read

Query = Callable[[sqlite3.Connection], object | None]


async def case_view(datasette: Any, request: Any) -> Response:
    """The page of a case."""
    from litreview.serve.course import read_case

    return await _named(datasette, request, "case", ("cases", "findings", "evidence"), read_case)


async def report_view(datasette: Any, request: Any) -> Response:
    """The page of a report."""
    from litreview.serve.beside import read_report

    return await _named(datasette, request, "report", ("records", "cases"), read_report)


async def patient_view(datasette: Any, request: Any) -> Response:
    """The page of a patient."""
    from litreview.serve.beside import read_patient

    return await _named(datasette, request, "patient", ("patients", "cases"), read_patient)


async def queue_view(datasette: Any, request: Any) -> Response:
    """What waits for a person."""
    from litreview.serve.waiting import read_queue

    known, _ = known_of(datasette, request)
    kind, start = request.args.get("kind") or "", _count(request.args.get("start"))
    return await _page(datasette, request, known, "queue", ("queue",), lambda it: read_queue(it, known, kind, start))


async def decisions_view(datasette: Any, request: Any) -> Response:
    """What was decided, the latest first."""
    from litreview.serve.history import latest

    known, _ = known_of(datasette, request)
    return await _page(datasette, request, known, "decisions", ("decisions",), latest)


async def tasks_view(datasette: Any, request: Any) -> Response:
    """A reviewer's reports where two decide on their own."""
    from litreview.serve.reviewed import read_tasks

    known, _ = known_of(datasette, request)
    viewer = await viewer_of(datasette, request.actor, known)
    return await _page(datasette, request, known, "tasks", ("records",), lambda it: read_tasks(it, viewer))


async def differences_view(datasette: Any, request: Any) -> Response:
    """Where two reviewers differ, for a third to settle."""
    from litreview.serve.reviewed import read_differences

    known, _ = known_of(datasette, request)
    return await _page(datasette, request, known, "differences", ("decisions",), lambda it: read_differences(it, known))


async def agreement_view(datasette: Any, request: Any) -> Response:
    """How far reviewers, sources and the machine agree."""
    from litreview.serve.reviewed import read_agreement

    known, _ = known_of(datasette, request)
    return await _page(datasette, request, known, "agreement", ("decisions",), lambda _: read_agreement(known))


async def figures_view(datasette: Any, request: Any) -> Response:
    """Every figure of the pooled summary, each with the cases it counts."""
    from litreview.serve.figures import read_figures

    known, base = known_of(datasette, request)
    tables = ("patients", "cases", "findings")
    return await _page(datasette, request, known, "figures", tables, lambda _: read_figures(known, base))


async def changed_view(datasette: Any, request: Any) -> Response:
    """What a version of the review has that the one before had not; the last one, or `?version=`."""
    from litreview.serve.news import read_news

    known, _ = known_of(datasette, request)
    version = _count(request.args.get("version"))
    return await _page(datasette, request, known, "changed", ("changes",), lambda it: read_news(it, known, version))


async def texts_view(datasette: Any, request: Any) -> Response:
    """Where in the texts some words stand."""
    from litreview.serve.texts import find

    known, _ = known_of(datasette, request)
    asked = (request.args.get("q") or "").strip()
    return await _page(datasette, request, known, "texts", ("cases",), lambda it: find(it, asked))


async def _named(
    datasette: Any,
    request: Any,
    kind: str,
    tables: tuple[str, ...],
    query: Callable[[sqlite3.Connection, str, Knowledge, str], object | None],
) -> Response:
    known, _ = known_of(datasette, request)
    name, viewer = tilde_decode(request.url_vars["name"]), await viewer_of(datasette, request.actor, known)
    return await _page(datasette, request, known, kind, tables, lambda it: query(it, name, known, viewer), name)


async def _page(
    datasette: Any,
    request: Any,
    known: Knowledge,
    kind: str,
    tables: tuple[str, ...],
    query: Query,
    name: str = "",
) -> Response:
    await allowed(datasette, request, known, tables)
    found = await read(datasette, known, query)
    if found is None:
        raise NotFound(f"There is no {kind} {name}")
    deciding = await may_decide(datasette, request.actor, known)
    if deciding:
        warm_up()
    context = {
        "database": known.name,
        "known": known,
        "base": str(datasette.urls.database(known.name)),
        "it": found,
        "page": page,
        "outside": outside,
        "label": words,
        "deciding": deciding,
        "fields": fields(known.topic) if deciding else {},
        "from_page": kind,
        "from_name": name,
    }
    template = f"litreview/{kind}.html"
    return Response.html(
        await datasette.render_template(template, context, request=request, view_name=f"litreview-{kind}")
    )


def _count(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 9 else 0
