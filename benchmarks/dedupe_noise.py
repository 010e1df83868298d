"""What sources do to a record, done at random: fields lost, shortened, misspelt; and clones that are other reports."""

import random
import re
from collections.abc import Iterator, Sequence

Row = dict[str, str]


def noisy(row: Row, chance: random.Random, share: float) -> Row:
    """The row as a careless source has it; each of a dozen things happens to it with the given chance."""
    told = dict(row)
    for field in ("pages", "volume", "number", "doi", "abstract"):
        if field in told and chance.random() < share:
            told[field] = ""
    for change in (_year, _authors, _journal, _misprint, _capitals, _without_subtitle, _short_pages):
        if chance.random() < share:
            change(told, chance)
    return told


def cloned(rows: Sequence[Row], size: int, chance: random.Random) -> Iterator[Row]:
    """As many rows as wanted: the given ones again and again, each time with other words, names, volumes and pages."""
    for n in range(size):
        time, row = n // len(rows), rows[n % len(rows)]
        yield noisy(_other(row, time) if time else row, chance, 0.05) | {"ID": f"{time}-{row['ID']}"}


def _other(row: Row, time: int) -> Row:
    """The row as if of another report: long words and names turned by some letters, numbers moved."""
    told = {name: value for name, value in row.items() if name in _KEPT}
    told["title"] = re.sub(r"[a-zA-Z]{6,}", lambda word: _turned(word.group(), time), row["title"])
    told["abstract"] = re.sub(r"[a-zA-Z]{6,}", lambda word: _turned(word.group(), time), row.get("abstract") or "")
    told["author"] = re.sub(r"[A-Z][a-z]{2,}", lambda word: _turned(word.group(), time), row["author"])
    told["volume"] = re.sub(r"\d+", lambda number: str(int(number.group()) + time), row["volume"] or "")
    told["pages"] = re.sub(r"\d+", lambda number: str(int(number.group()) + 11 * time), row["pages"] or "")
    told["doi"] = f"{row['doi']}.{time}" if row.get("doi") else ""
    return told


_KEPT = ("ID", "ENTRYTYPE", "journal", "year", "number", "booktitle")


def _turned(word: str, time: int) -> str:
    steps = (time % 25 + 1, time // 25)
    return "".join(_letter(letter, steps[place % 2]) for place, letter in enumerate(word))


def _letter(letter: str, steps: int) -> str:
    start = ord("A") if letter.isupper() else ord("a")
    return chr((ord(letter) - start + steps) % 26 + start)


def _year(row: Row, chance: random.Random) -> None:
    if row["year"].isdigit():
        row["year"] = str(int(row["year"]) + chance.choice((-1, 1)))


def _authors(row: Row, chance: random.Random) -> None:
    names = row["author"].split(" and ")
    without_marks = " and ".join(name.replace(",", "").replace(".", "") for name in names)
    row["author"] = chance.choice((names[0], without_marks))


def _journal(row: Row, chance: random.Random) -> None:
    words = [word for word in (row.get("journal") or "").split() if word.lower() not in ("of", "the", "and")]
    row["journal"] = " ".join(word[:4] for word in words) if chance.random() < 0.8 else ""


def _misprint(row: Row, chance: random.Random) -> None:
    if len(title := row["title"]) > 20:
        place = chance.randrange(5, len(title) - 2)
        row["title"] = title[:place] + title[place + 1] + title[place] + title[place + 2 :]


def _capitals(row: Row, chance: random.Random) -> None:
    row["title"] = row["title"].upper()


def _without_subtitle(row: Row, chance: random.Random) -> None:
    row["title"] = re.split(r"[:?]| - ", row["title"])[0]


def _short_pages(row: Row, chance: random.Random) -> None:
    found = re.fullmatch(r"(\d+)\s*-+\s*(\d+)", row["pages"])
    if found and len(found[1]) == len(found[2]) > 1 and found[1][0] == found[2][0]:
        row["pages"] = f"{found[1]}-{found[2][1:]}"
