import gzip
import io
import json
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
from Bio import Entrez
from lxml import etree
from pubmed_records import article_xml, articles, clones

from litreview.errors import ReadError
from litreview.pubmed.collection import Collection, load
from litreview.pubmed.replay import Replay
from litreview.resources import corpus_dir


def get(replay, program, **params):
    with urllib.request.urlopen(f"{replay.url}{program}.fcgi?{urlencode(params, doseq=True)}", timeout=5) as response:
        return response.read()


def post(replay, program, **params):
    data = urlencode(params, doseq=True).encode()
    with urllib.request.urlopen(f"{replay.url}{program}.fcgi", data=data, timeout=5) as response:
        return response.read()


def ids(body):
    return [node.text for node in etree.fromstring(body).iterfind("IdList/Id")]


def said(body, path):
    return etree.fromstring(body).findtext(path)


@pytest.fixture
def replay(collection):
    with Replay(collection) as running:
        yield running


@pytest.fixture
def thirty():
    with Replay(Collection(clones(30)), limit=25) as running:
        yield running


@pytest.mark.parametrize("ask", [get, post], ids=["GET", "POST"])
def test_search_gives_twenty_ids_unless_told_otherwise(thirty, ask):
    assert len(ids(ask(thirty, "esearch", db="pubmed", term="graft"))) == 20
    assert len(ids(ask(thirty, "esearch", db="pubmed", term="graft", retmax=22))) == 22


def test_search_never_gives_more_than_the_limit(thirty):
    body = get(thirty, "esearch", db="pubmed", term="graft", retmax=1_000_000)

    assert said(body, "Count") == "30"
    assert len(ids(body)) == 25


def test_search_starting_beyond_the_limit_is_refused_with_history_too(thirty):
    kept = get(thirty, "esearch", db="pubmed", term="graft", usehistory="y")
    place = {"WebEnv": said(kept, "WebEnv"), "query_key": said(kept, "QueryKey")}

    for params in ({"term": "graft"}, place):
        body = get(thirty, "esearch", db="pubmed", retstart=25, **params)
        assert "'retstart' cannot be larger than 24" in said(body, "ERROR")


def test_fetching_from_a_kept_search_stops_at_the_limit_too(thirty):
    kept = get(thirty, "esearch", db="pubmed", term="graft", usehistory="y")
    place = {"WebEnv": said(kept, "WebEnv"), "query_key": said(kept, "QueryKey")}

    clamped = get(thirty, "efetch", db="pubmed", retstart=20, retmax=10, **place)
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(thirty, "efetch", db="pubmed", retstart=25, **place)
    caught.value.close()

    assert len(etree.fromstring(clamped)) == 5
    assert caught.value.code == 400


def test_limit_is_that_of_pubmed_by_default():
    with Replay(Collection(clones(10_005, days=1))) as running:
        assert len(ids(get(running, "esearch", db="pubmed", term="all[sb]", retmax=20_000))) == 9_999
        assert len(ids(get(running, "esearch", db="pubmed", term="all[sb]", retstart=9_998))) == 1
        assert said(get(running, "esearch", db="pubmed", term="all[sb]", retstart=9_999), "ERROR")


def test_kept_search_is_paged_and_fetched(thirty):
    kept = get(thirty, "esearch", db="pubmed", term="graft", usehistory="y", retmax=10)
    place = {"WebEnv": said(kept, "WebEnv"), "query_key": said(kept, "QueryKey")}

    page = get(thirty, "esearch", db="pubmed", retstart=10, retmax=10, **place)
    fetched = get(thirty, "efetch", db="pubmed", retmode="xml", retstart=10, retmax=10, **place)

    assert ids(page)[0] == "1019"
    assert [node.text for node in etree.fromstring(fetched).iterfind(".//PMID")] == ids(page)


def test_searches_of_one_environment_are_combined(replay):
    first = get(replay, "esearch", db="pubmed", term="anemia", usehistory="y")
    webenv = said(first, "WebEnv")
    second = get(replay, "esearch", db="pubmed", term="grafts", usehistory="y", WebEnv=webenv)

    assert (said(second, "WebEnv"), said(second, "QueryKey")) == (webenv, "2")
    assert ids(get(replay, "esearch", db="pubmed", term="#1 NOT #2", WebEnv=webenv)) == ["12"]


def test_history_that_is_gone_is_an_error(replay):
    kept = get(replay, "esearch", db="pubmed", term="anemia", usehistory="y")
    place = {"WebEnv": said(kept, "WebEnv"), "query_key": "1"}
    replay.programs.history.forget()

    assert said(get(replay, "efetch", db="pubmed", retmode="xml", **place), "ERROR") == "Unable to obtain query #1"


def test_posted_ids_are_fetched_from_the_history(replay):
    posted = post(replay, "epost", db="pubmed", id="12,11")

    body = get(replay, "efetch", db="pubmed", WebEnv=said(posted, "WebEnv"), query_key=said(posted, "QueryKey"))

    assert [node.text for node in etree.fromstring(body).iterfind(".//MedlineCitation/PMID")] == ["12", "11"]


def test_comma_list_of_ids_is_linked_as_one_mixed_set(replay):
    mixed = get(replay, "elink", dbfrom="pubmed", db="pubmed", linkname="pubmed_pubmed_refs", id="12,13")
    apart = get(replay, "elink", dbfrom="pubmed", db="pubmed", linkname="pubmed_pubmed_refs", id=["12", "13"])

    assert len(etree.fromstring(mixed).findall("LinkSet")) == 1
    assert len(etree.fromstring(apart).findall("LinkSet")) == 2


