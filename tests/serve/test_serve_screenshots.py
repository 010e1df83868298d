import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

SCRIPT = Path(__file__).parents[2] / "docs" / "screenshots.py"


@pytest.fixture
def screenshots():
    found = importlib.util.spec_from_file_location("screenshots", SCRIPT)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_without_a_browser_the_pictures_are_skipped_with_a_sentence(screenshots, review, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    done = CliRunner().invoke(screenshots.main, [str(review), "--output", str(tmp_path / "images")])
    assert done.exit_code == 0
    assert done.output.startswith("Skipped: pictures need one of chromium")
    assert not (tmp_path / "images").exists()


def test_home_table_and_the_fullest_case_are_pictured(screenshots, review, ids):
    assert [(name, path) for name, path, _ in screenshots.pages(review)] == [
        ("home", "/"),
        ("table", "/review/cases?case_source=own&eligible=yes"),
        ("case", f"/review/-/case/{ids['1#1']}"),
    ]
