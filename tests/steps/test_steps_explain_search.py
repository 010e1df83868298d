from pathlib import Path

import pytest

from litreview import rules, store
from litreview.model.bibliography import Record
from litreview.model.search import Clause, Search
from litreview.steps.explain_search import Explained, Hits, explain_search
from litreview.steps.workspace import workspace

TOPICS = Path(__file__).parents[1] / "topics"
TOPIC = rules.load("antivenom_envenoming", TOPICS)
BLOCKS = Search(
    name="blocks",
    title="Blocks",
    blocks={
        "remedy": (Clause(name="serum", terms=("antivenom[tiab]", "serum[tiab]"), why="the remedy"),),
        "snake": (
            Clause(name="cobra", terms=("cobra*[tiab]",), why="one snake"),
            Clause(name="asp", terms=("asp[tiab]", "asps[tiab]"), why="a third"),
            Clause(name="viper", terms=("viper*[tiab]",), why="another", on=False),
        ),
    },
)
TITLES = {
    "1": "Antivenom and the cobra",
    "2": "Antivenom, a cobra and an asp",
    "3": "Antivenom and vipers",
    "4": "Asps without a remedy",
}


@pytest.fixture
def filled(path: Path) -> Path:
    with workspace(path, command="test", rules_dir=TOPICS, create=True) as work:
        for pmid, title in TITLES.items():
            store.save_record(work.db, Record(title=title, pmid=pmid))
        work.db.execute("UPDATE records SET eligible = 'yes' WHERE pmid IN ('1', '3')")
    return path


def counted(explained: Explained) -> dict[str, tuple[Hits | None, Hits | None]]:
    return {part.name: (part.alone, part.only) for part in explained.parts}


def test_clauses_are_shown_with_reason_and_state_where_there_is_no_database(path: Path) -> None:
    explained = explain_search(path, TOPIC, BLOCKS)
    assert [(part.block, part.name, part.why, part.on) for part in explained.parts] == [
        ("remedy", "serum", "the remedy", True),
        ("snake", "cobra", "one snake", True),
        ("snake", "asp", "a third", True),
        ("snake", "viper", "another", False),
    ]
    assert explained.found is None
    assert not path.exists()


def test_clauses_tell_what_they_find_alone_and_what_only_they_find(filled: Path) -> None:
    explained = explain_search(filled, TOPIC, BLOCKS)
    assert (explained.stored, explained.found) == (4, Hits(2, 1))
    assert counted(explained) == {
        "serum": (Hits(3, 2), Hits(2, 1)),
        "cobra": (Hits(2, 1), Hits(1, 1)),
        "asp": (Hits(2, 0), Hits(0, 0)),
        "viper": (Hits(1, 1), Hits(1, 1)),
    }


def test_a_clause_switched_on_would_add_nothing_to_a_block_that_is_off(filled: Path) -> None:
    off = tuple(clause.model_copy(update={"on": False}) for clause in BLOCKS.blocks["snake"])
    explained = explain_search(filled, TOPIC, BLOCKS.model_copy(update={"blocks": {**BLOCKS.blocks, "snake": off}}))
    assert explained.found == Hits(3, 2)
    assert {part.name: part.only for part in explained.parts if not part.on} == dict.fromkeys(
        ("cobra", "asp", "viper"), Hits(0, 0)
    )


def test_a_stated_query_is_shown_term_by_term(filled: Path) -> None:
    explained = explain_search(filled, TOPIC, Search(name="s", title="", query="antivenom AND (cobra OR asp) NOT asp"))
    assert counted(explained) == {
        '"antivenom"[All Fields]': (Hits(3, 2), None),
        '"cobra"[All Fields]': (Hits(2, 1), None),
        '"asp"[All Fields]': (Hits(1, 0), None),
        'NOT "asp"[All Fields]': (Hits(1, 0), None),
    }


def test_explaining_writes_nothing(filled: Path) -> None:
    before = filled.read_bytes()
    explain_search(filled, TOPIC, BLOCKS)
    assert filled.read_bytes() == before
