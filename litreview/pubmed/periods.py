"""The days that a date in a query stands for."""

import re
from datetime import date, timedelta


def period(text: str, today: date) -> tuple[int, int] | None:
    """First and last day of `2018`, `2018/05`, `2018/05/01` or `last 5 years`; `None` where it is no date."""
    text = text.strip().strip('"')
    if relative := re.fullmatch(r"last (\d+) (day|month|year)s?", text.lower()):
        return _number(_before(today, int(relative.group(1)), relative.group(2))), _number(today)
    match = re.fullmatch(r"(\d{1,4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?", text)
    if match is None:
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    return (
        (year or 0) * 10_000 + (month or 1) * 100 + (day or 1),
        (year or 0) * 10_000 + (month or 12) * 100 + (day or 31),
    )


def _before(today: date, amount: int, unit: str) -> date:
    if unit == "day":
        return today - timedelta(days=min(amount, today.toordinal() - 1))
    months = today.year * 12 + today.month - 1 - amount * (12 if unit == "year" else 1)
    return date(max(months // 12, 1), months % 12 + 1, min(today.day, 28))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
