import http.server
import threading
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from Bio import Entrez
from lxml import etree
from pubmed_records import article_xml, articles, clones

from litreview.errors import RemoteError, UsageError
from litreview.pubmed.client import Client
from litreview.pubmed.collection import Collection
from litreview.pubmed.fetch import fetch_fulltext, fetch_records, links
from litreview.pubmed.replay import Fault, Replay
from litreview.pubmed.search import search
from litreview.pubmed.settings import Settings

KEY = "0123456789abcdef+/=&s3cret"
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


def client_for(url, clock, **options):
    settings = Settings(base_url=url, **({"rate": 1e6, "timeout": 1.0, "tries": 4} | options))
    return Client(settings, sleep=clock.sleep, monotonic=clock, now=lambda: NOON)


def pmids(*answers):
    return [node.text for answer in answers for node in answer.root.iterfind(".//MedlineCitation/PMID")]


@contextmanager
def stub(*answers):
    """A server that gives these bodies in turn, the last one again and again."""
    waiting = list(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def test_search_tells_count_ids_and_how_the_query_was_read(collection, clock):
    with Replay(collection) as replay:
        answer = search(client_for(replay.url, clock), "anemia")

    assert (answer.count, answer.ids) == (2, ("12", "11"))
    assert answer.query == "anemia"
    assert answer.translation == '"anemia"[All Fields]'
    assert answer.searched_at == NOON
    assert answer.webenv.startswith("MCID_")
    assert answer.query_key == "1"
    assert answer.warnings == ()


def test_search_passes_on_what_pubmed_did_not_find_or_use(collection, clock):
    with Replay(collection) as replay:
        answer = search(client_for(replay.url, clock), "(nowhere OR anemia[wrong]")

    assert answer.ids == ("12", "11")
    assert "PhraseNotFound: nowhere" in answer.warnings
    assert "FieldNotFound: wrong" in answer.warnings
    assert any(warning.startswith("OutputMessage: ") for warning in answer.warnings)


def test_search_brings_every_id_although_esearch_gives_twenty_by_default(clock):
    with Replay(Collection(clones(45))) as replay:
        answer = search(client_for(replay.url, clock), "graft")

    assert len(answer.ids) == 45


def test_dates_limit_a_search(clock):
    records = articles(*(article_xml(n, entered=f"2020/01/{n:02d}") for n in range(1, 9)))
    with Replay(Collection(records)) as replay:
        client = client_for(replay.url, clock)
        between = search(client, "graft", datetype="edat", mindate="2020/01/03", maxdate="2020/01/04")
        since = search(client, "graft", mindate="2020/01/07")
        recent = search(client, "graft", reldate=30)

    assert between.ids == ("4", "3")
    assert since.ids == ("8", "7")
    assert recent.ids == ()
    assert dict(between.dates) == {"datetype": "edat", "mindate": "2020/01/03", "maxdate": "2020/01/04"}


@pytest.mark.parametrize(
    ("count", "days", "history"),
    [(95, 28, True), (95, 2, True), (95, 1, True), (95, 1, False), (10, 1, True), (11, 1, True)],
    ids=["many days", "full days", "one day", "no entry date", "at the limit", "one above"],
)
def test_search_above_the_limit_is_split_and_loses_nothing(clock, count, days, history):
    records = clones(count, days=days, history=history)
    with Replay(Collection(records), limit=10) as replay:
        answer = search(client_for(replay.url, clock), "graft", limit=10)

    assert answer.count == count
    assert sorted(answer.ids) == [str(1000 + n) for n in range(count)]


def test_split_search_keeps_the_callers_dates(clock):
    with Replay(Collection(clones(60, days=28)), limit=10) as replay:
        answer = search(client_for(replay.url, clock), "graft", mindate="2020/01/01", maxdate="2020/01/14", limit=10)

    assert answer.count == 32
    assert len(set(answer.ids)) == 32


def test_search_that_stays_short_of_its_count_is_an_error_that_says_how_much_is_missing(clock):
    said = b"<eSearchResult><Count>5</Count><IdList><Id>1</Id><Id>2</Id></IdList></eSearchResult>"
    with stub(said) as url, pytest.raises(RemoteError, match="3 missing") as caught:
        search(client_for(url, clock), "graft")

    assert caught.value.hint


def test_ids_beyond_the_first_answer_come_from_the_kept_search(clock):
    first = (
        b"<eSearchResult><Count>3</Count><QueryKey>1</QueryKey><WebEnv>W</WebEnv><IdList><Id>1</Id><Id>2</Id></IdList>"
        b"</eSearchResult>"
    )
    second = b"<eSearchResult><Count>3</Count><IdList><Id>3</Id></IdList></eSearchResult>"
    with stub(first, second) as url:
        answer = search(client_for(url, clock), "graft")

    assert answer.ids == ("1", "2", "3")


def test_kept_search_that_expired_is_searched_again(clock):
    first = (
        b"<eSearchResult><Count>3</Count><QueryKey>1</QueryKey><WebEnv>W</WebEnv><IdList><Id>1</Id></IdList>"
        b"</eSearchResult>"
    )
    gone = b"<eSearchResult><ERROR>Unable to obtain query #1</ERROR></eSearchResult>"
    whole = b"<eSearchResult><Count>3</Count><IdList><Id>1</Id><Id>2</Id><Id>3</Id></IdList></eSearchResult>"
    with stub(first, gone, whole) as url:
        answer = search(client_for(url, clock), "graft")

    assert answer.ids == ("1", "2", "3")
    assert sum(clock.slept) < 1


def test_records_come_in_batches_of_200_by_post(clock):
    with Replay(Collection(clones(450))) as replay:
        client = client_for(replay.url, clock)
        answer = search(client, "graft")
        batches = list(fetch_records(client, answer))
        fetches = [request for request in replay.requests if request.program == "efetch.fcgi"]

    assert [len(pmids(batch)) for batch in batches] == [200, 200, 50]
    assert pmids(*batches) == list(answer.ids)
    assert [request.method for request in fetches[:2]] == ["POST", "POST"]
    assert all(request("retmode") == "xml" for request in fetches)


def test_ids_that_do_not_exist_are_left_out(collection, clock):
    with Replay(collection) as replay:
        (batch,) = fetch_records(client_for(replay.url, clock), ["11", "999", "11"])

    assert pmids(batch) == ["11"]


def test_long_query_is_posted(collection, clock):
    query = " OR ".join(f'"word number {n}"[tiab]' for n in range(200)) + " OR anemia"
    with Replay(collection) as replay:
        answer = search(client_for(replay.url, clock), query)
        (request,) = replay.requests

    assert request.method == "POST"
    assert answer.ids == ("12", "11")
    assert answer.query == query


def test_fulltext_comes_with_or_without_the_prefix(collection, clock):
    with Replay(collection) as replay:
        (body,) = fetch_fulltext(client_for(replay.url, clock), ["PMC77", "77", "PMC78"])

    assert [article.get("article-type") for article in etree.fromstring(body)] == ["case-report"]


@pytest.mark.parametrize(
    ("linkname", "linked"),
    [
        ("pubmed_pubmed_refs", {"11": (), "12": ("11",), "99": ()}),
        ("pubmed_pubmed_citedin", {"11": ("12", "13"), "12": (), "99": ()}),
        ("pubmed_pmc", {"11": ("77",), "12": (), "99": ()}),
    ],
)
def test_links_are_told_for_each_id_by_itself(collection, clock, linkname, linked):
    with Replay(collection) as replay:
        assert links(client_for(replay.url, clock), ["11", "12", "99"], linkname) == linked


def test_links_of_many_ids_are_posted_as_separate_parameters(collection, clock):
    with Replay(collection) as replay:
        links(client_for(replay.url, clock), [str(90000000 + n) for n in range(250)], "pubmed_pubmed_refs")
        asked = [(request.method, len(request.params["id"])) for request in replay.requests]

    assert asked == [("POST", 100), ("POST", 100), ("GET", 50)]


FAULTS = [
    Fault("status", 500),
    Fault("status", 502, text="<html><body>Bad gateway</body></html>"),
    Fault("status", 503),
    Fault("status", 429, text='{"error":"API rate limit exceeded","count":"4"}'),
    Fault("truncate"),
    Fault("short"),
    Fault("empty"),
    Fault("html"),
    Fault("error", text="Search Backend failed: read timeout"),
    Fault("stall", seconds=5),
    Fault("reset"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}-{fault.status}")
def test_work_recovers_from_each_fault_with_the_clean_result(collection, clock, fault):
    def run(faults):
        with Replay(collection, faults=faults) as replay:
            client = client_for(replay.url, clock)
            answer = search(client, "anemia OR platelets")
            return (
                answer.ids,
                [found.body for found in fetch_records(client, answer)],
                list(fetch_fulltext(client, ["PMC77"])),
                links(client, answer.ids, "pubmed_pubmed_refs"),
                len(replay.requests),
            )

    *clean, asked = run([])
    *spoilt, asked_again = run([fault, None] * 4)

    assert spoilt == clean
    assert asked_again == 2 * asked


def test_refused_connection_is_tried_again_and_then_told(clock):
    with Replay(Collection()) as replay:
        url = replay.url

    with pytest.raises(RemoteError, match="4 tries: connection refused") as caught:
        search(client_for(url, clock), "graft")

    assert caught.value.hint
    assert [pause for pause in clock.slept if pause >= 0.5] == [1, 2, 4]


@pytest.mark.parametrize(
    ("header", "pause"),
    [("7", 7), ("Wed, 01 May 2024 12:00:09 GMT", 9), ("Wed, 01 May 2024 11:00:00 GMT", 0), ("soon", 1)],
    ids=["seconds", "date", "past date", "nonsense"],
)
def test_server_that_asks_to_wait_is_obeyed(collection, clock, header, pause):
    fault = Fault("status", 429, headers=(("Retry-After", header),))
    with Replay(collection, faults=[fault]) as replay:
        search(client_for(replay.url, clock), "anemia")

    assert max(clock.slept) == pytest.approx(pause, abs=0.01)


def test_wait_beyond_patience_is_an_error_at_once(collection, clock):
    fault = Fault("status", 503, headers=(("Retry-After", "3600"),))
    with Replay(collection, faults=[fault]) as replay, pytest.raises(RemoteError, match="3600 seconds"):
        search(client_for(replay.url, clock), "anemia")

    assert sum(clock.slept) < 1


@pytest.mark.parametrize(
    "fault",
    [Fault("status", 400, text="bad"), Fault("status", 302, headers=(("Location", "http://127.0.0.1:1/"),))],
    ids=["400", "redirect"],
)
def test_request_that_is_refused_is_not_tried_again(collection, clock, fault):
    with Replay(collection, faults=[fault] * 4) as replay, pytest.raises(RemoteError, match="refused the request"):
        search(client_for(replay.url, clock), "anemia")

    assert len(replay.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        *FAULTS,
        Fault("status", 400, text=f'{{"error":"API key invalid","api-key":"{KEY}"}}'),
        Fault("status", 400, text=f'{{"error":"API key {KEY} invalid {"x" * 180}"}}'),
        Fault("error", text=f"{'x' * 190} 0123456789abcdef+/=&amp;s3cret"),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.status}-{len(fault.text)}",
)
def test_key_is_never_told(collection, clock, fault, caplog, capsys):
    with Replay(collection, faults=lambda _: fault) as replay:
        client = client_for(replay.url, clock, api_key=KEY, tries=2)
        with pytest.raises(RemoteError) as caught:
            search(client, "anemia")
        sent = replay.requests[0]("api_key")

    told = (
        "".join(traceback.format_exception(caught.value))
        + caught.value.hint
        + caplog.text
        + "".join(capsys.readouterr())
    )
    assert sent == KEY
    assert "s3cret" not in told
    assert "0123456789" not in told
    assert caught.value.__context__ is None


def test_answers_do_not_hold_the_key(collection, clock):
    with Replay(collection) as replay:
        answer = search(client_for(replay.url, clock, api_key=KEY), "anemia")

    assert KEY not in repr(answer)


def test_who_asks_is_told_with_every_request(collection, clock):
    with Replay(collection) as replay:
        client = client_for(replay.url, clock, email="a@example.org", tool="ours")
        list(fetch_records(client, search(client, "anemia")))

    assert {(request("email"), request("tool")) for request in replay.requests} == {("a@example.org", "ours")}


def test_rate_is_kept_over_a_whole_run(collection, clock):
    with Replay(collection, rate=3, monotonic=clock) as replay:
        client = client_for(replay.url, clock, rate=3)
        for _ in range(12):
            search(client, "anemia")

    assert len(replay.requests) == 12
    assert clock.time - 1000 >= 11 / 3


def test_run_that_is_too_fast_for_the_server_slows_down_and_ends_well(collection, clock):
    with Replay(collection, rate=3, monotonic=clock) as replay:
        client = client_for(replay.url, clock)
        answers = {search(client, "anemia").ids for _ in range(10)}

    assert answers == {("12", "11")}
    assert len(replay.requests) > 10


def test_other_users_of_entrez_keep_their_own_way(collection, clock, monkeypatch):
    with Replay(collection) as replay:
        search(client_for(replay.url, clock), "anemia")
    seen = []

    def refuse(request):
        seen.append(request.full_url)
        raise FileNotFoundError

    monkeypatch.setattr("Bio.Entrez.urlopen", refuse)

    with pytest.raises(FileNotFoundError):
        Entrez.esearch(db="pubmed", term="x", email="a@example.org")

    assert seen[0].startswith("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esearch.fcgi?")


def test_clients_of_two_servers_work_side_by_side_in_threads(collection, clock):
    other = Collection(articles(article_xml(99, title="Anemia.")))
    found = {}
    with Replay(collection) as first, Replay(other) as second:

        def ask(name, url):
            client = client_for(url, clock)
            found[name] = {search(client, "anemia").ids for _ in range(10)}

        threads = [threading.Thread(target=ask, args=pair) for pair in (("a", first.url), ("b", second.url))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == {"a": {("12", "11")}, "b": {("99",)}}


def test_entities_and_external_dtds_of_an_answer_are_left_alone(clock, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("precious")
    said = (
        f'<!DOCTYPE eSearchResult SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        "<eSearchResult><Count>1</Count><IdList><Id>1</Id></IdList><QueryTranslation>&e;</QueryTranslation>"
        "</eSearchResult>"
    )
    with stub(said.encode()) as url:
        answer = search(client_for(url, clock), "x")

    assert "precious" not in repr(answer)


@pytest.mark.parametrize("given", ["yesterday", "01/02/2020", "20"])
def test_date_that_esearch_would_pass_over_is_refused(collection, clock, given):
    with Replay(collection) as replay, pytest.raises(UsageError, match="is not a date"):
        search(client_for(replay.url, clock), "anemia", mindate=given)


def test_two_machines_with_one_key_collide_and_both_end_well(collection, clock):
    with Replay(collection, rate=3, key_rate=4, monotonic=clock) as replay:
        machines = [client_for(replay.url, clock, rate=4, api_key=KEY, tries=6) for _ in range(2)]
        for machine in machines * 10:
            assert search(machine, "anemia").ids == ("12", "11")
    assert any(pause == 2 for pause in clock.slept)


def test_abstracts_are_fetched_and_never_taken_from_summaries_which_have_none(collection, clock):
    with Replay(collection) as replay:
        client = client_for(replay.url, clock)
        summary = client.ask("esummary", ("eSummaryResult",), db="pubmed", id="11").body
        (record,) = fetch_records(client, ["11"])
    assert b"One child." not in summary
    assert record.root.findtext(".//AbstractText") == "One child."
