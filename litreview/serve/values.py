"""Values as people write them."""

from litreview.serve.visible import visible

_BEFORE = {">": "> ", "<": "< ", "~": "about "}


def written(value: object, qualifier: str = "=") -> str:
    """A value with its qualifier: `> 90`, `about 12`; empty for none."""
    if value is None or value == "":
        return ""
    text = number(value) if isinstance(value, int | float) else visible(str(value))
    return _BEFORE.get(qualifier, "") + text + (" (range)" if qualifier == "range" else "")


def number(value: object) -> str:
    """A number without a needless point, as exactly as anybody measures: six digits."""
    if isinstance(value, float):
        return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)
