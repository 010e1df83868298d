"""Searches PubMed and brings every id home, also where a search has more than one answer may hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from lxml import etree

from litreview.errors import RemoteError, UsageError
from litreview.pubmed.client import Client, HistoryExpiredError

# ESearch gives at most this many PubMed ids, whatever retmax, retstart or history say.
LIMIT = 9_999

DateType = Literal["pdat", "edat", "crdt", "mdat"]
_TAGS: dict[str, str] = {"pdat": "dp", "edat": "edat", "crdt": "crdt", "mdat": "lr"}
_FIRST_DAY = date(1800, 1, 1)
_LAST_DAY = date(3000, 12, 31)
_LAST_UID = 999_999_999


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What PubMed answered: all ids, and how it understood the query.

    `query` is the query as sent (dates are in `dates`), `translation` PubMed's reading of it. `webenv` and `query_key`
    name the search in the server's history, where they expire after hours; they are empty for a search made of parts.
    """

    count: int
    ids: tuple[str, ...]
    translation: str
    query: str
    searched_at: datetime
    warnings: tuple[str, ...] = ()
    webenv: str = ""
    query_key: str = ""
    dates: tuple[tuple[str, str], ...] = ()


def search(
    client: Client,
    query: str,
    *,
    datetype: DateType = "edat",
    mindate: str = "",
    maxdate: str = "",
    reldate: int | None = None,
    limit: int = LIMIT,
) -> SearchAnswer:
    """Every id that answers `query`.

    Dates are `YYYY`, `YYYY/MM` or `YYYY/MM/DD` of the `datetype`; `reldate` takes the last so many days. Above `limit`
    hits the search is split by that date, and by id where one day has too many. Raises `RemoteError` where ids are
    missing in the end, `UsageError` for what is no date.
    """
    dates = _date_options(datetype, mindate, maxdate, reldate)
    part = _Part(query, dates)
    for _ in range(3):
        found = _first(client, part, limit)
        ids = _all_ids(client, part, found, datetype, limit)
        if len(ids) >= found.count:
            return replace(found, ids=ids) if found.count <= limit else _of_parts(found, ids)
    missing = found.count - len(ids)
    raise RemoteError(
        f"PubMed counts {found.count:,} records for the query, but gave {len(ids):,}: {missing:,} missing",
        hint="run the search again later; if it stays so, narrow the query or give a range of dates",
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A query with the date options it is sent with."""

    query: str
    dates: tuple[tuple[str, str], ...]

    def within(self, clause: str) -> "_Part":
        return replace(self, query=f"({self.query}) AND ({clause})")

    def outside(self, clause: str) -> "_Part":
        return replace(self, query=f"({self.query}) NOT ({clause})")


def _of_parts(found: SearchAnswer, ids: tuple[str, ...]) -> SearchAnswer:
    """The answer of a search that was split; no single kept search stands for it."""
    return replace(found, ids=ids, count=len(ids), webenv="", query_key="")


def _date_options(datetype: DateType, mindate: str, maxdate: str, reldate: int | None) -> tuple[tuple[str, str], ...]:
    if reldate is not None:
        return (("datetype", datetype), ("reldate", str(reldate)))
    if not mindate and not maxdate:
        return ()
    # ESearch ignores one of the two without the other.
    low, high = _date(mindate or "1800"), _date(maxdate or "3000")
    return (("datetype", datetype), ("mindate", low), ("maxdate", high))


def _date(text: str) -> str:
    """The date as ESearch wants it, which passes over any other in silence."""
    text = text.strip().replace("-", "/")
    if not re.fullmatch(r"\d{4}(/\d{1,2}){0,2}", text):
        raise UsageError(f"{text} is not a date", hint="give YYYY, YYYY/MM or YYYY/MM/DD")
    return text


def _first(client: Client, part: _Part, limit: int) -> SearchAnswer:
    root = _esearch(client, limit, term=part.query, usehistory="y", **dict(part.dates))
    count = root.findtext("Count", "")
    if not count.isdigit():
        raise RemoteError("esearch did not say how many records it found", hint="run the search again later")
    return SearchAnswer(
        count=int(count),
        ids=_ids(root),
        translation=root.findtext("QueryTranslation", ""),
        query=part.query,
        searched_at=client.now(),
        warnings=_warnings(root),
        webenv=root.findtext("WebEnv", ""),
        query_key=root.findtext("QueryKey", ""),
        dates=part.dates,
    )


def _esearch(client: Client, retmax: int, **params: str) -> etree._Element:
    return client.ask("esearch", ("eSearchResult",), db="pubmed", retmax=str(retmax), **params).root


def _all_ids(client: Client, part: _Part, found: SearchAnswer, kind: DateType, limit: int) -> tuple[str, ...]:
    if found.count <= limit:
        return _pages(client, found)
    return tuple(dict.fromkeys(_by_date(client, part, found, kind, limit)))


def _pages(client: Client, found: SearchAnswer) -> tuple[str, ...]:
    """The ids of one search, from its history where the first answer did not hold them all."""
    ids = dict.fromkeys(found.ids)
    while len(ids) < found.count and found.webenv:
        before = len(ids)
        try:
            ids |= dict.fromkeys(_page(client, found, start=before))
        except HistoryExpiredError:
            break
        if len(ids) == before:
            break
    return tuple(ids)


def _page(client: Client, found: SearchAnswer, start: int) -> tuple[str, ...]:
    kept = {"term": found.query, "WebEnv": found.webenv, "query_key": found.query_key}
    return _ids(_esearch(client, found.count - start, retstart=str(start), usehistory="y", **kept))


def _by_date(client: Client, part: _Part, found: SearchAnswer, kind: DateType, limit: int) -> Iterator[str]:
    """Ids by halved ranges of days, then those that have no such date at all."""
    seen: set[str] = set()
    for pmid in _days(client, part, kind, _FIRST_DAY, _LAST_DAY, limit):
        seen.add(pmid)
        yield pmid
    if len(seen) < found.count:
        undated = part.outside(_range(_TAGS[kind], _FIRST_DAY, _LAST_DAY))
        yield from _complete(client, undated, limit) or ()


def _days(client: Client, part: _Part, kind: DateType, first: date, last: date, limit: int) -> Iterator[str]:
    slice_ = part.within(_range(_TAGS[kind], first, last))
    if first == last:
        yield from _complete(client, slice_, limit)
        return
    found = _first(client, slice_, limit)
    if found.count <= limit:
        yield from _settled(client, slice_, found, limit)
        return
    middle = _middle(first, last, client.now().date())
    yield from _days(client, part, kind, first, middle, limit)
    yield from _days(client, part, kind, middle + timedelta(days=1), last, limit)


def _middle(first: date, last: date, today: date) -> date:
    """Half way, but a range that ends after today is first cut at today, since few records lie behind it."""
    if first <= today < last:
        return today
    return first + (last - first) // 2


def _range(tag: str, first: date, last: date) -> str:
    return f'"{first:%Y/%m/%d}"[{tag}] : "{last:%Y/%m/%d}"[{tag}]'


def _complete(client: Client, part: _Part, limit: int) -> tuple[str, ...]:
    """The ids of a part, halved by id where there are too many."""
    return tuple(_uids(client, part, 1, _LAST_UID, limit))


def _uids(client: Client, part: _Part, low: int, high: int, limit: int) -> Iterator[str]:
    slice_ = part if (low, high) == (1, _LAST_UID) else part.within(f"{low}:{high}[uid]")
    found = _first(client, slice_, limit)
    if found.count <= limit or low == high:
        yield from _settled(client, slice_, found, limit)
        return
    # The middle one of the ids that were given always leaves some on both sides.
    seen = sorted(int(pmid) for pmid in found.ids)
    middle = seen[(len(seen) - 1) // 2] if seen else (low + high) // 2
    middle = min(max(middle, low), high - 1)
    yield from _uids(client, part, low, middle, limit)
    yield from _uids(client, part, middle + 1, high, limit)


def _settled(client: Client, part: _Part, found: SearchAnswer, limit: int) -> tuple[str, ...]:
    """The ids of a part that fits one answer; asked a second time where some are missing."""
    ids = _pages(client, found)
    return ids if len(ids) >= found.count else _pages(client, _first(client, part, limit))


def _ids(root: etree._Element) -> tuple[str, ...]:
    return tuple(text for node in root.iterfind("IdList/Id") if (text := (node.text or "").strip()))


def _warnings(root: etree._Element) -> tuple[str, ...]:
    """What PubMed did not find or did not use, as `PhraseNotFound: words`."""
    nodes = [*root.iterfind("ErrorList/*"), *root.iterfind("WarningList/*")]
    return tuple(f"{node.tag}: {(node.text or '').strip()}" for node in nodes if isinstance(node.tag, str))
