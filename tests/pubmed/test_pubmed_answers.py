from pathlib import Path

import pytest

from litreview.pubmed.answers import Answer, Failure, judge
from litreview.pubmed.transport import Reply

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "eutils_samples"

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"recorded answers are not in {SAMPLES}")


@pytest.mark.parametrize(
    ("body", "status", "fault"),
    [
        (b"", 200, "again"),
        (b"<eSearchResult><Count>1</Count>", 200, "again"),
        (b"<html><body>busy</body></html>", 200, "again"),
        (b'{"error":"API rate limit exceeded"}', 200, "again"),
        (b"<eSearchResult><ERROR>Search Backend failed: timeout</ERROR></eSearchResult>", 200, "again"),
        (b"<eSearchResult><ERROR>Invalid db name specified: x</ERROR></eSearchResult>", 200, "refused"),
        (b"<eSearchResult><ERROR>'retstart' cannot be larger than 9998.</ERROR></eSearchResult>", 200, "refused"),
        (b"<eSearchResult><ERROR>Unable to obtain query #1</ERROR></eSearchResult>", 200, "expired"),
        (b"<eFetchResult><ERROR>Cannot retrieve history data. query_key: 1</ERROR></eFetchResult>", 400, "expired"),
        (
            b"<eFetchResult><ERROR>Cannot retrieve history data. 'retstart' cannot be larger</ERROR></eFetchResult>",
            400,
            "refused",
        ),
        (
            b"<eFetchResult><ERROR>External viewer error: Empty Response. Status: Timeout</ERROR></eFetchResult>",
            400,
            "again",
        ),
        (b"bad gateway", 502, "again"),
        (b"slow down", 429, "again"),
        (b"what?", 400, "refused"),
        (b"moved", 301, "refused"),
    ],
)
def test_what_is_no_answer_is_told_apart(body, status, fault):
    outcome = judge(Reply(status, body), ("eSearchResult",))

    assert isinstance(outcome, Failure)
    assert outcome.fault == fault
    assert outcome.reason


@needs_samples
@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("esearch1.xml", "eSearchResult"), ("esearch2.xml", "eSearchResult"), ("esearch3.xml", "eSearchResult"),
        ("esearch8.xml", "eSearchResult"), ("epost1.xml", "ePostResult"), ("elink1.xml", "eLinkResult"),
        ("elink3.xml", "eLinkResult"), ("pubmed1.xml", "PubmedArticleSet"), ("pubmed7.xml", "PubmedArticleSet"),
        ("efetch_pmc.xml", "pmc-articleset"), ("espell.xml", "eSpellResult"),
    ],
)  # fmt: skip
def test_recorded_answer_is_an_answer(name, root):
    assert isinstance(judge(Reply(200, (SAMPLES / name).read_bytes()), (root,)), Answer)


@needs_samples
@pytest.mark.parametrize("name", ["epost2.xml", "epost3.xml", "esummary8.xml", "pubmed3.html"])
def test_recorded_failure_is_a_failure(name):
    body = (SAMPLES / name).read_bytes()

    assert isinstance(judge(Reply(200, body), ("ePostResult", "eSummaryResult")), Failure)
