"""Compile and render what is printed: python benchmarks/documents.py [--keep DIR] [--db DB].

LaTeX by pdflatex, Word documents by LibreOffice; a line for each with its pages, and exit code 1 where one does not
compile, has no page, or writes more than a hair beyond the margin. With --keep the pages stay there as pictures.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from litreview.steps.export import export

DOCUMENTS = (
    ("cases", ".tex"),
    ("patients", ".tex"),
    ("cases", ".docx"),
    ("patients", ".docx"),
    ("checklists", ".docx"),
)
HAIR = 5.0  # points


def main() -> int:
    """Print a line for each document; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="folder for the pages as pictures")
    parser.add_argument("--db", type=Path, help="knowledge base (default: the demonstration)")
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(exist_ok=True)
        db = asked.db or demonstration(folder)
        for what, suffix in DOCUMENTS:
            output = folder / f"{what}{suffix}"
            export(db, what, output)
            faults = list(latex(output) if suffix == ".tex" else word(output))
            pages = pictures(output, folder) if not faults else 0
            failed += bool(faults) or not pages
            print(f"{output.name:20} {pages:3} pages {'; '.join(faults) or 'good'}")
    return 1 if failed else 0


def demonstration(folder: Path) -> Path:
    """The knowledge base of the fictional demonstration."""
    path = folder / "demo.db"
    made = [sys.executable, "-m", "litreview", "demo", str(path), "--no-serve", "--quiet"]
    subprocess.run(made, check=True, capture_output=True)
    return path


def latex(path: Path) -> Iterator[str]:
    """What pdflatex complains of, in its second run: the first only measures."""
    for _ in range(2):
        run = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", path.name],
            cwd=path.parent,
            capture_output=True,
            check=False,
        )
    told = run.stdout.decode("latin-1")
    yield from re.findall(r"^! .*$", told, re.MULTILINE)
    beyond = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt too wide", told)]
    if beyond and max(beyond) > HAIR:
        yield f"{max(beyond):.0f} points beyond the margin"


def word(path: Path) -> Iterator[str]:
    """What LibreOffice complains of."""
    made = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    run = subprocess.run(made, capture_output=True, text=True, check=False, timeout=300)
    if run.returncode or not path.with_suffix(".pdf").exists():
        yield run.stderr.strip() or "LibreOffice made no PDF"


def pictures(path: Path, folder: Path) -> int:
    """The pages as pictures; how many they are."""
    name = f"{path.stem}-{path.suffix[1:]}"
    subprocess.run(["pdftoppm", "-r", "80", "-png", path.with_suffix(".pdf"), folder / name], check=True)
    return len(list(folder.glob(f"{name}-*.png")))


if __name__ == "__main__":
    sys.exit(main())
