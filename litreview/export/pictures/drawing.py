"""Write a picture of a table: SVG as it is drawn, PNG by vl-convert."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from litreview.export.extras import need
from litreview.export.table import Table

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
    converter = need("vl_convert", "plots")
    stream.write(converter.svg_to_png(picture.draw(picture.table), ppi=_PPI))
    return 1
