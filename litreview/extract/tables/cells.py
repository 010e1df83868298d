"""What a table's cell says where it says nothing: blanks, dashes and marks for what is not reported."""

import re
from collections.abc import Iterable

Legend = Iterable[tuple[str, str, object]]

_DASHES = re.compile(r"[\s\-–—−_.…·/?]*")
_TWO_SIGNS = re.compile(r"[-–—−]\s*/\s*[-–—−]")  # "−/−" is an answer where "+/−" may stand
_MARKS = re.compile(
    r"\(?(?:n\s?\.?\s?/?\s?[adkrestu]\s?\.?|n/?/?av(?:ail)?\.?|unk\.?|unkn\.?|k\.\s?a\.?|s/d)\)?", re.IGNORECASE
)
_MEANS_MISSING = re.compile(
    r"""\b(?:not|un|non|no)[\s-]*(?:yet\s+)?(?:further\s+)?(?:reported|available|applicable|known|determined|done|stated|specified
    |mentioned|assessed|assessable|evaluated|evaluable|measured|tested|given|provided|described|documented|recorded|reached
    |performed|indicated|disclosed|published|required|relevant|data|information|details)\b
    |^\s*(?:missing|unknown|unspecified|unreported|unavailable|insufficient\s+(?:data|information)|nicht\s+\w+|no\s+(?:reportado|disponible|aplica))""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_RESPONSE = re.compile(r"\b(?:resp\b|respon[sd]\w*|remission|efficacy|outcome|effect|result)\b", re.IGNORECASE)
_MEANS_NO_RESPONSE = re.compile(r"\b(?:no|non|not)[\s-]*respon", re.IGNORECASE)
_FEW = 3  # words, of a cell that says no more than that something is missing
_NO_RESPONSE = re.compile(r"\bn\.?r\.?", re.IGNORECASE)


def is_missing(words: str, legend: Legend = (), header: str = "") -> bool:
    """Whether a cell's words say that nothing is known.

    The table's own legend decides over what a mark usually means ("NR, no response"). Without one, "NR" under a header
    about response is an answer. "No" and "none" are answers.
    """
    bare = " ".join(words.split()).strip("()[] ")
    for mark, meaning, _ in legend:
        if mark.casefold() == bare.casefold():
            either = _MEANS_NO_RESPONSE.search(meaning) and _ABOUT_RESPONSE.search(header)
            return bool(_MEANS_MISSING.search(meaning)) and not either
    if _DASHES.fullmatch(bare) and not _TWO_SIGNS.fullmatch(bare):
        return True
    if _NO_RESPONSE.fullmatch(bare) and _ABOUT_RESPONSE.search(header):
        return False
    return bool(_MARKS.fullmatch(bare)) or (len(bare.split()) <= _FEW and bool(_MEANS_MISSING.search(bare)))
