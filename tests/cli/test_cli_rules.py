"""Commands on rules: test, check, explain, codebook, new."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from litreview import resources

Run = Callable[..., Result]
Topics = tuple[str, str]
TOY = "antivenom_envenoming"


@pytest.fixture
def own(tmp_path: Path, topics: Topics) -> Path:
    """A folder of topics to change."""
    return shutil.copytree(topics[1], tmp_path / "topics")


def edit(own: Path, file: str, before: str, after: str) -> None:
    path = own / TOY / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_examples_are_run_and_counted(run: Run, topics: Topics) -> None:
    told = run("rules", "test", *topics)

    assert told.exit_code == 0
    assert told.stdout.splitlines()[-1].startswith("attributes: 5, examples: ")
    assert told.stdout.splitlines()[-1].endswith("wrong: 0")


def test_examples_of_one_attribute_are_run(run: Run, topics: Topics) -> None:
    assert run("rules", "test", "outcome", *topics).stdout == "attributes: 1, examples: 6, right: 6, wrong: 0\n"


def test_a_wrong_example_is_named_with_what_it_gives(run: Run, own: Path) -> None:
    edit(own, "attributes/outcome.yaml", "'He [[died]] on day 4.', expect: died", "'He [[died]].', expect: recovered")

    told = run("rules", "test", "outcome", "--rules", own)

    assert told.exit_code == 1
    assert told.stdout.splitlines()[:2] == [
        "outcome.yaml, example 2: gives died, not recovered",
        "    He [[died]].",
    ]
    assert told.stderr.splitlines()[0] == "Error: 1 of 6 examples do not give what they should"


@pytest.mark.parametrize("command", [("test", "outcome"), ("explain", "He died on day 4.")])
def test_a_group_named_twice_is_told_with_file_and_rule(run: Run, own: Path, command: tuple[str, ...]) -> None:
    edit(own, "attributes/outcome.yaml", "(?:died|", "(?P<value>died)(?P<value>x)?(?:died|")

    told = run("rules", *command, "--rules", own)

    assert told.exit_code == 1
    assert told.stderr.startswith("Error: outcome.yaml, rule outcome.")
    assert "is no pattern: redefinition of group name 'value'" in told.stderr


def test_a_wrong_example_of_screening_is_named_with_the_reason_that_was_given(run: Run, own: Path) -> None:
    edit(
        own,
        "topic.yaml",
        "'The median number of vials was 4.', expect: aggregate_only",
        "'Rats died.', expect: eligible",
    )

    told = run("rules", "test", "eligibility", "--rules", own)

    assert told.exit_code == 1
    assert told.stdout.splitlines()[0] == "eligibility.yaml, example 2: gives not_human, not eligible"
    assert told.stderr.splitlines()[1].startswith("Hint: the exclusions are tried from top to bottom")


def test_an_attribute_that_is_not_there_is_told_with_the_nearest(run: Run, topics: Topics) -> None:
    told = run("rules", "test", "outcom", *topics)

    assert told.exit_code == 2
    assert told.stderr.splitlines()[1] == "Hint: did you mean 'outcome'?"


@pytest.mark.parametrize(
    ("file", "before", "after", "words"),
    [
        pytest.param(
            "attributes/outcome.yaml",
            "  - {text: 'The snake was killed.', expect: nothing}\n",
            "",
            "outcome.yaml: 2 look-alikes that give nothing, at least 3 are wanted",
            id="too few look-alikes",
        ),
        pytest.param(
            "attributes/outcome.yaml",
            "  - {text: 'He [[died]] on day 4.', expect: died}\n",
            "",
            "outcome.yaml: 2 examples that find, at least 3 are wanted",
            id="too few examples that find",
        ),
        pytest.param(
            "attributes/outcome.yaml",
            "[recovered, died]",
            "[recovered, dead]",
            "outcome.yaml: 'died' is not in its vocabulary",
            id="a value that is not one",
        ),
        pytest.param(
            "topic.yaml",
            "expect: not_human",
            "expect: animals",
            "eligibility, example 3: 'animals' is neither 'eligible' nor one of its reasons",
            id="a reason that is not one",
        ),
    ],
)
def test_check_lists_what_is_to_be_mended(file: str, before: str, after: str, words: str, run: Run, own: Path) -> None:
    edit(own, file, before, after)

    told = run("rules", "check", "--rules", own)

    assert told.exit_code == 1
    assert words in told.stdout.splitlines()


def test_check_lists_a_vocabulary_that_nothing_uses(run: Run, own: Path) -> None:
    (own / TOY / "vocabularies" / "idle.yaml").write_text("name: idle\nentries: [{value: a, terms: [a]}]\n")

    assert "vocabularies/idle.yaml: nothing uses it" in run("rules", "check", "--rules", own).stdout.splitlines()


def test_check_is_content_with_a_whole_topic(run: Run, own: Path) -> None:
    told = run("rules", "check", "--rules", own)

    assert (told.exit_code, told.stdout.splitlines()[-1].rsplit(", ", 1)[1]) == (0, "to mend: 0")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("value: recovered", "valu: recovered", "did you mean 'value'?"),
        ("kind: regex", "kind: regexp", "the kinds are "),
        ("recovered|made", "recovered|<nonsense>|made", "did you mean <"),
        ("recovered|made", "recovered|(made", "mend the regular expression"),
    ],
    ids=["misspelt key", "unknown kind", "unknown name in a pattern", "no pattern"],
)
def test_a_file_that_cannot_be_used_is_named_with_a_remedy(
    before: str, after: str, words: str, run: Run, own: Path
) -> None:
    edit(own, "attributes/outcome.yaml", before, after)

    told = run("rules", "check", "--rules", own)

    assert told.exit_code == 1
    assert "outcome.yaml" in told.stderr.splitlines()[0]
    assert words in told.stderr.splitlines()[1]


def test_explain_shows_value_words_and_rule(run: Run, topics: Topics) -> None:
    told = run("rules", "explain", "A man was bitten. He died on day 4.", "--attribute", "outcome", *topics)

    lines = told.stdout.splitlines()
    assert told.exit_code == 0
    assert lines[1] == "  outcome: died"
    assert lines[2].startswith("    + died: the only one [outcome.2.regex, confidence ")
    assert lines[3].strip() == "A man was bitten. He [[died]] on day 4. (case)"


def test_explain_says_what_the_confidence_is_made_of_and_what_speaks_against_a_value(run: Run, own: Path) -> None:
    (own / TOY / "confidence.yaml").write_text("base: 0.5\nattributes: {outcome: -1}\n")
    (own / TOY / "checks.yaml").write_text(
        "checks: [{says: '{age_years} years is too old', when: [{attribute: age_years, above: '90'}]}]\n"
    )

    told = run("rules", "explain", "A 95-year-old man was bitten. He died.", "--topic", TOY, "--rules", own)

    lines = [line.strip() for line in told.stdout.splitlines()]
    assert any(line.startswith("weighs: stated once +0.5") and "attribute outcome -1.0" in line for line in lines)
    assert "! check failed: 95 years is too old" in lines
    assert "! proposed to a person, not filled in: below 0.5" in lines


def test_explain_shows_what_was_not_taken_and_why(run: Run, topics: Topics) -> None:
    text = "A man was bitten. His brother died. The man recovered."

    told = run("rules", "explain", text, "-a", "outcome", *topics)

    assert "  outcome: recovered" in told.stdout.splitlines()
    assert "    - died: told of a relative [outcome.2.regex]" in told.stdout.splitlines()


def test_explain_says_where_nothing_was_found(run: Run, topics: Topics) -> None:
    told = run("rules", "explain", "A man was bitten.", "-a", "outcome", *topics)

    assert told.stdout.splitlines()[1] == "  outcome: nothing"


def test_explain_names_a_file_that_is_not_there(run: Run, tmp_path: Path, topics: Topics) -> None:
    told = run("rules", "explain", tmp_path / "missing.txt", *topics)

    assert told.exit_code == 1
    assert "missing.txt: no such file" in told.stderr


def test_explain_reads_a_file(run: Run, paper: Path, topics: Topics) -> None:
    told = run("rules", "explain", paper, *topics)

    assert "  antivenom_vials: 5" in told.stdout.splitlines()


def test_the_codebook_is_written_as_markdown_and_as_a_table(run: Run, topics: Topics, tmp_path: Path) -> None:
    shown = run("rules", "codebook", *topics).stdout
    told = run("rules", "codebook", "-o", tmp_path / "codebook.csv", *topics)
    run("rules", "codebook", "-o", tmp_path / "codebook.md", *topics)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "codebook.csv").read_text(encoding="utf-8"))))
    assert told.stdout == f"{tmp_path / 'codebook.csv'}: 4 attributes\n"
    assert [row["attribute"] for row in rows] == [
        "age_years",
        "antivenom_vials",
        "antivenom_delay_days",
        "outcome",
    ]
    assert rows[3]["vocabulary"] == "recovered|died"
    assert rows[3]["example_text_forms"].startswith("recovered -> recovered; died -> died")
    assert "| outcome | category |  | recovered\\|died | How the envenoming ended. |" in shown
    assert (tmp_path / "codebook.md").read_text(encoding="utf-8") == shown


def test_a_new_topic_is_a_copy_that_loads(run: Run, own: Path) -> None:
    told = run("rules", "new", "bee_stings", "--like", TOY, "--rules", own)

    assert told.exit_code == 0
    assert (own / "bee_stings" / "attributes" / "outcome.yaml").is_file()
    assert run("rules", "check", "--topic", "bee_stings", "--rules", own).stdout.startswith("bee_stings: ")


def test_a_new_topic_can_begin_from_a_shipped_one(run: Run, tmp_path: Path) -> None:
    shipped = next(path.parent.name for path in sorted(resources.rules_dir().glob("*/topic.yaml")))

    told = run("rules", "new", "mine", "--like", shipped, "--rules", tmp_path / "rules")

    assert told.exit_code == 0
    assert (tmp_path / "rules" / "mine" / "topic.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([TOY, "--like", TOY], "is there already"),
        (["Bad Name", "--like", TOY], "cannot be the name"),
        (["common", "--like", TOY], "cannot be the name"),
        (["fresh", "--like", "nonsense"], "there is no topic 'nonsense'"),
    ],
    ids=["taken", "no name", "reserved", "nothing to copy"],
)
def test_a_new_topic_that_cannot_be_is_refused(arguments: list[str], words: str, run: Run, own: Path) -> None:
    before = sorted(own.rglob("*"))

    told = run("rules", "new", *arguments, "--rules", own)

    assert told.exit_code == 2
    assert words in told.stderr
    assert sorted(own.rglob("*")) == before
