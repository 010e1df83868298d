from litreview.extract.tables.grid import Entry
from litreview.extract.tables.heads import Head, head_of
from litreview.model.document import Span
from litreview.model.pattern import Pattern, Sieve

HERE = Span(0, 1)
HEADERS = [Pattern(header) for header in ("^type", r"\bday\b", "response", "overall response", "earlier", "dose")]


def entry(header: str, *parts: str, legend: tuple[tuple[str, str, Span], ...] = ()) -> Entry:
    return Entry(header, (HERE,), "words", HERE, tuple((part, "word", HERE) for part in parts), header_legend=legend)


def test_headers_asked_for_at_once_are_found_where_each_is_found_alone() -> None:
    entries = (
        entry("Type, day", "Type", "day"),
        entry("Response (day)", "Response", "Response (day)"),
        entry("Earlier treatments (response)", "Earlier treatments", "response"),
        entry("OR", legend=(("OR", "overall response", HERE),)),
    )

    for one in entries:
        head = head_of(one)
        alone = Head(head.header, head.names, head.spelled)
        held = {header: alone.fit(header) for header in HEADERS if any(header.search(words) for words in head.words)}

        assert {header: head.fit(header) for header in head.asked(Sieve(HEADERS))} == held


def test_entries_of_a_column_share_what_stands_over_them() -> None:
    assert head_of(entry("Type, day", "Type", "day")) is head_of(entry("Type, day", "Type", "day"))
