"""Makes the pictures of docs/images from the demonstration: python docs/screenshots.py [DB]."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from litreview.serve.links import page, pooled_address

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LARGEST = 300_000  # bytes; a README with pictures should still open at once
COMMAND = [sys.executable, "-c", "from litreview.cli import main; main()"]

# A case that has the most values to show.
RICHEST = """
SELECT case_id FROM findings JOIN cases USING (case_id)
WHERE eligible = 'yes' AND case_source = 'own' AND full_text = 'yes'
GROUP BY case_id ORDER BY count(DISTINCT attribute) DESC, case_id LIMIT 1
"""


@click.command()
@click.argument("db", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), default=IMAGES, help="Folder of the pictures."
)
def main(db: Path | None, output: Path) -> None:
    """Picture the home page, the case table and a case of DB (default: the demonstration, made for it)."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        click.echo(f"Skipped: pictures need one of {', '.join(BROWSERS)}, and none is installed.")
        return
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = db or demonstration(Path(folder))
        with served(made) as address:
            for name, path, size in pages(made):
                picture = output / f"{name}.png"
                shoot(browser, f"{address}{path}", picture, size)
                click.echo(f"{picture}: {picture.stat().st_size} bytes")
                if picture.stat().st_size > LARGEST:
                    raise click.ClickException(f"{picture} is larger than {LARGEST} bytes: make its window smaller")


def demonstration(folder: Path) -> Path:
    """The demonstration's database."""
    made = folder / "demo.db"
    subprocess.run([*COMMAND, "demo", str(made), "--no-serve", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    return made


def pages(db: Path) -> list[tuple[str, str, tuple[int, int]]]:
    """Name, path and window of each picture."""
    base = f"/{db.stem}"
    with closing(sqlite3.connect(f"{db.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute(RICHEST).fetchone()
    found = [("home", "/", (1180, 1000)), ("table", pooled_address(base), (1280, 900))]
    return [*found, ("case", page(base, "case", row[0]), (1280, 900))] if row else found


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The address at which `litreview serve` serves the database, without the stroke at its end."""
    process = subprocess.Popen([*COMMAND, "serve", str(db), "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        if "http" not in told:
            raise click.ClickException(f"{db} could not be served")
        yield told[told.index("http") :].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def shoot(browser: str, address: str, picture: Path, size: tuple[int, int]) -> None:
    """Picture one page, in a browser that knows nothing and asks nobody."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--run-all-compositor-stages-before-draw",
                "--virtual-time-budget=5000",
                f"--user-data-dir={profile}",
                f"--window-size={size[0]},{size[1]}",
                f"--screenshot={picture}",
                address,
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


if __name__ == "__main__":
    main()