def test_too_many_requests_in_a_second_are_refused_as_ncbi_does(collection, clock):
    with Replay(collection, rate=3, key_rate=4, monotonic=clock) as running:
        for _ in range(3):
            get(running, "einfo")
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(running, "einfo")
        with caught.value as refused:
            assert refused.code == 429
            assert json.loads(refused.read()) == {"error": "API rate limit exceeded", "count": "4"}
        for _ in range(4):
            get(running, "einfo", api_key="k")
        clock.time += 1.5
        assert get(running, "einfo")


@pytest.mark.parametrize(
    ("program", "params", "words"),
    [
        ("esearch", {"db": "nothing", "term": "x"}, "Invalid db name"),
        ("esearch", {"db": "pubmed"}, "Empty term"),
        ("esearch", {"db": "pubmed", "term": "x", "WebEnv": "W", "query_key": "9"}, "Unable to obtain"),
        ("efetch", {"db": "pubmed", "rettype": "medline", "retmode": "text", "id": "11"}, "not supported"),
        ("efetch", {"db": "pubmed"}, "Neither query_key nor id"),
        ("epost", {"db": "pubmed", "id": ""}, "Empty ID list"),
        ("epost", {"db": "pubmed", "id": "11,x"}, "invalid value"),
        ("elink", {"dbfrom": "pubmed", "db": "pubmed", "id": "11", "cmd": "acheck"}, "not supported"),
    ],
)
def test_wrong_request_is_answered_with_an_error(replay, program, params, words):
    try:
        body = get(replay, program, **params)
    except urllib.error.HTTPError as error:
        with error:
            body = error.read()

    assert words in said(body, "ERROR")


def test_program_that_does_not_exist_is_not_found(replay):
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(replay, "egquery")
    caught.value.close()

    assert caught.value.code == 404


def test_answers_are_read_by_biopython_with_ncbis_own_dtds(replay, monkeypatch):
    monkeypatch.setattr("Bio.Entrez.Parser.urlopen", None, raising=False)

    found = Entrez.read(io.BytesIO(get(replay, "esearch", db="pubmed", term="anemia OR nowhere", usehistory="y")))
    posted = Entrez.read(io.BytesIO(post(replay, "epost", db="pubmed", id="11")))
    linked = Entrez.read(io.BytesIO(get(replay, "elink", dbfrom="pubmed", db="pmc", id="11")))
    summed = Entrez.read(io.BytesIO(get(replay, "esummary", db="pubmed", id="11")))
    listed = Entrez.read(io.BytesIO(get(replay, "einfo")))

    assert found["IdList"] == ["12", "11"]
    assert found["ErrorList"]["PhraseNotFound"] == ["nowhere"]
    assert posted["QueryKey"] == "1"
    assert linked[0]["LinkSetDb"][0]["Link"][0]["Id"] == "77"
    assert [summary["Title"] for summary in summed] == ["Immune anemia after grafts."]
    assert listed["DbList"] == ["pubmed", "pmc"]


def test_sorting_by_date_puts_the_newest_first():
    def dated(pmid, year):
        journal = f"<Journal><JournalIssue><PubDate><Year>{year}</Year></PubDate></JournalIssue></Journal>"
        return article_xml(pmid).replace("<Article>", f"<Article>{journal}")

    with Replay(Collection(articles(dated(1, 2020), dated(2, 1999), dated(3, 2010)))) as running:
        assert ids(get(running, "esearch", db="pubmed", term="graft")) == ["3", "2", "1"]
        assert ids(get(running, "esearch", db="pubmed", term="graft", sort="pub_date")) == ["1", "3", "2"]
        assert ids(get(running, "esearch", db="pubmed", term="graft", mindate=2000, maxdate=2015)) == ["3"]


def test_folder_of_records_and_full_texts_is_loaded(tmp_path):
    (tmp_path / "pmc").mkdir()
    (tmp_path / "one.xml").write_text(f"<PubmedArticleSet>{article_xml(1)}{article_xml(2)}</PubmedArticleSet>")
    with gzip.open(tmp_path / "two.xml.gz", "wt") as file:
        file.write(f"<PubmedArticleSet>{article_xml(3)}</PubmedArticleSet>")
    meta = '<front><article-meta><article-id pub-id-type="pmc">PMC5</article-id></article-meta></front>'
    (tmp_path / "pmc" / "set.xml").write_text(f"<pmc-articleset><article>{meta}</article></pmc-articleset>")
    (tmp_path / "pmc" / "PMC6.xml").write_text("<article><front/></article>")

    held = load(tmp_path)

    assert sorted(held.entries) == ["1", "2", "3"]
    assert b"<PMID" in held.record("2")
    assert held.fulltext("PMC5").startswith(b"<article>")
    assert held.fulltext("6").startswith(b"<article>")
    assert held.fulltext("7") == b""


@pytest.mark.parametrize("text", [None, "<PubmedArticleSet>"], ids=["empty folder", "cut file"])
def test_folder_that_cannot_be_used_is_an_error_with_a_hint(tmp_path, text):
    if text:
        (tmp_path / "one.xml").write_text(text)

    with pytest.raises(ReadError) as caught:
        load(tmp_path)

    assert caught.value.hint


def test_demonstration_corpus_is_served_whole():
    with Replay(corpus_dir()) as running:
        found = get(running, "esearch", db="pubmed", term="all[sb]", retmax=100)
        fetched = post(running, "efetch", db="pubmed", id=",".join(ids(found)), retmode="xml")
        full = post(running, "efetch", db="pmc", id="9900001,9900003", retmode="xml")

    assert said(found, "Count") == "32"
    assert len(etree.fromstring(fetched)) == 32
    assert len(etree.fromstring(full)) == 2


def test_address_outside_the_with_block_is_refused(collection):
    with pytest.raises(RuntimeError):
        _ = Replay(collection).url
