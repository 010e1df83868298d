"""The forest plot: which share, in which subgroups."""

from pathlib import Path

import pytest
from steps_papers import MAN, WOMAN, article, write

from litreview.errors import UsageError
from litreview.export import Table
from litreview.model.analysis import Proportion
from litreview.steps.add import add
from litreview.steps.export import export
from litreview.steps.exported import Source
from litreview.steps.exported.figures import figures
from litreview.steps.exported.forest import forest
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

TOPICS = Path(__file__).parents[1] / "topics"
RECOVERED = Proportion(title="Recovery", attribute="outcome", value="recovered", by=("outcome",))
DIED = Proportion(title="Death", attribute="outcome", value="died")


@pytest.fixture
def filled(work: Workspace, tmp_path: Path) -> Workspace:
    add(work, [write(tmp_path / "a.xml", article("101", MAN), article("102", WOMAN, author="Boa-Constrictor"))])
    update(work)
    return work


def source(work: Workspace, path: Path, *, outcome: str = "", by: tuple[str, ...] = ()) -> Source:
    made = Source(work.db, path, TOPICS, outcome, by)
    made.topic = work.topic.model_copy(update={"proportions": (RECOVERED, DIED)})
    return made


def shown(table: Table) -> list[tuple[object, ...]]:
    return [(row[0], row[1], row[2], row[3], row[4]) for row in table.rows]


def test_without_a_choice_every_share_is_given_in_the_topics_subgroups(filled: Workspace, path: Path) -> None:
    found = shown(forest(source(filled, path), ".csv"))

    assert {(title, by) for title, by, *_ in found} == {
        ("Recovery", "report"),
        ("Recovery", "all"),
        ("Recovery", "outcome"),
        ("Death", "report"),
        ("Death", "all"),
    }
    assert ("Recovery", "outcome", "died", 0, 1) in found


@pytest.mark.parametrize("outcome", ["Death", "death", "dea"])
def test_a_share_is_chosen_by_its_title_or_the_titles_beginning(filled: Workspace, path: Path, outcome: str) -> None:
    assert shown(forest(source(filled, path, outcome=outcome), ".csv"))[-1] == ("Death", "all", "All reports", 1, 2)


def test_a_share_is_chosen_by_its_attribute(filled: Workspace, path: Path) -> None:
    assert shown(forest(source(filled, path, outcome="outcome"), ".csv"))[0][0] == "Recovery"


def test_subgroups_are_those_asked_for(filled: Workspace, path: Path) -> None:
    found = shown(forest(source(filled, path, outcome="Death", by=("outcome",)), ".csv"))

    assert [row for row in found if row[1] == "outcome"] == [
        ("Death", "outcome", "died", 1, 1),
        ("Death", "outcome", "recovered", 0, 1),
    ]


def test_what_is_no_share_or_no_attribute_is_refused_with_what_there_is(filled: Workspace, path: Path) -> None:
    with pytest.raises(UsageError) as no_share:
        forest(source(filled, path, outcome="joy"), ".csv")
    with pytest.raises(UsageError) as no_attribute:
        forest(source(filled, path, by=("joy",)), ".csv")

    assert no_share.value.hint == "one of: Recovery; Death"
    assert no_attribute.value.hint == "usual are outcome"


def test_a_choice_is_refused_where_there_is_none(filled: Workspace, path: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cases has no outcome or subgroup to choose"):
        export(path, "cases", tmp_path / "cases.csv", rules_dir=TOPICS, by=("sex",))

    assert not (tmp_path / "cases.csv").exists()


def test_all_pictures_hold_a_forest_for_every_share(filled: Workspace, path: Path) -> None:
    assert [name for name in figures(source(filled, path), ".zip") if name.startswith("forest")] == [
        "forest",
        "forest_death",
    ]
