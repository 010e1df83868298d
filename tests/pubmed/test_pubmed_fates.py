"""PMIDs that do not come: EFetch gives the same nothing for all of them, ESummary tells them apart."""

import pytest
from test_pubmed_client import client_for, pmids, stub

from litreview.pubmed.fates import Fate, fates
from litreview.pubmed.fetch import fetch_records
from litreview.pubmed.replay import Replay


def test_deleted_and_merged_records_look_the_same_to_efetch_and_are_told_apart_by_esummary(collection, clock):
    collection.withdraw("12", into="11")
    collection.withdraw("13")
    with Replay(collection) as replay:
        client = client_for(replay.url, clock)
        (answer,) = fetch_records(client, ["11", "12", "13", "999"])
        told = tuple(fates(client, ["12", "13", "999"]))

    assert pmids(answer) == ["11"]
    assert told == (Fate("12", "merged", "11"), Fate("13", "deleted"), Fate("999", "deleted"))


def test_a_record_that_pubmed_has_and_does_not_give_is_withheld(collection, clock):
    with Replay(collection) as replay:
        collection._records.pop("14")
        assert tuple(fates(client_for(replay.url, clock), ["14"])) == (Fate("14", "withheld"),)


FOR_ONE = b"<eSummaryResult>%s</eSummaryResult>"
NOTHING = b"<PubmedArticleSet></PubmedArticleSet>"


@pytest.mark.parametrize(
    ("summary", "fetched", "fate"),
    [
        (b"<ERROR>UID=12: cannot get document summary</ERROR>", NOTHING, Fate("12", "deleted")),
        (
            b'<DocSum><Id>12</Id><Item Name="RecordStatus" Type="String">Merged into 11</Item></DocSum>',
            NOTHING,
            Fate("12", "merged", "11"),
        ),
        (
            b'<DocSum><Id>12</Id><Item Name="RecordStatus" Type="String">PubMed - deleted</Item></DocSum>',
            NOTHING,
            Fate("12", "deleted"),
        ),
        (
            b'<DocSum><Id>12</Id><Item Name="Title" Type="String">Exons deleted, merged into 11 others</Item></DocSum>',
            NOTHING,
            Fate("12", "withheld"),
        ),
        (
            b"<ERROR>UID=12: cannot get document summary</ERROR>",
            b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>11</PMID></MedlineCitation></PubmedArticle>"
            b"</PubmedArticleSet>",
            Fate("12", "merged", "11"),
        ),
        (b"", NOTHING, Fate("12", "withheld")),
    ],
    ids=["no summary", "status says where", "status says deleted", "a title is no status", "forwarded", "silence"],
)
def test_what_has_become_of_a_record_is_read_from_its_summary_or_from_what_comes_in_its_place(
    summary, fetched, fate, clock
):
    with stub(FOR_ONE % summary, fetched) as url:
        assert tuple(fates(client_for(url, clock), ["12"])) == (fate,)
