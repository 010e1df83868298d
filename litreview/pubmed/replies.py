"""Writes the XML of E-utilities: the same elements in the same places as NCBI's."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from litreview.pubmed.entry import Entry
from litreview.pubmed.tree import Complaint

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
_DTDS = "https://eutils.ncbi.nlm.nih.gov/eutils/dtd"
_PUBMED_DTD = "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"
_PMC_DTD = "https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd"


def search_result(
    *,
    count: int,
    ids: Sequence[str],
    start: int,
    translation: str,
    kept: tuple[str, int] | None,
    complaints: Iterable[Complaint] = (),
    not_found: Iterable[str] = (),
) -> bytes:
    """`eSearchResult`; `kept` is WebEnv and query key of a search that is kept in the history."""
    history = f"<QueryKey>{kept[1]}</QueryKey><WebEnv>{escape(kept[0])}</WebEnv>" if kept else ""
    listed = "".join(f"\n<Id>{escape(pmid)}</Id>" for pmid in ids)
    return _document(
        "eSearchResult",
        f'esearch 20060628//EN" "{_DTDS}/20060628/esearch.dtd',
        f"<Count>{count}</Count><RetMax>{len(ids)}</RetMax><RetStart>{start}</RetStart>{history}"
        f"<IdList>{listed}\n</IdList><TranslationSet/><QueryTranslation>{escape(translation)}</QueryTranslation>"
        + _lists(count, tuple(complaints), tuple(not_found)),
    )


def count_result(count: int) -> bytes:
    """`eSearchResult` of `rettype=count`."""
    return _document("eSearchResult", f'esearch 20060628//EN" "{_DTDS}/20060628/esearch.dtd', f"<Count>{count}</Count>")


def post_result(webenv: str, key: int) -> bytes:
    """`ePostResult`."""
    body = f"\n\t<QueryKey>{key}</QueryKey>\n\t<WebEnv>{escape(webenv)}</WebEnv>\n"
    return _document("ePostResult", f'epost 20090526//EN" "{_DTDS}/20090526/epost.dtd', body)


def link_result(sets: Iterable[tuple[str, Sequence[str], Sequence[tuple[str, Sequence[str]]]]]) -> bytes:
    """`eLinkResult`; each set is the source database, its ids, and pairs of link name and linked ids."""
    return _document(
        "eLinkResult",
        f'elink 20101123//EN" "{_DTDS}/20101123/elink.dtd',
        "".join(_link_set(source, ids, groups) for source, ids, groups in sets),
    )


def summary_result(entries: Iterable[tuple[Entry, str]], *, unknown: Iterable[str] = ()) -> bytes:
    """`eSummaryResult`, version 1, with the items that tell a record from others; no abstract, as at NCBI.

    Each entry comes with the PMID that it was merged into, mostly empty; `unknown` are PMIDs that there are not.
    """
    body = "".join(_summary(entry, into) for entry, into in entries)
    body += "".join(f"\n<ERROR>UID={escape(pmid)}: cannot get document summary</ERROR>" for pmid in unknown)
    return _document("eSummaryResult", f'esummary v1 20041029//EN" "{_DTDS}/20041029/esummary-v1.dtd', body)


def info_result(databases: Sequence[str], count: int, fields: Iterable[tuple[str, str]], wanted: str) -> bytes:
    """`eInfoResult`: the databases, or one database with its fields (short and full name)."""
    if not wanted:
        body = "<DbList>" + "".join(f"<DbName>{name}</DbName>" for name in databases) + "</DbList>"
    else:
        listed = "".join(
            f"<Field><Name>{escape(short.upper())}</Name><FullName>{escape(name)}</FullName></Field>"
            for short, name in fields
        )
        body = f"<DbInfo><DbName>{wanted}</DbName><Count>{count}</Count><FieldList>{listed}</FieldList></DbInfo>"
    return _document("eInfoResult", f'einfo 20190110//EN" "{_DTDS}/20190110/einfo.dtd', body)


def record_set(records: Iterable[bytes]) -> bytes:
    """One `PubmedArticleSet`."""
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        f'"{_PUBMED_DTD}">\n<PubmedArticleSet>\n'
    )
    return head.encode() + b"\n".join(records) + b"</PubmedArticleSet>"


def fulltext_set(fulltexts: Iterable[bytes]) -> bytes:
    """One `pmc-articleset`."""
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" '
        f'"{_PMC_DTD}">\n<pmc-articleset>'
    )
    return head.encode() + b"".join(fulltexts) + b"</pmc-articleset>"


def error_result(root: str, message: str) -> bytes:
    """An `<ERROR>` in a result, which NCBI sends with status 200 or 400."""
    return f"{_DECLARATION}<{root}>\n\t<ERROR>{escape(message)}</ERROR>\n</{root}>\n".encode()


def _document(root: str, dtd: str, body: str) -> bytes:
    return f'{_DECLARATION}<!DOCTYPE {root} PUBLIC "-//NLM//DTD {dtd}">\n<{root}>{body}</{root}>\n'.encode()


def _lists(count: int, complaints: tuple[Complaint, ...], not_found: tuple[str, ...]) -> str:
    errors = [("PhraseNotFound", text) for text in not_found]
    errors += [("FieldNotFound", complaint.text) for complaint in complaints if complaint.kind == "FieldNotFound"]
    warnings = [("PhraseIgnored", complaint.text) for complaint in complaints if complaint.kind == "PhraseIgnored"]
    warnings += [("OutputMessage", complaint.text) for complaint in complaints if complaint.kind == "syntax"]
    warnings += [] if count else [("OutputMessage", "No items found.")]
    return _list("ErrorList", errors) + _list("WarningList", warnings)


def _list(name: str, items: Sequence[tuple[str, str]]) -> str:
    inside = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in items)
    return f"<{name}>{inside}</{name}>" if items else ""


def _link_set(source: str, ids: Sequence[str], groups: Sequence[tuple[str, Sequence[str]]]) -> str:
    listed = "".join(f"<Id>{escape(pmid)}</Id>" for pmid in ids)
    inside = "".join(
        f"<LinkSetDb><DbTo>{name.split('_')[1]}</DbTo><LinkName>{name}</LinkName>"
        + "".join(f"<Link><Id>{escape(pmid)}</Id></Link>" for pmid in linked)
        + "</LinkSetDb>"
        for name, linked in groups
        if linked
    )
    return f"\n<LinkSet><DbFrom>{source}</DbFrom><IdList>{listed}</IdList>{inside}</LinkSet>\n"


def _summary(entry: Entry, into: str) -> str:
    day = str(next(iter(entry.dates["published"]), ""))
    authors = "".join(_item("Author", name) for name in entry.values["author"])
    return (
        f"\n<DocSum><Id>{escape(entry.pmid)}</Id>{_item('PubDate', day[:4], 'Date')}"
        f"{_item('Source', next(iter(entry.values['journal']), ''))}"
        f'<Item Name="AuthorList" Type="List">{authors}</Item>{_item("Title", next(iter(entry.texts["title"]), ""))}'
        f"{_item('DOI', next(iter(entry.values['doi']), ''))}"
        f'<Item Name="ArticleIds" Type="List">{_item("pubmed", into or entry.pmid)}</Item></DocSum>'
    )


def _item(name: str, text: str, kind: str = "String") -> str:
    return f'<Item Name="{name}" Type="{kind}">{escape(text)}</Item>'
