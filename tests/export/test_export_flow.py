"""The picture of the flow of records."""

import io
import re
import struct
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from litreview.errors import UsageError
from litreview.export import PICTURES, Table
from litreview.export.extras import need
from litreview.export.pictures.drawing import Picture
from litreview.export.pictures.flow import draw

SVG = "{http://www.w3.org/2000/svg}"
ROWS = (
    ("identified", "databases", "PubMed", 1132),
    ("duplicates removed", "databases", "", 31),
    ("screened", "databases", "", 1101),
    ("excluded", "databases", "not_given", 900),
    ("excluded", "databases", "secondary & <others>", 121),
    ("sought for retrieval", "databases", "", 80),
    ("not retrieved", "databases", "", 10),
    ("assessed", "databases", "", 70),
    ("excluded after full text", "databases", "aggregate_only", 50),
    ("included", "databases", "", 30),
    ("identified", "other methods", "by hand", 0),
    ("included", "other methods", "", 0),
    ("cases", "all", "", 66),
    ("patients", "all", "", 61),
)
BY_HAND = (("identified", "other methods", "by hand", 4), ("included", "other methods", "", 3))


def flow(*rows: tuple[str, str, str, int]) -> Table:
    return Table("flow", ("stage", "arm", "reason", "count"), rows)


def words(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    return [" ".join((each.text or "").split()) for each in root.iter(f"{SVG}text")]


def frames(svg: str) -> list[tuple[float, ...]]:
    root = etree.fromstring(svg.encode())
    found = [each for each in root.iter(f"{SVG}rect") if each.get("stroke")]
    return [tuple(float(each.get(name)) for name in ("x", "y", "width", "height")) for each in found]


@pytest.mark.parametrize(
    "line",
    [
        "Records identified (n = 1,132)",
        "Duplicates removed (n = 31)",
        "not given (n = 900)",
        "Reports included (n = 30)",
        "Unique patients (n = 61)",
    ],
)
def test_every_count_stands_in_the_picture(line: str) -> None:
    assert line in words(draw(flow(*ROWS)))


def test_reasons_are_summed_and_escaped() -> None:
    said = " ".join(words(draw(flow(*ROWS))))

    assert "Excluded on the abstract (n = 1,021)" in said
    assert "secondary & <others> (n = 121)" in said


def test_an_arm_without_records_is_left_out_and_one_with_some_is_drawn() -> None:
    assert "Other methods" not in words(draw(flow(*ROWS)))

    both = words(draw(flow(*ROWS, *BY_HAND)))

    assert {"Databases and registers", "Other methods", "Other methods (n = 3)"} <= set(both)
    assert "Reports included (n = 33)" in both


def test_boxes_do_not_overlap_and_stay_on_the_page() -> None:
    svg = draw(flow(*ROWS, *BY_HAND))
    root = etree.fromstring(svg.encode())

    assert all(x + width <= float(root.get("width")) for x, _, width, _ in frames(svg))
    assert all(y + height <= float(root.get("height")) for _, y, _, height in frames(svg))
    for column in {x for x, *_ in frames(svg)}:
        stacked = sorted((y, y + height) for x, y, _, height in frames(svg) if x == column)
        assert all(above[1] < below[0] for above, below in pairwise(stacked))


def test_a_knowledge_base_without_records_has_a_flow_of_zeros() -> None:
    assert "Records identified (n = 0)" in words(draw(flow(("cases", "all", "", 0))))
    assert all(x + width <= 698 for x, _, width, _ in frames(draw(flow())))


def test_the_picture_says_its_counts_to_those_who_cannot_see_it_and_needs_no_style() -> None:
    root = etree.fromstring(draw(flow(*ROWS)).encode())

    assert root.get("role") == "img"
    assert "Unique patients, all: 61" in root.findtext(f"{SVG}desc")
    assert not re.search(r"style=|<style|<script|href=", etree.tostring(root).decode())


def test_a_picture_in_dots_has_three_hundred_an_inch() -> None:
    stream = io.BytesIO()

    PICTURES[".png"].write(Picture(flow(*ROWS), draw), stream)

    data = stream.getvalue()
    width, height = struct.unpack(">II", data[16:24])
    across, _, unit = struct.unpack(">IIB", data[data.index(b"pHYs") + 4 :][:9])
    assert data.startswith(b"\x89PNG")
    assert width > height > 1000
    assert (round(across * 0.0254), unit) == (300, 1)


def test_a_library_that_is_not_there_is_told_with_the_line_that_installs_it(monkeypatch: Any) -> None:
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)

    with pytest.raises(UsageError, match="vl_convert") as error:
        need("vl_convert", "plots")

    assert error.value.hint == "pip install 'litreview[plots]'"
