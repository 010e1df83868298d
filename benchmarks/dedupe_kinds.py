"""One thing at a time that sources do to a record: is the copy found? And papers that look like it: are they left?

python benchmarks/dedupe_kinds.py                    on records of ../shared/dedup that no label calls a duplicate
"""

import argparse
import html
import random
import re
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from dedupe import PUBLISHED, SETS, labels_of, read_records, rows_of, written
from dedupe_noise import Row

from litreview import dedupe

Change = Callable[[Row, random.Random], None]


def main() -> None:
    """Print for each set and each kind of damage how many copies are found, wait or are missed, and what is wrong."""
    options = _options()
    for name in PUBLISHED:
        folder = options.sets / name
        if not folder.is_dir():
            print(f"{name}: {folder} is not here")
            continue
        labelled = {one for group in labels_of(folder / "merged_record_ids.csv.gz") for one in group}
        rows = rows_of(folder / "records_pre_merged.csv.gz")
        alone = [row for row in rows if row["ID"] not in labelled and len(row["title"]) > 25 and row["author"]]
        print(f"{name}: of {options.copies} copies joined, waiting, missed, joined to others")
        for kind, change in (COPIES | OTHERS).items():
            print(f"  {kind:34} {_tried(rows, alone, change, options.copies, random.Random(11))}", flush=True)


def _tried(rows: Sequence[Row], alone: Sequence[Row], change: Change, size: int, chance: random.Random) -> str:
    originals = chance.sample(alone, min(size, len(alone)))
    copies = [dict(row) | {"ID": f"copy-{row['ID']}"} for row in originals]
    for copy in copies:
        change(copy, chance)
    with tempfile.TemporaryDirectory() as folder:
        records = read_records(written(Path(folder) / "given.csv.gz", [*rows, *copies]))
    pairs, clusters = dedupe.records(records)
    group = {member: cluster.members for cluster in clusters for member in cluster.members}
    asked = {frozenset((pair.left, pair.right)) for pair in pairs if pair.outcome in ("possible", "related")}
    joined = [copy for copy in copies if copy["ID"].removeprefix("copy-") in group[copy["ID"]]]
    waiting = [
        copy
        for copy in copies
        if copy not in joined and frozenset((copy["ID"], copy["ID"].removeprefix("copy-"))) in asked
    ]
    wrong = sum(len(group[copy["ID"]]) > 1 for copy in copies if copy not in joined)
    return f"{len(joined):4} {len(waiting):4} {len(copies) - len(joined) - len(waiting):4} {wrong:4}"


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _set(**fields: Callable[[str, Row], str]) -> Change:
    def change(row: Row, chance: random.Random) -> None:
        for field, made in fields.items():
            row[field] = made(row.get(field) or "", row)

    return change


def _initials(names: str, row: Row) -> str:
    """Müller, Karl Heinz -> Müller, K. H."""

    def one(name: str) -> str:
        family, comma, given = name.partition(",")
        letters = " ".join(f"{word[0]}." for word in re.findall(r"[^\W\d_]+", given))
        return f"{family}{comma} {letters}".strip() if comma else name

    return " and ".join(map(one, names.split(" and ")))


def _turned(names: str, row: Row) -> str:
    """Müller, Karl -> Karl Müller."""
    parts = (name.partition(",") for name in names.split(" and "))
    return " and ".join(f"{given.strip()} {family.strip()}".strip() for family, _, given in parts)


def _abbreviated(journal: str, row: Row) -> str:
    words = [word for word in journal.split() if word.lower() not in ("of", "the", "and", "in", "for", "&")]
    return " ".join(word[:5] + "." if len(word) > 6 else word for word in words) if len(words) > 1 else journal


def _acronym(journal: str, row: Row) -> str:
    words = [
        word for word in re.findall(r"[A-Za-z]+", journal) if word.lower() not in ("of", "the", "and", "in", "for")
    ]
    return "".join(word[0].upper() for word in words) if len(words) > 2 else journal


def _first_page(pages: str, row: Row) -> str:
    return re.split(r"\s*-+\s*", pages)[0]


