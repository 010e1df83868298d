"""Which of a PubMed record's dates to cite, and how its dates are written."""

from lxml import etree

from litreview.model.bibliography import PartialDate
from litreview.readers import dates

# NLM's rule of citation: these are cited by the electronic date, all others by the issue's.
_ELECTRONIC = {"Electronic", "Electronic-Print", "Electronic-eCollection"}


def cited_date(article: etree._Element) -> PartialDate | None:
    """The date of publication that `PubModel` says to cite, the other one where that is missing."""
    issue = parts_date(article.find("Journal/JournalIssue/PubDate"))
    online = parts_date(article.find("ArticleDate"))
    return (online or issue) if article.get("PubModel") in _ELECTRONIC else (issue or online)


def parts_date(node: etree._Element | None) -> PartialDate | None:
    """A date from Year, Month and Day (a Season is no month), or from the free text of a MedlineDate."""
    if node is None:
        return None
    free = node.findtext("MedlineDate")
    if free:
        return dates.from_text(free)
    return dates.from_parts(node.findtext("Year"), node.findtext("Month"), node.findtext("Day"))
