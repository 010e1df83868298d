"""Files of exactly what a table page shows."""

import csv
import io
import json

import pytest

ALL = "/review/-/filtered/cases"


def read(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["=1+1", "Patient 1", "Patient 1", "Patient 2"]),
        ("?case_source=own&eligible=yes&outcome=dead", ["Patient 2"]),
        ("?_search=Viper", ["Patient 1", "Patient 1", "Patient 2"]),
        ("?age_years__gt=40", ["Patient 2"]),
        ("?_where=year+%3E+2021&_sort=year", ["=1+1", "Patient 1"]),
        ("?outcome__isnull=1", ["=1+1"]),
    ],
    ids=["all", "facets", "search", "bound", "where", "missing"],
)
def test_the_file_has_the_rows_of_the_page(get, query, labels):
    rows = read(get(f"{ALL}.csv{query}"))
    assert sorted(row["case_label"].lstrip("'") for row in rows) == labels
    page = get(f"/review/cases.json{query}{'&' if query else '?'}_shape=array").json()
    assert [row["case_id"] for row in rows] == [row["case_id"] for row in page]


def test_the_page_s_size_and_place_do_not_matter(get):
    assert len(read(get(f"{ALL}.csv?_size=1&_facet=outcome&_next=x"))) == 4


def test_columns_are_those_the_reader_chose(get):
    assert list(read(get(f"{ALL}.csv?_col=age_years&_nocol=title"))[0]) == ["case_id", "age_years"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "xlsx"])
def test_every_format_of_a_table(get, suffix):
    answer = get(f"{ALL}.{suffix}?outcome=dead")
    assert f'filename="review-cases-filtered.{suffix}"' in answer.headers["content-disposition"]
    if suffix == "json":
        assert [row["outcome"] for row in json.loads(answer.text)] == ["dead"]


def test_a_cell_that_a_spreadsheet_would_compute_is_kept_from_it(get):
    assert "'=cmd()" in get(f"{ALL}.csv").text


@pytest.mark.parametrize("address", [f"{ALL}.exe", "/review/-/filtered/nothing.csv", f"{ALL}.csv?_where=nonsense+("])
def test_what_gives_no_table_is_not_found(get, address):
    get(address, expect=404)


def test_what_is_withheld_is_no_file_either(get):
    get("/review/-/filtered/documents.csv", expect=403)


def test_the_page_links_its_own_rows(get):
    from serve_values import soup

    page = soup(get("/review/cases?outcome=dead"))
    assert page.select_one('a[href="/review/-/filtered/cases.csv?outcome=dead"]') is not None
