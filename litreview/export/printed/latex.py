"""Write a table as a LaTeX document that compiles as it is, or whose longtable is taken over into a paper."""

from collections.abc import Callable
from typing import TextIO

from litreview.export.latex_text import encoder
from litreview.export.printed.below import RAISED, below, on_a_line
from litreview.export.printed.widths import widths
from litreview.export.table import Printed, Table

_HEAD = r"""\documentclass[9pt,a4paper]{extarticle}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp,amssymb}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[landscape,margin=15mm]{geometry}
\usepackage{booktabs,longtable,array,ragged2e}
\newcolumntype{P}[1]{>{\RaggedRight\hspace{0pt}}p{\dimexpr#1\linewidth-2\tabcolsep\relax}}
\setlength{\tabcolsep}{2.5pt}
\setlength{\LTpre}{0pt}
\renewcommand{\arraystretch}{1.2}
\setlength{\parindent}{0pt}
\begin{document}
\scriptsize
"""


def write_latex(table: Table, stream: TextIO) -> int:
    """Write the document; how many rows the table has. Every letter beyond ASCII becomes a command."""
    printed, encode = table.to_print(), _Encoder()
    stream.write(_HEAD)
    for number, page in enumerate(printed.pages()):
        stream.write("\\clearpage\n" if number else "")
        _write_page(page, encode, stream)
    stream.write("\\end{document}\n")
    return len(printed)


def _write_page(printed: Printed, encode: Callable[[str], str], stream: TextIO) -> None:
    across = "".join(f"P{{{share:.3f}}}" for share in widths(printed))
    head = " & ".join(rf"\textbf{{{encode(name)}}}" for name in printed.columns) + r" \\"
    stream.write(rf"\begin{{longtable}}{{@{{}}{across}@{{}}}}" + "\n")
    stream.write(
        rf"\multicolumn{{{len(printed.columns)}}}{{@{{}}l}}{{\small\textbf{{{encode(printed.title)}}}}} \\" + "\n"
    )
    stream.write("\\toprule\n" + head + "\n\\midrule\n\\endfirsthead\n\\toprule\n" + head + "\n\\midrule\n\\endhead\n")
    stream.write("\\bottomrule\n\\endlastfoot\n")
    stream.writelines(" & ".join(map(encode, row)) + " \\\\\n" for row in printed.rows)
    stream.write("\\end{longtable}\n")
    stream.writelines(f"\n{encode(line)}\n" for line in below(printed))


class _Encoder:
    """Text to LaTeX by pylatexenc; raised letters and breaking places besides."""

    def __init__(self) -> None:
        self._encode = encoder()
        self._known: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text on one line; what was encoded before is remembered, as cells repeat."""
        if text not in self._known:
            self._known[text] = self._encoded(text)
        return self._known[text]

    def _encoded(self, text: str) -> str:
        plain, marks = on_a_line(text), ""
        raised = [letter for letter in plain if letter in RAISED]
        if not raised:
            return self._encode(plain)
        for letter in raised:
            before, plain = plain.split(letter, 1)
            marks += self._encode(before) + rf"\textsuperscript{{{RAISED[letter]}}}"
        return marks + self._encode(plain)
