"""Libraries that an optional part needs, asked for where they are used, with the line that installs them."""

from importlib import import_module
from typing import Any

from litreview.errors import UsageError


def need(module: str, extra: str) -> Any:
    """The module; `UsageError` with the pip line where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise UsageError(
            f"this needs {package}, which is not installed", hint=f"pip install 'litreview[{extra}]'"
        ) from error
