"""PubMed records and full texts of a toy topic, as small as they can be."""

from collections.abc import Iterable
from pathlib import Path

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<DateRevised><Year>{revised[0]}</Year><Month>{revised[1]}</Month><Day>{revised[2]}</Day></DateRevised>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>1</Volume>
<PubDate><Year>2020</Year></PubDate>
</JournalIssue><Title>Journal of Bites</Title></Journal><ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{abstract}</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>{author}</LastName><Initials>V</Initials></Author></AuthorList>
<PublicationTypeList>{types}</PublicationTypeList></Article>{related}
</MedlineCitation><PubmedData><PublicationStatus>{state}</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.5555/{pmid}</ArticleId>{pmcid}</ArticleIdList>{references}</PubmedData></PubmedArticle>"""

_LINK = '<CommentsCorrections RefType="{}"><RefSource>J Bites</RefSource><PMID>{}</PMID></CommentsCorrections>'
_REFERENCE = (
    "<Reference><Citation>Bites before</Citation><ArticleIdList>"
    '<ArticleId IdType="pubmed">{}</ArticleId></ArticleIdList></Reference>'
)

FULLTEXT = """<article article-type="case-report"><front><journal-meta><journal-title-group>
<journal-title>Journal of Bites</journal-title>
</journal-title-group></journal-meta><article-meta><article-id pub-id-type="pmid">{pmid}</article-id>
<article-id pub-id-type="pmc">{pmcid}</article-id><title-group><article-title>{title}</article-title></title-group>
<pub-date><year>2020</year></pub-date></article-meta></front>
<body><sec><title>Case report</title><p>{text}</p></sec></body>
</article>"""

MAN = "A 30-year-old man was bitten by a viper while he cut the grass. He was given 5 vials of antivenom. He recovered."
WOMAN = "A 61-year-old woman was bitten by a cobra near her house. She was given 12 vials of antivenom. She died."


def article(
    pmid: str,
    abstract: str = MAN,
    *,
    title: str = "",
    author: str = "Adder",
    pmcid: str = "",
    revised: str = "2020-05-01",
    types: tuple[str, ...] = ("Case Reports",),
    related: tuple[tuple[str, str], ...] = (),
    references: tuple[str, ...] = (),
    state: str = "ppublish",
) -> str:
    """A record; `related` are pairs of a link's kind and the PMID it leads to."""
    return ARTICLE.format(
        pmid=pmid,
        abstract=abstract,
        title=title or f"Antivenom after the bite of a snake in garden number {pmid}",
        author=author,
        revised=revised.split("-"),
        pmcid=f'<ArticleId IdType="pmc">{pmcid}</ArticleId>' if pmcid else "",
        types="".join(f"<PublicationType>{name}</PublicationType>" for name in types),
        related=_listed("CommentsCorrectionsList", (_LINK.format(*pair) for pair in related)),
        references=_listed("ReferenceList", (_REFERENCE.format(number) for number in references)),
        state=state,
    )


def _listed(name: str, parts: Iterable[str]) -> str:
    inside = "".join(parts)
    return f"<{name}>{inside}</{name}>" if inside else ""


def write(path: Path, *articles: str) -> Path:
    path.write_text(f"<?xml version='1.0'?><PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>", encoding="utf-8")
    return path


def write_fulltext(folder: Path, pmcid: str, pmid: str, text: str) -> Path:
    (folder / "pmc").mkdir(exist_ok=True)
    path = folder / "pmc" / f"{pmcid}.xml"
    title = f"Antivenom after the bite of a snake in garden number {pmid}"
    path.write_text(FULLTEXT.format(pmid=pmid, pmcid=pmcid, title=title, text=text), encoding="utf-8")
    return path
