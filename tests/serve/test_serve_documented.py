import sqlite3
from contextlib import closing

from litreview.serve.codebook import tables
from litreview.serve.knowledge import knowledge
from litreview.serve.metadata import NEWEST, metadata


def present(path):
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        return {
            name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            for name in names
            if "_fts" not in name and not name.startswith("sqlite_")
        }


def test_every_table_and_view_has_its_sentence(review):
    missing = [name for name in present(review) if not tables().get(name, {}).get("description")]
    assert missing == []


def test_every_column_has_its_sentence(served, review):
    described = metadata(knowledge(served(review), "review"))["tables"]
    missing = [
        f"{table}.{column}"
        for table, columns in present(review).items()
        for column in columns
        if not described[table]["columns"].get(column)
    ]
    assert missing == []


def test_nothing_is_described_that_is_not_there(review):
    found = present(review)
    assert [name for name in tables() if name not in found] == []
    assert [
        f"{name}.{column}"
        for name, about in tables().items()
        for column in about["columns"]
        if column not in found[name]
    ] == []


def test_the_column_that_tables_are_shown_by_bears_no_index(served, review):
    described = metadata(knowledge(served(review), "review"))["tables"]
    shown_by = {name: about["sort_desc"] for name, about in described.items() if "sort_desc" in about}
    assert shown_by == {"cases": NEWEST, "records": NEWEST}
    assert all(column in described[name]["sortable_columns"] for name, column in shown_by.items())
