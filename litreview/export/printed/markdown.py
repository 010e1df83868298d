"""Write a table in Markdown."""

import re
from typing import TextIO

from litreview.export.printed.below import below, on_a_line
from litreview.export.table import Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$])")


def write_markdown(table: Table, stream: TextIO) -> int:
    """Write a title, the table, and what stands below it; how many rows it were."""
    printed = table.to_print()
    for number, page in enumerate(printed.pages()):
        stream.write(("\n## " if number else "# ") + f"{_escaped(page.title)}\n\n")
        stream.write(_row(page.columns) + "|" + " --- |" * len(page.columns) + "\n")
        stream.writelines(_row(row) for row in page.rows)
        stream.writelines(f"\n{_escaped(line)}\n" for line in below(page))
    return len(printed)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |\n"


def _escaped(text: str) -> str:
    """No text becomes a mark-up, a link or a tag."""
    return _SPECIAL.sub(r"\\\1", on_a_line(text))
