"""What SQL through Datasette may not read."""

import pytest
from serve_values import soup

WHOLE = "Nothing rests on this last sentence"
CLOSED = [
    "select text from documents",
    "select structure from documents",
    "select * from documents",
    "select entry from bibliographies",
    "select content from document_cases",
    "select rowid from passages_fts where passages_fts match 'lived'",
    "select block from passages_fts_data",
    "select term from passages_fts_idx",
    "select id from passages_fts_docsize",
    "select snippet(passages_fts, 0, '', '', '', 60) from passages_fts where passages_fts match 'lived'",
    "with passages as (select text from documents) select text from passages",
    "with queue as (select text as t from main.documents) select t from queue",
    "select TEXT from Documents",
    "select d.text || '' from documents d join records using (record_id)",
    "select max(text) from documents",
    "select 1 from documents where text like '%last sentence%'",
    "select count(*) from documents group by text",
    "select json_group_array(text) from documents",
    "select data from sqlite_dbpage",
    "select content from snapshots",
    "select * from snapshots",
]


def asked(sql):
    from urllib.parse import urlencode

    return f"/review?{urlencode({'sql': sql})}"


@pytest.mark.parametrize("sql", CLOSED)
def test_whole_texts_are_closed_to_sql_whatever_it_is_called(get, sql):
    answer = get(asked(sql).replace("?", ".json?", 1), expect=400)
    assert WHOLE not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "select text from passages",
        "select 1 as text from passages where text like '%sentence%' union select null",
        "select max(text) as text from passages",
    ],
)
def test_passages_are_empty_to_sql(get, sql):
    rows = get(asked(sql).replace("?", ".json?", 1) + "&_shape=array").json()
    assert {row["text"] for row in rows} == {None}


def test_counting_the_index_makes_no_noise(get, capsys):
    get("/review")
    get("/")
    assert "ERROR" not in capsys.readouterr().err


@pytest.mark.parametrize("sql", ["select document_id, licence from documents", "select quote from evidence"])
def test_what_a_document_is_and_what_is_quoted_of_it_stays_open_to_sql(get, sql):
    assert get(asked(sql).replace("?", ".json?", 1)).json()["rows"]


@pytest.mark.parametrize(
    "address",
    ["documents", "passages", "passages_fts", "passages_fts_data", "bibliographies", "document_cases", "snapshots"],
)
@pytest.mark.parametrize("suffix", ["", ".json", ".csv"])
def test_datasette_has_no_page_for_them(get, address, suffix):
    assert WHOLE not in get(f"/review/{address}{suffix}", expect=403).text


@pytest.mark.parametrize(
    "address", ["/review/passages.json?_search=lived", "/review/documents/d1", "/review/documents/d1.json"]
)
def test_nor_for_a_search_or_a_row_of_them(get, address):
    get(address, expect=403)


def test_the_setting_opens_them_on_a_machine_of_one_s_own(served, review, get):
    own = served(review, settings_of_plugin={"whole_texts": True})
    assert WHOLE in get(asked("select text from documents").replace("?", ".json?", 1), of=own).text
    assert WHOLE in get("/review/passages.json?_search=lived&_shape=array", of=own).text


def test_a_question_over_several_databases_goes_round_nothing(served, review, get):
    crossed = served(review, crossdb=True)
    answer = get("/_memory.json?sql=select+text+from+review.documents", of=crossed, expect=400)
    assert WHOLE not in answer.text
    assert get("/_memory.json?sql=select+count(*)+as+n+from+review.cases&_shape=array", of=crossed).json() == [{"n": 4}]


def test_a_neighbour_s_tables_of_the_same_names_are_left_alone(served, review, tmp_path, get):
    import sqlite3
    from contextlib import closing

    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE documents (text TEXT)")
        connection.execute("INSERT INTO documents VALUES ('mine')")
    both = served(review, path)
    assert get("/other/documents.json?_shape=array", of=both).json() == [{"rowid": 1, "text": "mine"}]
    assert get("/other.json?sql=select+text+from+documents&_shape=array", of=both).json() == [{"text": "mine"}]


def test_our_own_page_shows_the_text_that_may_be_passed_on_and_no_other(get, ids):
    assert WHOLE in get(f"/review/-/report/{ids['1']}").text
    assert WHOLE not in get(f"/review/-/report/{ids['2']}").text


def test_the_search_of_texts_tells_a_few_words_around(get):
    around = soup(get("/review/-/texts?q=sentence")).select_one(".lr-around").text
    assert "sentence" in around
    assert len(around) < 400


@pytest.mark.parametrize("asked_for", ['"', "a OR", "text:*", "NEAR(", "-", "\u202e", "lived*"])
def test_no_search_is_too_odd(get, asked_for):
    from urllib.parse import quote

    get(f"/review/-/texts?q={quote(asked_for)}")


def test_the_database_is_no_download_unless_asked_for(served, review, get):
    from datasette.app import Datasette

    made = served(review)
    assert isinstance(made, Datasette)
    get("/review.db", of=made, expect=403)


def test_sql_has_its_limits(review):
    from litreview.steps.serve import datasette

    application = datasette(review)
    try:
        assert application.setting("sql_time_limit_ms") == 1000
        assert application.setting("max_returned_rows") == 1000
    finally:
        application.executor.shutdown()


def test_everything_as_a_package_is_no_download(get):
    get("/review/-/export/package.zip", expect=404)


def test_the_names_of_snapshots_are_open_to_sql(get):
    assert get(asked("select name, made_at, sha256 from snapshots").replace("?", ".json?", 1)).json()["rows"] == []


@pytest.mark.parametrize("export", ["swimmer.csv", "phenopackets.json", "checklists.csv", "figures.zip"])
def test_what_is_made_from_a_table_is_not_given_to_whom_the_table_is_not(served, review, get, export):
    closed = served(review, databases={"review": {"tables": {"findings": {"allow": False}}}})
    get(f"/review/-/export/{export}", of=closed, expect=403)
