"""Makes the pictures of docs/images from the demonstration: python docs/screenshots.py [DB]."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from litreview.serve.links import page, pooled_address

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LARGEST = 300_000  # bytes; a README with pictures should still open at once
COMMAND = [sys.executable, "-c", "from litreview.cli import main; main()"]
WIDE, PHONE = (1440, 900), (390, 844)
LARGE = ("home", "table", "case")
"""Pages that have a picture of their own besides their sheet."""

REVIEWERS = ("Ada", "Ben", "Cid")

# A case that has the most values to show.
RICHEST = """
SELECT case_id, record_id, patient_id FROM findings JOIN cases USING (case_id)
WHERE eligible = 'yes' AND case_source = 'own' AND full_text = 'yes'
GROUP BY case_id ORDER BY count(DISTINCT attribute) DESC, case_id LIMIT 1
"""

# The four looks of a page side by side, each at a fraction of its size.
SHEET = """
<body style="margin:0;padding:12px;background:#888;display:grid;gap:12px;width:1176px;
grid-template-columns:1fr 1fr;justify-items:center"><style>img {{ display:block }}</style>
<img width="582" src="{}"><img width="582" src="{}"><img width="300" src="{}"><img width="300" src="{}"></body>
"""


@click.command()
@click.argument("db", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), default=IMAGES, help="Folder of the pictures."
)
def main(db: Path | None, output: Path) -> None:
    """Picture every page of DB (default: the demonstration, made for it), wide and narrow, light and dark."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        click.echo(f"Skipped: pictures need one of {', '.join(BROWSERS)}, and none is installed.")
        return
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = db or demonstration(Path(folder))
        with served(made) as (address, ticket), opened(browser) as chromium:
            for name, path in pages(made):
                for picture in pictured(chromium, address, ticket, name, path, output):
                    click.echo(f"{picture}: {picture.stat().st_size} bytes")
                    if picture.stat().st_size > LARGEST:
                        raise click.ClickException(f"{picture} is larger than {LARGEST} bytes: make its window smaller")


def demonstration(folder: Path) -> Path:
    """The demonstration's database, with a report that two people have reviewed on their own and differ about."""
    from litreview.model.review import Decision
    from litreview.steps.decide import decide
    from litreview.steps.reviewing import finish, set_mode
    from litreview.steps.workspace import workspace

    made = folder / "demo.db"
    subprocess.run([*COMMAND, "demo", str(made), "--no-serve", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(made)) as connection:
        case, report, _ = connection.execute(RICHEST).fetchone()
        told = connection.execute(
            "SELECT DISTINCT attribute FROM findings WHERE case_id = ? AND attribute <> 'age_years' LIMIT 12", [case]
        ).fetchall()
    with workspace(made, command="review") as work:
        set_mode(work, "dual")
        for name, age in zip(REVIEWERS[:2], ("48", "47"), strict=True):
            for (attribute,) in told:
                decide(work, Decision(case, "accept", attribute, decided_by=name))
            decide(work, Decision(case, "correct", "age_years", age, name, "as the discussion has it"))
            finish(work, report, by=name)
    return made


def pages(db: Path) -> list[tuple[str, str]]:
    """Name and path of each picture."""
    base = f"/{db.stem}"
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute(RICHEST).fetchone()
        questions = connection.execute("SELECT 1 FROM meta WHERE key = 'demo'").fetchone()
    found = [("home", "/"), ("table", pooled_address(base))]
    if row:
        case, report, patient = row
        found += [
            ("case", page(base, "case", case)),
            ("report", page(base, "report", report)),
            ("patient", page(base, "patient", patient)),
        ]
    found += [(name, f"{base}/-/{name}") for name in ("queue", "changed", "decisions", "tasks")]
    found += [(name, f"{base}/-/{name}") for name in ("differences", "agreement", "figures")]
    found.append(("texts", f"{base}/-/texts?q=remission"))
    return [*found, ("question", f"{base}/response_by_cytopenia")] if questions else found


def pictured(chromium: Any, address: str, ticket: str, name: str, path: str, output: Path) -> Iterator[Path]:
    """A sheet of the page's four looks, and for some the first of them in a picture of its own."""
    looks = []
    for size in (WIDE, PHONE):
        for scheme in ("light", "dark"):
            context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
            window = context.new_page()
            window.goto(ticket)
            window.goto(address + path)
            looks.append(window.screenshot())
            if name in LARGE and (size, scheme) == (WIDE, "light"):
                window.set_viewport_size({"width": 1180, "height": 900})
                window.screenshot(path=output / f"{name}.png")
                yield output / f"{name}.png"
            context.close()
    context = chromium.new_context(viewport={"width": 1200, "height": 800})
    window = context.new_page()
    window.set_content(SHEET.format(*(f"data:image/png;base64,{base64.b64encode(look).decode()}" for look in looks)))
    window.screenshot(path=output / f"{name}-looks.jpg", type="jpeg", quality=60, full_page=True)
    context.close()
    yield output / f"{name}-looks.jpg"


@contextmanager
def served(db: Path) -> Iterator[tuple[str, str]]:
    """The address at which `litreview serve` serves the database, and the one that signs a reviewer in."""
    command = [*COMMAND, "serve", str(db), "--port", "0", "--reviewer", REVIEWERS[2]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = [process.stdout.readline(), process.stdout.readline()]
        if not all("http" in line for line in told):
            raise click.ClickException(f"{db} could not be served")
        address, ticket = (line[line.index("http") :].split()[0] for line in told)
        yield address.rstrip("/"), ticket
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def opened(browser: str) -> Iterator[Any]:
    """A browser that knows nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


if __name__ == "__main__":
    main()
