"""Decided values from text to the attribute's own type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litreview.errors import UsageError
from litreview.model.case import Value

if TYPE_CHECKING:
    from litreview.model.topic import Attribute


def typed(text: str, attribute: Attribute) -> tuple[Value, ...]:
    """A decided value as the attribute keeps it: none for empty, a list's items apart.

    Raises `UsageError` for what the attribute cannot be.
    """
    if not text.strip():
        return ()
    if attribute.type == "list":
        return tuple(dict.fromkeys(item.strip() for item in text.split(";") if item.strip()))
    if attribute.type in ("number", "integer"):
        return (_number(text, attribute),)
    if attribute.type == "category" and attribute.vocabulary and text.strip() not in attribute.vocabulary:
        raise UsageError(
            f"{text.strip()} is not a value of {attribute.name}", hint=f"one of: {', '.join(attribute.vocabulary)}"
        )
    return (text.strip(),)


def joined(values: tuple[Value, ...]) -> str:
    """Values as one text, as `decisions` keeps them: whole numbers without a point."""
    return "; ".join(str(int(one)) if isinstance(one, float) and one.is_integer() else str(one) for one in values)


def _number(text: str, attribute: Attribute) -> Value:
    try:
        number = float(text)
        if attribute.type == "integer":
            return int(text)
    except ValueError as error:
        raise _no_number(text, attribute) from error
    if number - number != 0:  # not finite: "nan", "inf"
        raise _no_number(text, attribute)
    return number


def _no_number(text: str, attribute: Attribute) -> UsageError:
    kind = "whole number" if attribute.type == "integer" else "number"
    unit = f" of {attribute.unit}" if attribute.unit else ""
    return UsageError(f"{text!r} is not a {kind}", hint=f"{attribute.name} is a {kind}{unit}")
