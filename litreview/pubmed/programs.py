"""What each E-utility answers over a collection: parameters in, status and body out."""

import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from litreview.pubmed import replies
from litreview.pubmed.collection import LINK_NAMES, Collection
from litreview.pubmed.fields import ALL_FIELDS, FIELDS, Field, field_of
from litreview.pubmed.query import read
from litreview.pubmed.tree import Between, Combined, Node, Query, Term

DATABASES = ("pubmed", "pmc")
_DATES = {"pdat": "dp", "edat": "edat", "crdt": "crdt", "mdat": "lr", "mhda": "mhda"}


@dataclass(frozen=True, slots=True)
class Response:
    """What goes over the wire."""

    status: int
    body: bytes
    content_type: str = "text/xml; charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()


class RefusedError(Exception):
    """A request that E-utilities answer with an `<ERROR>`; it never leaves this room."""

    def __init__(self, message: str, status: int = 200) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """The parameters of one request, each with all its values in order."""

    program: str
    method: str
    params: Mapping[str, Sequence[str]]

    def __call__(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next(iter(self.params.get(name, ())), default).strip()

    def number(self, name: str, default: int) -> int:
        """A parameter that is a whole number; one that is not is as good as absent, as at NCBI."""
        text = self(name)
        return int(text) if re.fullmatch(r"\d{1,9}", text) else default

    @property
    def ids(self) -> list[str]:
        """All ids, of one comma list or of several parameters."""
        return [text.strip() for value in self.params.get("id", ()) for text in value.split(",") if text.strip()]


@dataclass(slots=True)
class History:
    """The searches that are kept, by environment and query key."""

    _kept: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, webenv: str, ids: tuple[str, ...]) -> tuple[str, int]:
        """Keep a search, in the environment that is named if it is known, and say where."""
        with self._lock:
            name = webenv if webenv in self._kept else f"MCID_{secrets.token_hex(12)}"
            self._kept.setdefault(name, []).append(ids)
            return name, len(self._kept[name])

    def recall(self, webenv: str, key: str) -> tuple[str, ...]:
        """A kept search; refused as NCBI refuses one that has expired."""
        with self._lock:
            searches = self._kept.get(webenv, [])
            if not (key.isdigit() and 0 < int(key) <= len(searches)):
                raise RefusedError(f"Unable to obtain query #{key}")
            return searches[int(key) - 1]

    def forget(self) -> None:
        """Let every search expire."""
        with self._lock:
            self._kept.clear()


