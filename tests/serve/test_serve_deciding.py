"""Decisions by forms: who may, what follows, and how they are taken back."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from serve_values import TEXT, Visitor, soup


@pytest.fixture
def desk(served, copy):
    return served(copy, settings_of_plugin={"reviewers": {"id": ["ada", "ben", "cid"]}})


def value(path, case, attribute):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {attribute} FROM cases WHERE case_id = ?", [case]).fetchone()[0]


def taken(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT action, attribute, value, decided_by, why, undone_at IS NOT NULL FROM decisions "
            "ORDER BY decision_id"
        ).fetchall()[1:]  # the first one is of the fixture


@pytest.fixture
def ada(desk, ids):
    visitor = Visitor(desk, "ada")
    visitor.open(f"/copy/-/case/{ids['1#1']}")
    return visitor


def test_a_correction_shows_in_the_case_table_with_who_and_why(ada, copy, ids):
    answer = ada.decide(ids["1#1"], "age_years", "correct", value="35", why="the table says so")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/copy/-/case/{ids['1#1']}#a-age_years"
    assert value(copy, ids["1#1"], "age_years") == 35
    assert taken(copy) == [("correct", "age_years", "35", "ada", "the table says so", 0)]
    page = ada.open(f"/copy/-/case/{ids['1#1']}")
    assert "Corrected age years: 35" in page.select_one(".lr-message").text
    assert "by ada" in page.select_one("#a-age_years .lr-history").text


def test_undo_brings_back_what_stood_before_and_keeps_the_history(ada, copy, ids):
    ada.decide(ids["1#1"], "age_years", "correct", value="35")
    page = ada.open(f"/copy/-/case/{ids['1#1']}")
    number = page.select_one("#a-age_years .lr-history input[name=number]")["value"]
    ada.send("undo", number=number, page="case", name=ids["1#1"], attribute="age_years", subject=ids["1#1"])
    assert value(copy, ids["1#1"], "age_years") == 34
    assert taken(copy) == [("correct", "age_years", "35", "ada", "", 1)]
    assert ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-age_years .lr-undone") is not None


@pytest.mark.parametrize(
    ("action", "attribute", "fields", "expected"),
    [
        ("accept", "outcome", {}, "alive"),
        ("reject", "outcome", {}, None),
        ("not_reported", "outcome", {}, None),
        ("correct", "outcome", {"value": "dead"}, "dead"),
        ("correct", "igg_g_l", {"value": "3.5"}, 3.5),
    ],
)
def test_every_kind_of_decision_on_a_value(ada, copy, ids, action, attribute, fields, expected):
    ada.decide(ids["1#1"], attribute, action, **fields)
    assert value(copy, ids["1#1"], attribute) == expected
    assert taken(copy)[0][:2] == (action, attribute)


def test_a_proposed_value_is_accepted_by_name(ada, copy, ids):
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE candidates SET value = 'III' WHERE value = 'IV'")
    page = ada.open(f"/copy/-/case/{ids['1#2']}")
    offered = page.select_one("#a-grade .lr-proposed input[name=of]")["value"]
    ada.decide(ids["1#2"], "grade", "accept", of=offered)
    assert value(copy, ids["1#2"], "grade") == "III"


def test_a_bound_and_another_unit_are_taken(ada, copy, ids):
    ada.decide(ids["1#1"], "delay_days", "correct", value="> 2 weeks")
    assert value(copy, ids["1#1"], "delay_days") == 14
    assert "> 14" in ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-delay_days .lr-value").text


def test_marked_words_are_what_a_filled_in_value_rests_on(ada, copy, ids):
    at = TEXT.index("Both lived")
    marked = {"document_id": "d1", "start": at, "end": at + len("Both lived")}
    ada.decide(ids["1#1"], "igg_g_l", "correct", value="3", **marked)
    line = ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-igg_g_l")
    assert line.select_one(".lr-quote q").text == "Both lived"
    assert line.select_one("a.lr-value")["href"] == f"#d1-{at}-{at + len('Both lived')}"


def test_a_missed_patient_is_added_and_taken_back(ada, copy, ids):
    ada.send("decide", subject=ids["1"], action="add_case", label="Patient 3", page="report", name=ids["1"])
    page = ada.open(f"/copy/-/report/{ids['1']}")
    assert "Patient 3" in page.select_one(".lr-side thead").text
    added = next(link["href"] for link in page.select(".lr-side thead a") if "Patient 3" in link.text).rsplit("/")[-1]
    ada.decide(added, "outcome", "correct", value="alive")
    assert value(copy, added, "outcome") == "alive"
    ada.send("decide", subject=added, action="delete_case", page="report", name=ids["1"])
    assert "Patient 3" not in [link.text for link in ada.open(f"/copy/-/report/{ids['1']}").select(".lr-side a")]


def test_a_note_is_kept_and_changes_nothing(ada, copy, ids):
    ada.decide(ids["1#1"], "outcome", "note", why="ask the authors")
    assert "ask the authors" in ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-outcome .lr-history").text
    assert value(copy, ids["1#1"], "outcome") == "alive"


@pytest.mark.parametrize(
    ("attribute", "given"), [("outcome", "perhaps"), ("age_years", "old"), ("age_years", ""), ("nothing", "1")]
)
def test_what_the_codebook_does_not_know_is_refused_with_a_sentence(ada, copy, ids, attribute, given):
    answer = ada.decide(ids["1#1"], attribute, "correct", value=given)
    assert answer.status_code == 303
    assert taken(copy) == []
    assert ada.open(f"/copy/-/case/{ids['1#1']}").select_one(".lr-message").text.startswith("Not done: ")


def test_a_database_that_cannot_be_written_is_told_on_the_page(ada, copy, ids, monkeypatch):
    def locked(*given):
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("litreview.serve.acts._done", locked)
    assert ada.decide(ids["1#1"], "age_years", "correct", value="35").status_code == 303
    message = ada.open(f"/copy/-/case/{ids['1#1']}").select_one(".lr-message").text
    assert message == "Not done: database is locked. Try again in a while."


def test_a_report_is_excluded_and_its_cases_leave_the_pooled_table(ada, copy, ids):
    ada.send("decide", subject=ids["1"], action="exclude", value="not_given", page="report", name=ids["1"])
    assert value(copy, ids["1#1"], "eligible") == "no"
    ada.send("decide", subject=ids["1"], action="include", page="report", name=ids["1"])
    assert value(copy, ids["1#1"], "eligible") == "yes"


def test_who_is_not_signed_in_reads_only(desk, copy, ids):
    anybody = Visitor(desk)
    page = anybody.open(f"/copy/-/case/{ids['1#1']}")
    assert page.select("form[method=post]") == []
    assert page.select_one("script[src$='decide.js']") is None
    assert anybody.decide(ids["1#1"], "age_years", "correct", value="35").status_code == 403
    assert taken(copy) == []


def test_who_is_signed_in_but_no_reviewer_reads_only(desk, copy, ids):
    stranger = Visitor(desk, "eve")
    assert stranger.open(f"/copy/-/case/{ids['1#1']}").select(".lr-decide") == []
    stranger.token = Visitor(desk, "ada").token
    assert stranger.decide(ids["1#1"], "age_years", "correct", value="35").status_code == 403
    assert taken(copy) == []


def test_root_may_decide_without_further_ado(desk, copy, ids):
    root = Visitor(desk, "root")
    root.open(f"/copy/-/case/{ids['1#1']}")
    root.decide(ids["1#1"], "age_years", "correct", value="36")
    assert value(copy, ids["1#1"], "age_years") == 36


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_form_without_its_token_is_refused(ada, copy, ids, token):
    ada.token = token
    assert ada.decide(ids["1#1"], "age_years", "correct", value="35").status_code == 403
    assert taken(copy) == []


def test_a_form_from_elsewhere_is_refused_where_a_proxy_tells_who_asks(served, copy, ids):
    proxied = served(copy, settings_of_plugin={"reviewers": {"id": ["ada"]}, "actor_header": "X-User"})
    anybody = Visitor(proxied)
    headers = {"x-user": "ada"}
    given = {"subject": ids["1#1"], "attribute": "age_years", "action": "correct", "value": "35"}
    assert anybody.ask("post", "/copy/-/act/decide", data=given, headers=headers).status_code == 403
    assert taken(copy) == []


def test_a_proxy_on_this_machine_tells_who_asks_and_none_elsewhere(served, copy, ids):
    proxied = served(copy, settings_of_plugin={"actor_header": "X-User"})
    page = Visitor(proxied).ask("get", f"/copy/-/case/{ids['1#1']}", headers={"x-user": "ada"})
    assert "ada" in soup(page).select_one(".lr-menu").text
    from litreview.serve.people import actor_from_header

    class Request:
        headers = {"x-user": "ada"}  # noqa: RUF012

        def __init__(self, peer):
            self.scope = {"client": (peer, 1)}

    assert actor_from_header(proxied, Request("192.0.2.7")) is None
    assert actor_from_header(proxied, Request("127.0.0.1")) == {"id": "ada"}


def test_a_decision_is_not_taken_by_a_link(ada, copy, ids):
    address = f"/copy/-/act/decide?subject={ids['1#1']}&attribute=age_years&action=correct&value=35"
    assert ada.ask("get", address).status_code == 404
    assert taken(copy) == []


def test_a_form_leads_back_to_its_own_page_and_nowhere_else(ada, ids):
    answer = ada.send(
        "decide", subject=ids["1#1"], attribute="age_years", action="accept", page="//evil.example", name="x"
    )
    assert answer.headers["location"] == "/copy"


def test_a_ticket_signs_in_and_one_made_elsewhere_does_not(desk):
    from litreview.steps.serve import TICKET

    visitor = Visitor(desk)
    assert visitor.ask("get", "/-/litreview/sign-in?ticket=made-up").status_code == 403
    visitor.ask("get", f"/-/litreview/sign-in?ticket={desk.sign('ben', TICKET)}")
    assert "ben" in visitor.open("/copy/-/queue").select_one(".lr-menu").text


def test_inputs_are_typed_by_the_codebook(ada, ids):
    page = ada.open(f"/copy/-/case/{ids['1#1']}")
    age, grade, drug = (page.select_one(f"#v-{name}") for name in ("age_years", "grade", "antivenom"))
    assert age["inputmode"] == "decimal"
    assert "years a number" in page.select_one("label[for=v-age_years]").text
    assert [option.text for option in grade.select("option")] == ["I", "II", "III"]
    assert grade.select_one("option[selected]").text == "II"
    assert drug["value"] == "Polyval"
    assert "a whole number" in page.select_one("label[for=v-delay_days]").text


def test_the_queue_offers_what_waits_and_takes_the_answer(ada, copy, ids):
    page = ada.open("/copy/-/queue")
    items = page.select(".lr-items > li")
    assert len(items) >= 2
    assert {item.select_one(".lr-tag").text for item in items} >= {"finding", "proposed"}
    answer = ada.send("decide", subject=ids["1#2"], attribute="delay_days", action="accept", of="9", page="queue")
    assert answer.headers["location"] == "/copy/-/queue"
    assert len(ada.open("/copy/-/queue").select(".lr-items > li")) == len(items) - 1


def test_who_may_be_the_same_person_is_offered_by_name_and_taken_by_id(ada, copy, ids):
    with closing(sqlite3.connect(copy)) as connection, connection:
        pair = [*sorted([ids["1#1"], ids["4#1"]])]
        connection.execute("INSERT INTO links VALUES ('patient', ?, ?, 'possible', 0.6, 'age')", pair)
    page = ada.open(f"/copy/-/case/{ids['1#1']}")
    offered = [option["value"] for option in page.select("#alike option")]
    assert offered == [ids["4#1"], ids["1#2"]]
    assert page.select_one(f'#alike option[value="{ids["1#2"]}"]').text == "Viper A 2021, Patient 2"


def test_a_pair_that_waits_is_shown_side_by_side(ada, copy, ids):
    pair = sorted((ids["1#1"], ids["4#1"]))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO links VALUES ('patient', ?, ?, 'possible', 0.6, 'same age')", pair)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(link_evidence)")]
        given = {"kind": "patient", "left_id": pair[0], "right_id": pair[1], "n": 1, "attribute": "age_years",
                 "left_value": "34", "right_value": "35", "how": "near", "bits": 2.0}  # fmt: skip
        assert given.keys() <= set(columns)
        connection.execute(
            f"INSERT INTO link_evidence ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})", [*given.values()]
        )
    item = ada.open("/copy/-/queue?kind=duplicate+patient").select_one(".lr-items > li")
    assert item.select_one(".lr-side th").text == "Age near"
    assert {button["value"] for button in item.select("button")} == {"merge", "split"}


def test_all_decisions_are_listed_with_those_that_stand(ada, ids):
    ada.decide(ids["1#1"], "age_years", "correct", value="35")
    page = ada.open("/copy/-/decisions")
    first = page.select_one(".lr-items > li")
    assert "35 by ada" in " ".join(first.text.split())
    assert first.select_one(".lr-decided").text == "stands"


def test_two_people_deciding_at_once_beside_a_writer_lose_nothing(desk, copy, ids, rules_dir):
    from litreview import store

    visitors = [Visitor(desk, name) for name in ("ada", "ben")]
    for visitor in visitors:
        visitor.open(f"/copy/-/case/{ids['1#1']}")

    async def send(visitor, case, attribute, given):
        data = {
            "csrftoken": visitor.token, "subject": case, "attribute": attribute, "action": "correct", "value": given,
        }  # fmt: skip
        return await desk.client.post("/copy/-/act/decide", data=data, cookies=visitor.cookies)

    def write():
        with store.open_database(copy) as db:
            for n in range(20):
                with store.transaction(db):
                    db.execute("INSERT INTO meta VALUES (?, 'written')", [f"n{n}"])

    async def all_at_once():
        wanted = [
            (visitors[n % 2], ids["1#1"], attribute, given)
            for n, (attribute, given) in enumerate(
                [("age_years", "41"), ("grade", "I"), ("igg_g_l", "2"), ("outcome", "dead"), ("delay_days", "3")]
            )
        ]
        return await asyncio.gather(asyncio.to_thread(write), *(send(*each) for each in wanted))

    answers = asyncio.run(all_at_once())
    assert [answer.status_code for answer in answers[1:]] == [303] * 5
    found = [value(copy, ids["1#1"], name) for name in ("age_years", "grade", "igg_g_l", "outcome", "delay_days")]
    assert found == [41, "I", 2, "dead", 3]
    assert sorted({row[3] for row in taken(copy)}) == ["ada", "ben"]
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM meta WHERE value = 'written'").fetchone()[0] == 20


@pytest.fixture
def three(desk, copy, ids):
    """Ada and Ben, who decide on their own, and Cid."""
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("INSERT INTO meta VALUES ('review_mode', 'dual')")
    found = [Visitor(desk, name) for name in ("ada", "ben", "cid")]
    for visitor in found:
        visitor.open(f"/copy/-/case/{ids['1#1']}")
    return found


SECRET = "a reason that only Ada knows"
EVERYWHERE = ["/", "/copy", "/copy/-/queue", "/copy/-/decisions", "/copy/-/tasks", "/copy/-/differences",
              "/copy/-/agreement", "/copy/-/changed", "/copy/decisions.json", "/copy/-/export/decisions.csv",
              "/copy/findings.json?_size=max", "/copy/runs.json"]  # fmt: skip
CLOSED = ["select * from blind_decisions", "select value from blind_decisions", "select why from blind_decisions",
          "select count(*) from blind_decisions where value = '35'", "select 1 from blind_decisions group by why",
          "with decisions as (select * from blind_decisions) select * from decisions",
          "select sample from sqlite_stat4"]  # fmt: skip


def test_what_one_reviewer_decides_is_nowhere_to_be_seen_by_the_other(three, copy, ids):
    ada, ben, _ = three
    ada.decide(ids["1#1"], "age_years", "correct", value="35", why=SECRET)
    ada.decide(ids["1#1"], "outcome", "note", why=SECRET)
    assert value(copy, ids["1#1"], "age_years") == 34
    own = ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-age_years .lr-history").text
    assert SECRET in own
    assert "unseen by others" in own
    pages = [f"/copy/-/case/{ids['1#1']}", f"/copy/-/report/{ids['1']}"]
    for address in (*EVERYWHERE, *pages):
        assert SECRET not in ben.ask("get", address).text, address
        assert SECRET not in Visitor(ben.datasette).ask("get", address).text, address
    for address in ("/copy/blind_decisions", "/copy/blind_decisions.json", "/copy/-/filtered/blind_decisions.csv"):
        assert ben.ask("get", address).status_code == 403
    assert ben.ask("get", "/copy/-/export/blind_decisions.csv").status_code == 404


@pytest.mark.parametrize("sql", CLOSED)
@pytest.mark.parametrize("name", [None, "ben", "root"])
def test_nor_by_sql_whoever_asks(three, ids, sql, name):
    ada, _, _ = three
    ada.decide(ids["1#1"], "age_years", "correct", value="35", why=SECRET)
    answer = Visitor(ada.datasette, name).ask("get", "/copy.json", params={"sql": sql})
    assert answer.status_code == 400
    assert SECRET not in answer.text


def test_another_s_unseen_decision_cannot_be_undone(three, copy, ids):
    ada, ben, _ = three
    ada.decide(ids["1#1"], "age_years", "correct", value="35")
    number = ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-age_years input[name=number]")["value"]
    ben.send("undo", number=number, page="case", name=ids["1#1"])
    assert ben.open("/copy/-/queue").select_one(".lr-message").text.startswith("Not done")
    assert ada.open(f"/copy/-/case/{ids['1#1']}").select_one("#a-age_years .lr-undone") is None


def test_two_decide_on_their_own_and_a_third_settles_where_they_differ(three, copy, ids):
    ada, ben, cid = three
    for visitor, given in ((ada, "35"), (ben, "36")):
        visitor.decide(ids["1#1"], "age_years", "correct", value=given)
        visitor.decide(ids["1#1"], "igg_g_l", "correct", value="3")
    for visitor in (ada, ben):
        assert visitor.open("/copy/-/tasks").select_one("form[action$='/act/finish']") is not None
        visitor.send("finish", subject=ids["1"], page="tasks")
    assert (value(copy, ids["1#1"], "age_years"), value(copy, ids["1#1"], "igg_g_l")) == (34, 3)
    page = cid.open("/copy/-/differences")
    (item,) = page.select(".lr-items > li")
    assert [row.th.text for row in item.select(".lr-said tr")] == ["ada", "ben", "the machine"]
    chosen = item.select("button[name=chosen]")[1]["value"]
    fields = {"subject": ids["1#1"], "attribute": "age_years", "action": "correct", "page": "differences"}
    refused = ben.send("adjudicate", chosen=chosen, **fields)
    assert refused.status_code == 303
    assert value(copy, ids["1#1"], "age_years") == 34
    cid.send("adjudicate", chosen=chosen, **fields)
    assert value(copy, ids["1#1"], "age_years") == 36
    assert cid.open("/copy/-/differences").select(".lr-items > li") == []
    agreement = cid.open("/copy/-/agreement")
    assert "ada and ben" in [title.text for title in agreement.select("h2")]


@pytest.mark.parametrize(
    ("fields", "expected"), [({"action": "accept"}, 34), ({"action": "correct", "value": "40"}, 40)]
)
def test_a_third_may_side_with_the_machine_or_with_neither(three, copy, ids, fields, expected):
    ada, ben, cid = three
    for visitor, given in ((ada, "35"), (ben, "36")):
        visitor.decide(ids["1#1"], "age_years", "correct", value=given)
        visitor.send("finish", subject=ids["1"], page="tasks")
    cid.send("adjudicate", subject=ids["1#1"], attribute="age_years", page="differences", **fields)
    assert value(copy, ids["1#1"], "age_years") == expected
    assert cid.open("/copy/-/differences").select(".lr-items > li") == []


def test_who_is_not_done_after_all_takes_it_back(three, ids):
    ada, _, _ = three
    ada.send("finish", subject=ids["1"], page="report", name=ids["1"])
    assert "You are done" in ada.open(f"/copy/-/report/{ids['1']}").select_one(".lr-review").text
    ada.send("reopen", subject=ids["1"], page="report", name=ids["1"])
    assert "You are done" not in ada.open(f"/copy/-/report/{ids['1']}").select_one(".lr-review").text
