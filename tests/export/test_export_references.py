"""References, read again by their libraries and by our own readers."""

import io
import json
from collections.abc import Callable

import bibtexparser
import pytest
import rispy

from litreview.export import REFERENCES
from litreview.export.references.reference import Reference, references
from litreview.model.bibliography import PartialDate, Record
from litreview.readers import bibtex, ris

RECORDS = (
    Record(
        "Größe & risk: 50% of (bites), day_1\n≥ 5 µl",
        pmid="101",
        pmcid="PMC9",
        doi="10.5555/a_b",
        authors=("Müller-Ødegård GG", "van der Bite B", "The Snake Group"),
        journal="Journal of Bites",
        published=PartialDate(2020, 5),
        volume="3",
        issue="2",
        pages="123-8",
        language="eng",
        keywords=("snakes", "children"),
        abstract="A bite.\nTY  - JOUR",
        publication_types=("Case Reports",),
    ),
    Record("Another bite", doi="10.5555/c", authors=("Müller-Ødegård GG",), published=PartialDate(2020)),
    Record("A bite at a meeting", pmid="103", publication_types=("Congress",)),
)
READERS = {".ris": ris.read, ".bib": bibtex.read}


def text(suffix: str) -> str:
    stream = io.StringIO()
    assert REFERENCES[suffix].write(references(RECORDS), stream) == 3
    return stream.getvalue()


def test_two_with_one_author_and_year_have_different_keys_in_plain_letters() -> None:
    assert [each.key for each in references(RECORDS)] == ["Mullerdegard2020a", "Mullerdegard2020b", "anon"]


def test_many_with_one_author_and_year_have_a_letter_each() -> None:
    keys = [each.key for each in references([RECORDS[1]] * 30)]

    assert len(set(keys)) == 30
    assert keys[-1].endswith("ad")


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize(
    "field", ["title", "pmid", "pmcid", "doi", "authors", "journal", "year", "volume", "issue", "language", "keywords"]
)
def test_our_own_readers_give_every_record_again(suffix: str, field: str) -> None:
    read: Callable[..., object] = READERS[suffix]

    found = [item[0] for item in read(io.BytesIO(text(suffix).encode()), f"x{suffix}")]  # type: ignore[attr-defined]

    def folded(record: Record) -> object:
        value = getattr(record, field)
        return " ".join(value.split()) if isinstance(value, str) else value

    assert [folded(each) for each in found] == [folded(each) for each in RECORDS]


def test_rispy_reads_one_entry_for_each() -> None:
    entries = rispy.loads(text(".ris"))

    assert [entry["type_of_reference"] for entry in entries] == ["JOUR", "JOUR", "CONF"]
    assert entries[0]["authors"] == ["Müller-Ødegård, G. G.", "van der Bite, B.", "The Snake Group"]
    assert (entries[0]["start_page"], entries[0]["end_page"]) == ("123", "128")


def test_bibtexparser_reads_one_entry_for_each_in_plain_letters() -> None:
    library = bibtexparser.parse_string(text(".bib"))

    assert text(".bib").isascii()
    assert library.failed_blocks == []
    assert [entry.entry_type for entry in library.entries] == ["article", "article", "inproceedings"]
    assert library.entries[0]["author"].endswith("{The Snake Group}")
    assert library.entries[0]["pages"] == "123--128"


def test_csl_json_has_people_groups_and_dates_apart() -> None:
    first, second, third = json.loads(text(".json"))

    assert first["author"][::2] == [{"family": "Müller-Ødegård", "given": "G. G."}, {"literal": "The Snake Group"}]
    assert (first["issued"], first["page"], first["type"]) == (
        {"date-parts": [[2020, 5]]},
        "123-128",
        "article-journal",
    )
    assert "PMID" not in second
    assert third["type"] == "paper-conference"


@pytest.mark.parametrize("suffix", REFERENCES)
def test_nothing_included_gives_an_empty_bibliography(suffix: str) -> None:
    stream = io.StringIO()

    assert REFERENCES[suffix].write((), stream) == 0
    assert stream.getvalue().strip() == ("[]" if suffix == ".json" else "")


def test_a_reference_is_its_record_under_a_key() -> None:
    assert references(RECORDS[2:]) == (Reference("anon", RECORDS[2]),)
