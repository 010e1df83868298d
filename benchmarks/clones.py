"""A stand-in for E-utilities in a process of its own, over as many clones of the demonstration corpus as are wanted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection

from lxml import etree

from litreview import resources
from litreview.pubmed.collection import Collection
from litreview.pubmed.replay import Replay

FIRST = 30_000_001
START = date(2004, 1, 1)
_FULLTEXT = '<ArticleId IdType="pmc">'


@contextmanager
def served(count: int, *, same_titles: bool = False) -> Iterator[tuple[str, Connection]]:
    """The address of the server, and a line on which it tells (`send("requests")`) what it was asked."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, count, same_titles), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        ours.send("end")
        process.join()


def articles(count: int, *, same_titles: bool = False) -> Iterator[etree._Element]:
    """Clones of the corpus's records, each with ids, an entry date and, unless said otherwise, a title of its own."""
    texts = [_bare(article) for article in etree.parse(resources.corpus_dir() / "pubmed.xml").getroot()]
    for n in range(count):
        text, pmid = texts[n % len(texts)], str(FIRST + n)
        day = START + timedelta(days=n * 7_000 // count)
        text = text.replace("@PMID@", pmid).replace("@YEAR@", str(day.year))
        text = text.replace("@MONTH@", str(day.month)).replace("@DAY@", str(day.day))
        yield etree.fromstring(text if same_titles else text.replace("</ArticleTitle>", f" Report {n}.</ArticleTitle>"))


def _bare(article: etree._Element) -> str:
    """A record's text with places for the ids and dates of a clone, and without a full text."""
    text = etree.tostring(article, encoding="unicode", with_tail=False)
    own = article.findtext("MedlineCitation/PMID") or ""
    text = re.sub(rf"{re.escape(_FULLTEXT)}[^<]*</ArticleId>", "", text).replace(own, "@PMID@")
    text = re.sub(r">10\.\d+/[^<]*<", ">10.5555/clone.@PMID@<", text)
    entered = "<Year>@YEAR@</Year><Month>@MONTH@</Month><Day>@DAY@</Day>"
    history = r'(<PubMedPubDate PubStatus="entrez">).*?(</PubMedPubDate>)'
    return re.sub(history, rf"\g<1>{entered}\g<2>", text, flags=re.DOTALL)


def _serve(line: Connection, count: int, same_titles: bool) -> None:
    with Replay(Collection(articles(count, same_titles=same_titles))) as server:
        line.send(server.url)
        while (asked := line.recv()) != "end":
            assert asked == "requests"
            line.send([(request.program, len(request.ids)) for request in server.requests])
            server.requests.clear()
