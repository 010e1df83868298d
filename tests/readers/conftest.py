"""What the tests of readers share: documents from a few words of markup."""

# ruff: noqa: E501 - samples of markup and text read best on one line

from collections.abc import Callable
from typing import Any

import pytest

from litreview.errors import ReadError
from litreview.model.bibliography import Problem, Record
from litreview.model.document import Document
from litreview.readers import read_bytes
from litreview.readers.item import Item

ReadOne = Callable[..., tuple[Record, Document | None]]


@pytest.fixture
def read_one() -> ReadOne:
    """Read bytes or text that hold one paper."""

    def read(content: str | bytes, name: str = "sample") -> tuple[Record, Document | None]:
        data = content.encode() if isinstance(content, str) else content
        (item,) = read_bytes(data, name)
        assert not isinstance(item, Problem), item
        return item

    return read


@pytest.fixture
def read_or_refusal() -> Callable[[bytes, str], list[Item] | ReadError]:
    """Read bytes that may be anything: the items, or the refusal."""

    def read(data: bytes, name: str) -> list[Item] | ReadError:
        try:
            return list(read_bytes(data, name))
        except ReadError as error:
            return error

    return read


@pytest.fixture
def pubmed() -> Callable[..., str]:
    """A PubmedArticleSet of one article made from parts; whatever is not given is plain."""

    def article(**parts: Any) -> str:
        given = {
            "pmid": '<PMID Version="1">7001</PMID>',
            "model": "Print",
            "date": "<Year>2020</Year>",
            "title": "<ArticleTitle>A title.</ArticleTitle>",
            "abstract": "",
            "article": "",
            "citation": "",
            "data": "",
        } | parts
        return (
            "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
            f'{given["pmid"]}<Article PubModel="{given["model"]}"><Journal><JournalIssue><PubDate>{given["date"]}'
            f"</PubDate></JournalIssue><Title>J Fict</Title></Journal>{given['title']}{given['abstract']}{given['article']}"
            f"</Article>{given['citation']}</MedlineCitation><PubmedData>{given['data']}</PubmedData>"
            "</PubmedArticle></PubmedArticleSet>"
        )

    return article


@pytest.fixture
def jats() -> Callable[..., str]:
    """A JATS article made from parts."""

    def article(body: str = "", *, meta: str = "", back: str = "", kind: str = "case-report", after: str = "") -> str:
        return (
            f'<article article-type="{kind}" xmlns:xlink="http://www.w3.org/1999/xlink" '
            'xmlns:mml="http://www.w3.org/1998/Math/MathML"><front><article-meta>'
            f"<title-group><article-title>A title</article-title></title-group>{meta}</article-meta></front>"
            + (f"<body>{body}</body>" if body else "")
            + (f"<back>{back}</back>" if back else "")
            + f"{after}</article>"
        )

    return article