class Programs:
    """E-utilities over one collection.

    `limit` is the number of PubMed ids that one search may give, whatever is asked; `mapping` the automatic term
    mapping as `query.read` takes it.
    """

    def __init__(self, collection: Collection, *, limit: int = 9_999, mapping: Mapping[str, str] | None = None) -> None:
        self.collection = collection
        self.history = History()
        self._limit = limit
        self._mapping = mapping or {}
        self._programs: dict[str, tuple[str, Callable[[Request], bytes]]] = {
            "esearch.fcgi": ("eSearchResult", self._search),
            "efetch.fcgi": ("eFetchResult", self._fetch),
            "epost.fcgi": ("ePostResult", self._post),
            "elink.fcgi": ("eLinkResult", self._link),
            "esummary.fcgi": ("eSummaryResult", self._summarise),
            "einfo.fcgi": ("eInfoResult", self._inform),
        }

    def answer(self, request: Request) -> Response:
        """The response to one request, which may be an `<ERROR>`."""
        if request.program not in self._programs:
            return Response(404, b"<html><body><h1>404 Not Found</h1></body></html>", "text/html")
        root, program = self._programs[request.program]
        try:
            return Response(200, program(request))
        except RefusedError as refused:
            return Response(refused.status, replies.error_result(root, refused.message))

    def _search(self, request: Request) -> bytes:
        _check_database(request("db", "pubmed"), ("pubmed",))
        if not request("term") and not request("query_key"):
            raise RefusedError("Empty term and query_key - nothing todo")
        query = read(self._with_history(request), mapping=self._mapping)
        tree = _within_dates(query.tree, request)
        found = self._found(tree, request)
        if request("rettype") == "count":
            return replies.count_result(len(found))
        start = request.number("retstart", 0)
        if start >= self._limit and found:
            raise self._too_far("Search Backend failed:")
        keeps = request("usehistory") == "y"
        return replies.search_result(
            count=len(found),
            ids=found[start : min(start + request.number("retmax", 20), self._limit)],
            start=start,
            translation=str(tree) if tree else "",
            kept=self.history.keep(request("WebEnv"), found) if keeps else None,
            complaints=query.complaints,
            not_found=self._not_found(query),
        )

    def _too_far(self, opening: str, status: int = 200) -> RefusedError:
        return RefusedError(
            f"{opening} Exception:\n'retstart' cannot be larger than {self._limit - 1}. For PubMed, ESearch can only "
            f"retrieve the first {self._limit:,} records matching the query.",
            status,
        )

    def _with_history(self, request: Request) -> str:
        """The term, with `#2` put as the ids of that kept search."""

        def ids(match: re.Match[str]) -> str:
            kept = self.history.recall(request("WebEnv"), match.group(1))
            return f'"{",".join(kept)}"[uid]' if kept else '"0"[uid]'

        return re.sub(r'(?<![\w"])#(\d+)', ids, request("term")) if request("WebEnv") else request("term")

    def _found(self, tree: Node | None, request: Request) -> tuple[str, ...]:
        kept = self.history.recall(request("WebEnv"), request("query_key")) if request("query_key") else None
        if tree is None:
            return kept or ()
        found = self.collection.index.find(tree)
        if request("sort") in ("pub_date", "pub date"):
            entries = self.collection.entries
            found = tuple(
                sorted(found, key=lambda pmid: max(entries[pmid].dates["published"], default=0), reverse=True)
            )
        return found if kept is None else tuple(pmid for pmid in kept if pmid in set(found))

    def _not_found(self, query: Query) -> list[str]:
        return [term.text for term in _terms(query.tree) if not self.collection.index.finds(term)]

    def _fetch(self, request: Request) -> bytes:
        database = request("db")
        _check_database(database, DATABASES)
        if request("rettype") not in ("", "xml", "full", "abstract", "null") or request("retmode", "xml") != "xml":
            raise RefusedError(
                f"rettype {request('rettype') or 'null'} with retmode {request('retmode') or 'null'} is not supported "
                "here: ask for retmode=xml without rettype",
                status=400,
            )
        ids = self._wanted(request)
        if database == "pmc":
            return replies.fulltext_set(filter(None, map(self.collection.fulltext, ids)))
        return replies.record_set(filter(None, map(self.collection.record, ids)))

    def _wanted(self, request: Request) -> list[str]:
        """The ids of the request, or a page of a kept search."""
        if not request("query_key"):
            if not request.ids:
                raise RefusedError("Neither query_key nor id specified", status=400)
            return request.ids
        start = request.number("retstart", 0)
        kept = self.history.recall(request("WebEnv"), request("query_key"))
        if start >= self._limit:
            raise self._too_far("Search backend cannot retrieve history data. Reason:", status=400)
        return list(kept[start : min(start + request.number("retmax", 10_000), self._limit)])

    def _post(self, request: Request) -> bytes:
        _check_database(request("db"), DATABASES)
        ids = tuple(pmid for pmid in request.ids if pmid.isdigit())
        if not ids:
            raise RefusedError("Empty ID list; Nothing to store")
        if len(ids) < len(request.ids):
            raise RefusedError("Some IDs have invalid value and were omitted.")
        return replies.post_result(*self.history.keep(request("WebEnv"), ids))

    def _link(self, request: Request) -> bytes:
        source, target = request("dbfrom", "pubmed"), request("db", "pubmed")
        _check_database(source, DATABASES)
        _check_database(target, DATABASES)
        if request("cmd", "neighbor") != "neighbor":
            raise RefusedError(f"cmd {request('cmd')} is not supported here: ask for cmd=neighbor")
        known = [name for name in LINK_NAMES if name.split("_")[:2] == [source, target]]
        wanted = [request("linkname")] if request("linkname") else known
        names = [name for name in wanted if name in known]
        groups = [[text.strip() for text in value.split(",") if text.strip()] for value in request.params.get("id", ())]
        if not any(groups) and request("query_key"):
            groups = [self._wanted(request)]
        return replies.link_result((source, ids, [(name, self._mixed(ids, name)) for name in names]) for ids in groups)

    def _mixed(self, ids: Sequence[str], name: str) -> list[str]:
        """The ids of one parameter share one set, so that a comma list loses which id is linked to which."""
        return list(dict.fromkeys(linked for pmid in ids for linked in self.collection.linked(pmid, name)))

    def _summarise(self, request: Request) -> bytes:
        _check_database(request("db"), ("pubmed",))
        entries, gone = self.collection.entries, self.collection.gone
        wanted = self._wanted(request)
        return replies.summary_result(
            ((entries[pmid], gone(pmid) or "") for pmid in wanted if pmid in entries and gone(pmid) != ""),
            unknown=[pmid for pmid in wanted if pmid not in entries or gone(pmid) == ""],
        )

    def _inform(self, request: Request) -> bytes:
        if request("db"):
            _check_database(request("db"), DATABASES)
        fields = ((field.tags[0], field.name) for field in FIELDS)
        return replies.info_result(DATABASES, len(self.collection.index), fields, request("db"))


def _check_database(name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise RefusedError(f"Invalid db name specified: {name}")


def _within_dates(tree: Node | None, request: Request) -> Node | None:
    """The tree with the date options of the request, which count for the whole query."""
    kind = _date_field(request("datetype", "pdat"))
    days = request.number("reldate", 0)
    if tree is None:
        return None
    if days:
        return Combined("AND", (tree, Term(f"last {days} days", kind)))
    low, high = request("mindate"), request("maxdate")
    # As at NCBI, one of the two without the other is ignored.
    return Combined("AND", (tree, Between(low, high, kind))) if low and high else tree


def _date_field(datetype: str) -> Field:
    return field_of(_DATES.get(datetype.lower(), "dp")) or ALL_FIELDS


def _terms(tree: Node | None) -> list[Term]:
    if isinstance(tree, Combined):
        return [term for part in tree.parts for term in _terms(part)]
    return [tree] if isinstance(tree, Term) and tree.field.kind in ("words", "values", "authors") else []