def _short_last(pages: str, row: Row) -> str:
    found = re.fullmatch(r"(\d+)\s*-+\s*(\d+)", pages)
    if not found or len(found[1]) != len(found[2]):
        return pages
    same = next((n for n, (a, b) in enumerate(zip(found[1], found[2], strict=True)) if a != b), 0)
    return f"{found[1]}-{found[2][same:]}"


def _year(year: str, row: Row) -> str:
    return str(int(year) + 1) if year.isdigit() else year


def _moved(number: str, row: Row) -> str:
    return re.sub(r"\d+", lambda found: str(int(found.group()) + 7), number)


COPIES: dict[str, Change] = {
    "as it is": _set(),
    "without DOI": _set(doi=lambda doi, row: ""),
    "without pages": _set(pages=lambda pages, row: ""),
    "without volume and issue": _set(volume=lambda volume, row: "", number=lambda number, row: ""),
    "without DOI, volume, issue, pages": _set(
        doi=lambda _, row: "", volume=lambda _, row: "", number=lambda _, row: "", pages=lambda _, row: ""
    ),
    "without authors": _set(author=lambda names, row: ""),
    "without year": _set(year=lambda year, row: ""),
    "without journal": _set(journal=lambda journal, row: "", doi=lambda doi, row: ""),
    "year one later": _set(year=_year),
    "year one later, without DOI": _set(year=_year, doi=lambda doi, row: ""),
    "journal cut to abbreviations": _set(journal=_abbreviated, doi=lambda doi, row: ""),
    "journal by its initials": _set(journal=_acronym, doi=lambda doi, row: ""),
    "first page only": _set(pages=_first_page, doi=lambda doi, row: ""),
    "last page cut (123-9)": _set(pages=_short_last, doi=lambda doi, row: ""),
    "initials for given names": _set(author=_initials, doi=lambda doi, row: ""),
    "given names first": _set(author=_turned, doi=lambda doi, row: ""),
    "first author et al.": _set(
        author=lambda names, row: names.split(" and ")[0] + " and et al.", doi=lambda _, row: ""
    ),
    "without accents": _set(title=lambda title, row: _bare(title), author=lambda names, row: _bare(names)),
    "without subtitle": _set(title=lambda title, row: re.split(r"[:?]| - ", title)[0], doi=lambda _, row: ""),
    "title in capitals": _set(title=lambda title, row: title.upper(), doi=lambda doi, row: ""),
    "title in title case": _set(title=lambda title, row: title.title(), doi=lambda doi, row: ""),
    "title cut after 60 letters": _set(title=lambda title, row: title[:60], doi=lambda doi, row: ""),
    "title with HTML entities": _set(
        title=lambda title, row: html.escape(title).replace("-", "&#8211;"), doi=lambda doi, row: ""
    ),
    "[Title]. [Article in German]": _set(
        title=lambda title, row: f"[{title.rstrip('.')}]. [Article in German]", doi=lambda doi, row: ""
    ),
    "title with (Review) and a full stop": _set(title=lambda title, row: f"{title} (Review).", doi=lambda doi, row: ""),
    "a word of the title lost": _set(
        title=lambda title, row: " ".join(word for n, word in enumerate(title.split()) if n != 3), doi=lambda _, row: ""
    ),
}
"""What sources do to a record that stays the same report."""

OTHERS: dict[str, Change] = {
    "(another) by others elsewhere": _set(
        author=lambda names, row: "Quill, Zora and Ferrow, Ida", volume=_moved, pages=_moved, doi=lambda _, row: ""
    ),
    "(another) part II, later pages": _set(
        title=lambda title, row: f"{title} Part II", pages=_moved, volume=_moved, year=_year, doi=lambda _, row: ""
    ),
    "(another) erratum": _set(
        title=lambda title, row: f"Erratum: {title}", pages=lambda _, row: "999", volume=_moved, doi=lambda _, row: ""
    ),
    "(another) comment on it": _set(
        title=lambda title, row: f"Comment on: {title}", author=lambda names, row: "Quill, Zora", pages=_moved,
        doi=lambda _, row: "",
    ),
}  # fmt: skip
"""Papers that look like it and are others."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, default=SETS, help="folder of the labelled sets")
    parser.add_argument("--copies", type=int, default=200)
    return parser.parse_args()


if __name__ == "__main__":
    main()
