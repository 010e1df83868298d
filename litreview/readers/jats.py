"""PMC JATS: an article, or any number of them nested in an article set, an OAI answer or anything else."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from litreview.model.bibliography import Problem
from litreview.readers import xml_stream
from litreview.readers.item import Item
from litreview.readers.jats_body import document
from litreview.readers.jats_front import record


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """A record per article with its full text; front matter alone, as PMC gives it for closed articles, has none."""
    for number, found in enumerate(xml_stream.records(stream, name, ("article", "Reply")), start=1):
        if isinstance(found, Problem):
            yield found
        elif found.tag == "Reply":
            yield _refusal(found, name)
        else:
            yield _article(found, name, number)


def _article(article: etree._Element, name: str, number: int) -> Item:
    if article.find("front/article-meta") is None:
        return xml_stream.problem(
            f"{name}: article {number}", "the article has no front matter", "is this JATS? look at the file"
        )
    bibliographic = record(article)
    return bibliographic, document(article, bibliographic, source=name)


def _refusal(reply: etree._Element, name: str) -> Problem:
    said = reply.get("error") or "PMC gave no article"
    return xml_stream.problem(f"{name}: PMC{reply.get('Id', '')}", said, "check the PMCID; it may have been withdrawn")
