import importlib.util
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from litreview.serve.routes import routes

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


def test_every_page_of_ours_is_pictured(screenshots, review, ids):
    found = dict(screenshots.pages(review))
    assert found["case"] == f"/review/-/case/{ids['1#1']}"
    assert found["table"] == "/review/cases?case_source=own&eligible=yes"
    pictured = {path.split("?")[0].split("/-/")[1].split("/")[0] for path in found.values() if "/-/" in path}
    ours = {
        pattern.split("/-/")[1].split("$")[0].split("/")[0]
        for pattern, _ in routes()
        if pattern.count("(?P<database>") and "/-/" in pattern and not re.search(r"/-/(act|export|filtered)/", pattern)
    }
    assert pictured == ours
