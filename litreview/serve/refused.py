"""Pages that say why something was not given, in the looks of our other pages and with a way back."""

from __future__ import annotations

import traceback
from typing import Any

from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from litreview.serve.knowledge import all_knowledge
from litreview.serve.links import pooled_address
from litreview.serve.policy import is_ours

_TITLES = {
    400: "This cannot be asked",
    403: "Not without permission",
    404: "There is nothing here",
    405: "Not in this way",
}
_BROKEN = "Something went wrong here; the server's own output says more. Nothing was changed by it."


def concerns_us(datasette: Any, request: Any) -> bool:
    """Whether a page was asked for, not data, that is one of ours."""
    return not request.path.endswith((".json", ".csv")) and is_ours(datasette, request.path)


async def refused(datasette: Any, request: Any, exception: Exception) -> Response:
    """The page for an exception. What nobody foresaw is printed for who runs the server, and not shown."""
    if isinstance(exception, Base400):
        return await page(datasette, request, exception.status, str(exception.args[0]) if exception.args else "")
    if isinstance(exception, DatasetteError):
        # Datasette words some of its own as HTML, with script and style in it that our policy would not run.
        sentence = Markup(exception.message).striptags() if exception.message_is_html else str(exception.message)
        return await page(datasette, request, exception.status, sentence)
    traceback.print_exception(exception)
    return await page(datasette, request, 500, _BROKEN)


async def page(datasette: Any, request: Any, status: int, sentence: str) -> Response:
    """A page with one sentence."""
    served = all_knowledge(datasette)
    context = {
        "title": _TITLES.get(status, "This did not work"),
        "sentence": sentence,
        "tables": [(known.name, pooled_address(str(datasette.urls.database(known.name)))) for known in served],
    }
    html = await datasette.render_template("litreview/error.html", context, request=request)
    return Response.html(html, status=status)
