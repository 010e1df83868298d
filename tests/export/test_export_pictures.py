"""Pictures of patients, drawn from their tables."""

import io
import zipfile
from types import ModuleType

import pytest
from lxml import etree

from litreview.errors import UsageError
from litreview.export import PICTURE_SETS, PICTURES, Table
from litreview.export.pictures import forest, missingness, swimmer, years
from litreview.export.pictures.drawing import Picture

SVG = "{http://www.w3.org/2000/svg}"
TABLES = {
    "swimmer": Table(
        "swimmer",
        ("patient_id", "report", "group", "what", "day"),
        (
            ("p1", "Adder 2020", "cobra", "followed", 304.0),
            ("p1", "Adder 2020", "cobra", "Response", 12.0),
            ("p2", "Boa 2021", "viper", "followed", 608.0),
            ("p2", "Boa 2021", "viper", "Death", 608.0),
        ),
    ),
    "forest": Table(
        "forest",
        ("title", "by", "label", "n", "of", "share", "low", "high"),
        (
            ("Recovered", "report", "Adder 2020", 3, 4, 0.75, 0.19, 0.99),
            ("Recovered", "all", "All reports", 3, 4, 0.75, 0.19, 0.99),
            ("Recovered", "snake", "cobra", 1, 2, 0.5, 0.01, 0.99),
            ("Something else", "all", "All reports", 0, 4, 0.0, 0.0, 0.6),
        ),
    ),
    "missingness": Table(
        "missingness",
        ("patient_id", "report", "attribute", "reported"),
        (("p1", "A", "age", "yes"), ("p2", "B", "age", "yes"), ("p1", "A", "vials", "no"), ("p2", "B", "vials", "yes")),
    ),
    "years": Table(
        "years",
        ("year", "group", "patients", "cumulative"),
        ((2020, "cobra", 1, 1), (2021, "cobra", 0, 1), (2020, "viper", 0, 0), (2021, "viper", 4, 4)),
    ),
}
DRAWN: dict[str, ModuleType] = {"swimmer": swimmer, "forest": forest, "missingness": missingness, "years": years}
SHOWN = {
    "swimmer": [
        "Adder 2020",
        "Boa 2021",
        "cobra",
        "viper",
        "Response",
        "Death",
        "2 patients with a known length of follow-up",
    ],
    "forest": ["Recovered", "Adder 2020", "All reports", "By snake", "cobra", "3/4 75% (19% to 99%)"],
    "missingness": ["age 2/2", "vials 1/2", "yes", "no"],
    "years": ["2020", "2021", "5", "cobra", "viper", "5 unique patients by year of their first report"],
}


def words(svg: str) -> set[str]:
    return {" ".join("".join(each.itertext()).split()) for each in etree.fromstring(svg.encode()).iter(f"{SVG}text")}


@pytest.mark.parametrize("name", DRAWN)
def test_the_picture_shows_what_the_table_says(name: str) -> None:
    assert set(SHOWN[name]) <= words(DRAWN[name].draw(TABLES[name]))


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_table_gives_the_same_picture(name: str) -> None:
    assert DRAWN[name].draw(TABLES[name]) == DRAWN[name].draw(TABLES[name])


@pytest.mark.parametrize("name", DRAWN)
def test_a_table_without_rows_gives_a_picture_that_says_so(name: str) -> None:
    empty, stream = Picture(Table(name, TABLES[name].columns, ()), DRAWN[name].draw), io.BytesIO()

    PICTURES[".png"].write(empty, stream)

    assert any(each.startswith(("No ", "There ")) for each in words(empty.draw(empty.table)))
    assert stream.getvalue().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_needs_altair_and_says_how_to_get_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "altair", None)

    with pytest.raises(UsageError) as error:
        PICTURES[".svg"].write(Picture(TABLES[name], DRAWN[name].draw), io.StringIO())

    assert error.value.hint == "pip install 'litreview[plots]'"


def test_two_patients_of_one_name_have_a_lane_each() -> None:
    rows = tuple((patient, "Adder 2020", "cobra", "followed", 30.0) for patient in ("p1", "p2"))
    root = etree.fromstring(swimmer.draw(Table("swimmer", TABLES["swimmer"].columns, rows)).encode())

    assert ["".join(text.itertext()) for text in root.iter(f"{SVG}text")].count("Adder 2020") == 2


def test_words_of_another_share_are_not_drawn() -> None:
    assert "Something else" not in words(forest.draw(TABLES["forest"]))


def test_forest_labels_stand_on_the_line_of_their_numbers() -> None:
    root = etree.fromstring(forest.draw(TABLES["forest"]).encode())
    places = {}
    for text in root.iter(f"{SVG}text"):
        y, node = 0.0, text
        while node is not None:
            if "translate(" in (moved := node.get("transform", "")):
                y += float(moved.split("translate(")[1].split(")")[0].split(",")[1])
            node = node.getparent()
        places[" ".join("".join(text.itertext()).split())] = y

    assert abs(places["cobra"] - places["1/2 50% (1% to 99%)"]) < 6


def test_all_pictures_come_in_one_file_as_svg_and_png() -> None:
    stream = io.BytesIO()

    count = PICTURE_SETS[".zip"].write({name: Picture(TABLES[name], DRAWN[name].draw) for name in DRAWN}, stream)

    with zipfile.ZipFile(stream) as archive:
        assert count == 4
        assert archive.namelist() == [f"{name}{end}" for name in DRAWN for end in (".svg", ".png")]
        assert archive.read("years.png").startswith(b"\x89PNG")
