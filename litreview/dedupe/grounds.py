"""What facts of print prove: one place, another place, a slip of the pen."""

from collections.abc import Callable

from litreview.dedupe.compare import Comparison, same_abstract

FRONT = 20  # the first pages of an issue: columns of one name and author begin on the same page each time
TOGETHER = frozenset({"DOI", "volume", "first page"})  # what two reports of one name do not share


def is_one_place(found: Comparison) -> bool:
    """One page of one volume, or of what must be one volume; many journals begin every issue with page 1."""
    if "first page" not in found.agree or found.differ & {"journal", "volume"}:
        return False
    if "issue" in found.differ and found.pages != "range" and (found.page < FRONT or "DOI" in found.differ):
        return False
    return "volume" in found.agree or {"journal", "year"} <= found.agree


def is_whole(found: Comparison) -> bool:
    """Both ends of more than a page, in one volume: what two reports never share, but for pages counted from 1."""
    volume = "volume" in found.agree or ({"journal", "year"} <= found.agree and "volume" not in found.differ)
    return found.pages == "range" and found.page > 1 and volume


def is_same_column(found: Comparison) -> bool:
    """Of what has a name like "Editorial", or comes again and again, every sign of the place has to agree."""
    if (
        found.title not in ("same", "alike", "part")
        or found.pages not in ("range", "first")
        or found.authors == "other"
    ):
        return False
    far = found.page >= FRONT
    slip = {"year", "issue"} if far and is_whole(found) else {"year"}
    certain = far or bool({"issue", "DOI"} & found.agree)
    return certain and not found.differ - slip and "volume" in found.agree


def is_elsewhere(found: Comparison) -> bool:
    """Two places in print, and not only two ways of giving one: a column of one name, or the subject taken up again."""
    if "journal" in found.differ:
        return bool(found.differ & {"volume", "first page"})
    moved = "volume" in found.differ and bool(found.differ & {"first page", "issue"})
    return moved and ("year" not in found.agree or "DOI" in found.differ)


def is_consistent(found: Comparison) -> bool:
    """Nothing speaks against it, and enough for it: the less title and authors prove, the more the rest must."""
    if found.differ:
        return False
    issued = {"journal", "year"} <= found.agree
    if found.authors == "same" and found.title == "same":
        early = "journal" in found.agree and not found.placed
        return early or "year" in found.agree or bool(TOGETHER & found.agree)
    if found.title == "same":
        return issued or ("journal" in found.agree and found.authors == "some")
    return found.authors == "same" and (issued or bool({"volume", "first page"} & found.agree))


def is_one_slip(found: Comparison) -> bool:
    """A single fact of print differs, and the others make it a slip of the pen."""
    if found.authors != "same" or found.title == "part" or len(found.differ) != 1:
        return False
    (fact,) = found.differ
    return _SLIPS[fact](found)


def _journal(found: Comparison) -> bool:
    """A journal by its translated name, or a meeting by two of its names."""
    meeting = found.one.proceedings and found.other.proceedings and "year" in found.agree
    return "first page" in found.agree or {"volume", "issue", "year"} <= found.agree or meeting


def _page(found: Comparison) -> bool:
    """Not of like titles: of two papers in one issue, one may be on men and the other on women."""
    issue = {"volume", "issue", "journal"} <= found.agree and found.title == "same"
    return issue or same_abstract(found.one, found.other)


_SLIPS: dict[str, Callable[[Comparison], bool]] = {
    "volume": lambda found: "first page" in found.agree,
    "journal": _journal,
    "year": lambda found: {"volume", "journal"} <= found.agree,
    "first page": _page,
    "PMID": lambda found: "journal" in found.agree,
    "DOI": lambda found: False,
    "issue": lambda found: False,
}
