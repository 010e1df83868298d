"""Write a picture of a table: SVG as it is drawn, PNG by vl-convert."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from litreview.export.extras import need
from litreview.export.table import Table
from litreview.export.zips import add

_PPI = 300


@dataclass(frozen=True, slots=True)
class Picture:
    """A table and how it is drawn as SVG."""

    table: Table
    draw: Callable[[Table], str]


def write_svg(picture: Picture, stream: TextIO) -> int:
    """Write the picture as text; it is one."""
    stream.write(picture.draw(picture.table))
    return 1


def write_png(picture: Picture, stream: BinaryIO) -> int:
    """Write the picture in dots, for print; it is one."""
    stream.write(_png(picture.draw(picture.table)))
    return 1


def write_pictures(pictures: Mapping[str, Picture], stream: BinaryIO) -> int:
    """Write several pictures into a zip, each as SVG and as PNG under its name; how many they are."""
    with zipfile.ZipFile(stream, "w") as archive:
        for name, picture in pictures.items():
            svg = picture.draw(picture.table)
            add(archive, f"{name}.svg", svg.encode())
            add(archive, f"{name}.png", _png(svg))
    return len(pictures)


def _png(svg: str) -> bytes:
    return bytes(need("vl_convert", "plots").svg_to_png(svg, ppi=_PPI))
