"""Small records and a clock for the tests of this room."""

from lxml import etree


def article_xml(pmid, *, title="Graft report.", abstract="", entered="2020/01/02", extra="", data="", history=True):
    year, month, day = entered.split("/")
    dated = (
        f'<History><PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day>'
        "</PubMedPubDate></History>"
        if history
        else ""
    )
    text = f"<Abstract><AbstractText>{abstract}</AbstractText></Abstract>" if abstract else ""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>'
        f"<Article><ArticleTitle>{title}</ArticleTitle>{text}</Article>{extra}</MedlineCitation>"
        f"<PubmedData>{dated}{data}</PubmedData></PubmedArticle>"
    )


def articles(*texts):
    return [etree.fromstring(text) for text in texts]


def clones(count, *, days=1, first=1000, history=True):
    """So many small records, spread over the first days of 2020 (28 at most)."""
    return articles(
        *(article_xml(first + n, entered=f"2020/01/{1 + n % days:02d}", history=history) for n in range(count))
    )


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self):
        self.time = 1000.0
        self.slept = []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds
