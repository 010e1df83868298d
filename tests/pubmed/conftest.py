import pytest
from lxml import etree
from pubmed_records import Clock, article_xml, articles

from litreview.pubmed.collection import Collection


@pytest.fixture
def collection():
    """Six records with links between them, and one full text."""
    pmid = '<ArticleId IdType="pubmed">11</ArticleId>'
    cites = f"<ReferenceList><Reference><ArticleIdList>{pmid}</ArticleIdList></Reference></ReferenceList>"
    has_pmc = f'<ArticleIdList>{pmid}<ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList>'
    records = articles(
        article_xml(11, title="Immune anemia after grafts.", abstract="One child.", data=has_pmc),
        article_xml(12, title="Anemia again.", data=cites),
        article_xml(13, title="Platelets.", data=cites),
        *(article_xml(n, title="Other matters.") for n in (14, 15, 16)),
    )
    fulltext = etree.fromstring('<article article-type="case-report"><body><p>The child.</p></body></article>')
    return Collection(records, [("77", fulltext)])


@pytest.fixture
def clock():
    return Clock()
