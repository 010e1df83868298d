"""How one document writes its numbers and dates, told from the ones that leave no doubt."""

import re
from dataclasses import dataclass
from functools import lru_cache

from litreview.extract.amounts.letters import fold
from litreview.model.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Habit:
    """What points and commas mean in a document, and which comes first in 03/04/2020.

    `decimal_comma`: "4,7" is a decimal. `point_groups`: "142.000" is a hundred and forty-two thousand. `day_first` is
    `None` where no date tells.
    """

    decimal_comma: bool = False
    point_groups: bool = False
    day_first: bool | None = None

    def groups_points(self, text: str, printed: str, end: int) -> bool:
        """Whether the points of `printed`, which ends at `end`, part thousands rather than decimals."""
        if self.point_groups or printed.count(".") > 1 or "," in printed:
            return True
        return bool(_PER_VOLUME.match(text, end))


_PER_VOLUME = re.compile(r"\s*(?:/|per\s)\s*(?:µ[lL]|[uµ]l|uL|mm|cmm|cumm|mcl)", re.IGNORECASE)
_UNIT = r"\s?(?:%|‰|g/|mg/|g\s?%|mmol|years?|Jahre|Monate|months?|años|anos|ans\b|[x×]\s?10)"
_DECIMAL_COMMA = Pattern(rf"(?<![\d.,])\d{{1,3}},\d{{1,2}}(?=(?:{_UNIT}))")
_POINT_GROUPS = Pattern(
    r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,}(?!\d)|(?<![\d.,])[1-9]\d{0,2}\.\d00(?=\s*(?:/|per\b|to\b|-|$|[a-z]))"
    r"|(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?=\s*(?:/|per\s)\s*(?:[uµ]l|mm|cmm))"
)
_NUMERIC_DATE = Pattern(r"(?<!\d)(\d\d?)(?:(/)(\d\d?)/|(\.)(\d\d?)\.|(-)(\d\d?)-)(?:\d{4}|\d\d)(?!\d)")


@lru_cache(maxsize=16)
def habit(text: str) -> Habit:
    """The habit of a document, from its whole text."""
    folded = fold(text)
    return Habit(
        decimal_comma=bool(_DECIMAL_COMMA.search(folded)),
        point_groups=bool(_POINT_GROUPS.search(folded)),
        day_first=_day_first(folded),
    )


def _day_first(text: str) -> bool | None:
    """Dates with a part above 12 decide; dates with points are day first."""
    votes = 0
    for first, separator, second in (filter(None, match.groups()) for match in _NUMERIC_DATE.finditer(text)):
        votes += (int(first) > 12) - (int(second) > 12) + (separator == ".")
    return votes > 0 if votes else None
