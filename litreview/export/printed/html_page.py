"""Write a table as a page of HTML that needs nothing else, in the lines of a journal."""

from html import escape
from typing import TextIO

from litreview.export.printed.below import below
from litreview.export.table import Printed, Table

_STYLE = """
body { font: 14px/1.4 "Source Sans 3", "Segoe UI", "DejaVu Sans", sans-serif; color: #1a1a1a; margin: 2em; }
table { border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; }
caption { text-align: left; font-weight: bold; padding-bottom: .5em; }
th { border-bottom: 1px solid; text-align: left; vertical-align: bottom; }
th, td { padding: .25em .6em; vertical-align: top; overflow-wrap: break-word; }
tbody tr:nth-child(even) { background: #f5f5f5; }
p { font-size: 12px; margin: .4em 0; max-width: 80em; }
@page { size: A4 landscape; margin: 12mm; }
p + table { margin-top: 2.5em; break-before: page; }
@media print { body { font-size: 9px; margin: 0; } p { font-size: 8px; } th, td { padding: .2em .4em; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def write_html(table: Table, stream: TextIO) -> int:
    """Write the page; how many rows the table has. Nothing in a cell is taken for mark-up."""
    printed = table.to_print()
    stream.write(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(printed.title)}</title>\n'
    )
    stream.write(f"<style>{_STYLE}</style>\n</head>\n<body>\n")
    for page in printed.pages():
        _write_page(page, stream)
    stream.write("</body>\n</html>\n")
    return len(printed)


def _write_page(page: Printed, stream: TextIO) -> None:
    stream.write(f"<table>\n<caption>{escape(page.title)}</caption>\n")
    stream.write("<thead>\n" + _row("th scope=col", page.columns) + "</thead>\n<tbody>\n")
    stream.writelines(_row("td", row) for row in page.rows)
    stream.write("</tbody>\n</table>\n")
    stream.writelines(f"<p>{escape(line)}</p>\n" for line in below(page))


def _row(tag: str, cells: tuple[str, ...]) -> str:
    end = tag.partition(" ")[0]
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{end}>" for cell in cells) + "</tr>\n"
