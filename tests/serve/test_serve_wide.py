"""Pages of the wide tables: every row once in any order, and counts that are those of the data as it stands."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from serve_values import Visitor, soup

from litreview.serve.knowledge import Knowledge
from litreview.serve.remembered import remembered, state

POOLED = "case_source=own&eligible=yes"


@pytest.fixture
def many(copy):
    """Sixty more cases, many alike, whose keys are in another order than their rows."""
    with closing(sqlite3.connect(copy)) as db, db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(cases)")]
        key = "'k' || (97 * k % 61) || case_id"
        chosen = ", ".join(key if name == "case_id" else f'"{name}"' for name in columns)
        copies = "WITH n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 15)"
        db.execute(f"INSERT INTO cases {copies} SELECT {chosen} FROM cases, n")
    return copy


@pytest.fixture
def ask(served, many):
    datasette = served(many)

    def get(address):
        async def answer():
            await datasette.invoke_startup()
            return await datasette.client.get(address)

        response = asyncio.run(answer())
        assert response.status_code == 200, response.text
        return response

    return get


def rows_by_pages(ask, order):
    seen, address = [], f"/copy/cases.json?{POOLED}&_size=7&{order}"
    while address:
        page = ask(address).json()
        seen += [row[0] for row in page["rows"]]
        address = page["next_url"] and page["next_url"].split("localhost", 1)[1]
    return seen


ORDERS = ["", "_sort=case_id", *(f"{way}={column}" for way in ("_sort", "_sort_desc") for column in
          ("year", "outcome", "grade", "age_years", "igg_g_l", "patient_id", "record_id", "title"))]  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
def test_page_by_page_every_row_comes_once_in_any_order(ask, order):
    seen = rows_by_pages(ask, order)
    whole = ask(f"/copy/cases.json?{POOLED}&_size=max&_shape=array&{order}").json()
    assert len(whole) == 64
    assert seen == [row["case_id"] for row in whole]


def test_the_pages_of_html_go_on_where_those_of_json_do(ask):
    page = soup(ask(f"/copy/cases?{POOLED}&_size=20&_sort_desc=outcome"))
    address = page.find("a", string="Next page")["href"].split("localhost", 1)[1]
    later = [link["href"].rsplit("/", 1)[1] for link in soup(ask(address)).select("td.col-case_id a")]
    assert later == rows_by_pages(ask, "_sort_desc=outcome")[20:40]


def test_the_head_of_a_column_that_is_counted_sorts_by_it(ask):
    page = soup(ask(f"/copy/cases?{POOLED}"))
    for name in ("outcome", "grade", "year"):
        assert page.select_one(f"th.col-{name} a") is not None, name


def test_streamed_csv_has_every_row_once(ask):
    lines = ask(f"/copy/cases.csv?{POOLED}&_sort_desc=outcome&_stream=1&_size=10").text.splitlines()
    assert len({line.split(",")[0] for line in lines[1:]}) == 64


def counts(page, facet):
    return {value["value"]: value["count"] for value in page["facet_results"][facet]["results"]}


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("", "1"),
        ("outcome=alive", "outcome = 'alive'"),
        ("grade=II&outcome=alive", "grade = 'II' AND outcome = 'alive'"),
        ("_search=polyval", "antivenom = 'Polyval'"),
        ("year__gt=2020", "year > 2020"),
        ("_where=age_years>40", "age_years > 40"),
    ],
)
def test_facets_and_number_are_those_of_the_filtered_rows_on_every_page(ask, many, query, where):
    with closing(sqlite3.connect(many)) as db:
        sql = f"FROM cases WHERE case_source = 'own' AND eligible = 'yes' AND {where}"
        number = db.execute(f"SELECT count(*) {sql}").fetchone()[0]
        expected = dict(db.execute(f"SELECT outcome, count(*) {sql} AND outcome IS NOT NULL GROUP BY 1").fetchall())
    page = ask(f"/copy/cases.json?{POOLED}&_size=3&{query}").json()
    assert number > 3
    for _ in range(2):
        assert (page["filtered_table_rows_count"], counts(page, "outcome")) == (number, expected)
        page = ask(page["next_url"].split("localhost", 1)[1]).json()


def test_a_facet_chooses_its_value_and_leaves_it_again(ask):
    results = ask(f"/copy/cases.json?{POOLED}&_size=5").json()["facet_results"]["outcome"]["results"]
    chosen = ask(results[0]["toggle_url"].split("localhost", 1)[1]).json()
    (only,) = chosen["facet_results"]["outcome"]["results"]
    assert (only["selected"], only["count"]) == (True, results[0]["count"])
    left = ask(only["toggle_url"].split("localhost", 1)[1]).json()
    assert left["filtered_table_rows_count"] == 64


def test_a_reader_may_count_by_another_column(ask):
    page = soup(ask(f"/copy/cases?{POOLED}&_facet=antivenom"))
    assert "Polyval" in page.select_one("#facet-antivenom").text
    assert page.select_one("#facet-antivenom .cross") is not None


def test_of_many_values_the_first_are_shown(ask):
    found = ask(f"/copy/cases.json?{POOLED}&_facet_size=1").json()["facet_results"]["outcome"]
    assert (len(found["results"]), found["truncated"]) == (1, True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("_sort=nothing", "no such column"),
        ("_sort=year&_sort_desc=year", "at the same time"),
        ("_next=a,b,c", "go back to the first page"),
        ("_size=-1", "must be a positive integer"),
        ("_col=nothing", "invalid columns"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(served, many, query, sentence):
    answer = Visitor(served(many)).ask("get", f"/copy/cases?{query}")
    assert answer.status_code == 400
    assert sentence in answer.text


def test_a_decision_is_in_the_next_count_at_once(served, copy, ids):
    desk = served(copy, settings_of_plugin={"reviewers": {"id": ["ada"]}})
    reader, ada = Visitor(desk), Visitor(desk, "ada")
    address = f"/copy/cases.json?{POOLED}"
    before = counts(reader.ask("get", address).json(), "outcome")
    ada.open(f"/copy/-/case/{ids['1#1']}")
    for given, alive in (("dead", before["alive"] - 1), ("alive", before["alive"])):
        ada.decide(ids["1#1"], "outcome", "correct", value=given)
        assert counts(reader.ask("get", address).json(), "outcome")["alive"] == alive


def test_what_is_decided_unseen_is_counted_for_nobody_before_it_is_disclosed(served, copy, ids):
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("INSERT INTO meta VALUES ('review_mode', 'dual')")
    desk = served(copy, settings_of_plugin={"reviewers": {"id": ["ada", "ben"]}})
    people = {name: Visitor(desk, name) for name in ("ada", "ben")}
    seen = {}
    for name, visitor in people.items():
        visitor.open(f"/copy/-/case/{ids['1#1']}")
        visitor.decide(ids["1#1"], "outcome", "correct", value="dead")
        seen[name] = [counts(who.ask("get", f"/copy/cases.json?{POOLED}").json(), "outcome") for who in people.values()]
        visitor.send("finish", subject=ids["1"], page="report", name=ids["1"])
    assert [found["dead"] for found in (*seen["ada"], *seen["ben"])] == [1, 1, 1, 1]
    after = people["ben"].ask("get", f"/copy/cases.json?{POOLED}").json()
    assert counts(after, "outcome")["dead"] == 2


def test_who_may_not_see_the_table_is_not_given_what_was_counted_for_another(served, copy):
    closed = {"copy": {"tables": {"cases": {"allow": {"id": "ada"}}}}}
    desk = served(copy, databases=closed)
    for suffix in ("", ".json", ".csv"):
        assert Visitor(desk, "ada").ask("get", f"/copy/cases{suffix}?{POOLED}").status_code == 200
        assert Visitor(desk).ask("get", f"/copy/cases{suffix}?{POOLED}").status_code == 403


def test_what_is_remembered_is_made_again_after_every_commit_and_not_before(copy, rules_dir):
    known = Knowledge("copy", "copy", copy, "snake_bites", rules_dir, demo=False)
    made = []

    def number(_):
        with closing(sqlite3.connect(copy)) as db:
            made.append(db.execute("SELECT count(*) FROM problems").fetchone()[0])
        return made[-1]

    with closing(sqlite3.connect(copy)) as writer:
        for n in range(1, 6):  # each as large as the one before, with no time between them
            assert [remembered(number, known) for _ in range(2)] == [made[-1]] * 2
            with writer:
                writer.execute("INSERT INTO problems VALUES ('x', ?, 'x', 'x', '2026-01-01')", [str(n)])
    assert remembered(number, known) == 5
    assert made == [0, 1, 2, 3, 4, 5]


def test_another_file_in_the_place_of_one_is_noticed(copy, rules_dir, tmp_path):
    known = Knowledge("copy", "copy", copy, "snake_bites", rules_dir, demo=False)
    before = state(known)
    other = tmp_path / "other.db"
    other.write_bytes(copy.read_bytes())
    other.replace(copy)
    assert state(known) != before
