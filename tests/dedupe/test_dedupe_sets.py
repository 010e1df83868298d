"""The labelled sets beside this checkout: what deduplication promises on them."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from litreview.dedupe import records

ROOT = Path(__file__).parents[2]
SETS = ROOT.parent / "shared" / "dedup"
pytestmark = pytest.mark.skipif(not SETS.is_dir(), reason="the labelled sets are not beside this checkout")

# bib-dedupe 0.11.0 on the same sets: F1 by pairs, and records that it wrongly takes for one too many.
BAR = {"haematology": (0.900, 1), "stroke": (0.998, 0), "digital_work": (0.999, 0)}


@pytest.fixture(scope="module")
def benchmark() -> SimpleNamespace:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return SimpleNamespace(**runpy.run_path(str(ROOT / "benchmarks" / "dedupe.py")))


@pytest.mark.parametrize("name", BAR)
def test_a_labelled_set_is_deduplicated_as_well_as_by_the_best_tool(benchmark: SimpleNamespace, name: str) -> None:
    given = benchmark.read_records(SETS / name / "records_pre_merged.csv.gz")
    labels = benchmark.labels_of(SETS / name / "merged_record_ids.csv.gz")
    _, clusters = records(given)
    found = benchmark.score([cluster.members for cluster in clusters], labels, 0.0)
    f1, wrong = BAR[name]
    assert round(benchmark._rates(*found.pairs)[2], 3) >= f1
    assert found.records[1] <= wrong
