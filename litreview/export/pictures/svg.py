"""Small pieces of SVG: boxes with lines of text, arrows, a page around them. No styles: a page may forbid them."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
INK = "#1a1a1a"
SIZE = 13
LINE = 18
PADDING = 10
_WIDTH = 0.56  # of a letter, as a share of the font's size


def page(width: float, height: float, parts: Iterable[str], *, title: str, description: str = "") -> str:
    """A whole picture on white, with words for those who cannot see it."""
    said = f"<title>{escape(title)}</title>" + (f"<desc>{escape(description)}</desc>" if description else "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family={quoteattr(FONT)} font-size="{SIZE}" fill="{INK}">\n{said}\n'
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def text(x: float, y: float, words: str, *, bold: bool = False, anchor: str = "start", more: str = "") -> str:
    """One line of text, its foot at y."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight}{more}>{escape(words)}</text>'


def box(x: float, y: float, width: float, lines: list[str], *, height: float = 0) -> str:
    """Lines of text in a frame, the first in bold."""
    drawn = [
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height or box_height(lines):g}" fill="#ffffff" '
        f'stroke="{INK}" stroke-width="1.2"/>'
    ]
    drawn += [
        text(x + PADDING, y + PADDING + LINE * (n + 0.72), line, bold=n == 0) for n, line in enumerate(lines) if line
    ]
    return "\n".join(drawn)


def box_height(lines: list[str]) -> float:
    """How high a box of so many lines is."""
    return 2 * PADDING + LINE * len(lines)


def arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    """A line with a head, along one axis."""
    across, down = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
    back_x, back_y = to_x - 8 * across, to_y - 8 * down
    head = (
        f"{to_x:g},{to_y:g} {back_x - 4 * down:g},{back_y - 4 * across:g} {back_x + 4 * down:g},{back_y + 4 * across:g}"
    )
    return (
        f'<path d="M{x:g} {y:g}L{back_x:g} {back_y:g}" stroke="{INK}" stroke-width="1.2" fill="none"/>'
        f'<polygon points="{head}"/>'
    )


def wrapped(words: str, width: float, *, bold: bool = False) -> list[str]:
    """The words in lines that fit a box of that width; later lines are indented."""
    room = int((width - 2 * PADDING) / (SIZE * _WIDTH * (1.08 if bold else 1)))
    lines = [""]
    for word in words.split(" "):
        if lines[-1].strip() and len(lines[-1]) + 1 + len(word) > room:
            lines.append("\u2003" + word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip(" ")
    return lines
