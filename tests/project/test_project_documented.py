"""Everything the program has is described: the tests walk the program's own lists."""

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from litreview import rules, store
from litreview.cli import COMMANDS, main
from litreview.export import FORMATS
from litreview.model.confidence import SIGNS
from litreview.steps.export import WHATS

ROOT = Path(__file__).parents[2]
TOPICS = rules.topics(None)
reference = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "reference.py")))


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it, those below `review` and `rules` too."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", each) for below, each in command.commands.items())


CALLS = dict(all_commands())


def examples_of(command: click.Command) -> list[str]:
    """The lines of a command's help that one can paste."""
    lines = (command.help or "").partition("Try: ")[2].splitlines()
    return [line.strip() for line in lines if line.strip()]


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.+)$", (ROOT / "docs" / page).read_text(), re.MULTILINE)


@pytest.mark.parametrize("page", ["commands", "database"])
def test_the_reference_is_what_the_program_says_of_itself(page: str) -> None:
    written = (ROOT / "docs" / f"{page}.md").read_text()
    assert written == getattr(reference, page)(), "run: python docs/reference.py"


@pytest.mark.parametrize("call", CALLS)
def test_a_command_is_described_and_ends_with_a_line_to_paste(call: str) -> None:
    told = CliRunner().invoke(main, [*call.split(), "--help"])
    assert told.exit_code == 0
    assert (CALLS[call].help or "").splitlines()[0].endswith((".", ",")) or len(CALLS[call].help or "") > 60
    assert f"Try: litreview {call}" in told.output


@pytest.mark.parametrize("call", CALLS)
def test_the_lines_to_paste_are_understood(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "known.csv").touch()
    assert examples_of(CALLS[call])
    for example in examples_of(CALLS[call]):
        words = shlex.split(example)[1 + len(call.split()) :]
        command = CALLS[call]
        if isinstance(command, click.Group) and words:
            command, words = command.commands[words[0]], words[1:]
        made = command.make_context(call, words, ignore_unknown_options=False)
        assert made.params.keys() == {each.name for each in command.params if each.name != "help"}


@pytest.mark.parametrize("call", CALLS)
def test_every_option_has_its_sentence(call: str) -> None:
    options = [each for each in CALLS[call].params if isinstance(each, click.Option)]
    assert [each.name for each in options if not each.help] == []


@pytest.mark.parametrize("call", CALLS)
def test_every_command_has_its_place_in_the_reference(call: str) -> None:
    assert call in headings("commands.md")


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_named_where_files_are_written(suffix: str) -> None:
    told = CliRunner().invoke(main, ["export", "--help"]).output
    assert re.search(rf"{re.escape(suffix)}\b", told)


@pytest.mark.parametrize("what", WHATS)
def test_every_table_to_export_is_named_in_the_help(what: str) -> None:
    told = CliRunner().invoke(main, ["export", "--help"]).output
    assert re.search(rf"\b{what}\b", told)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_attribute_says_what_it_means(topic: str) -> None:
    silent = [each.name for each in rules.load(topic, None).attributes if len(each.definition.split()) < 3]
    assert silent == []


@pytest.mark.parametrize("topic", TOPICS)
def test_every_table_and_column_has_its_place_in_the_reference(topic: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "database.md").read_text()
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    loaded = rules.load(topic, None)
    attributes = {each.name for each in loaded.attributes}
    with store.open_database(tmp_path / "new.db", topic=loaded, create=True) as db:
        present = {
            f"{name}.{column.name}"
            for name in [*db.table_names(), *db.view_names()]
            if "_fts" not in name and not name.startswith("sqlite_")
            for column in db[name].columns
            if not (name in ("cases", "patients") and column.name in attributes)
        }
    described = {
        f"{name}.{column}" for name, text in sections.items() for column in re.findall(r"^\| `(.+?)` \|", text, re.M)
    }
    assert described == present


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_value_is_explained(sign: str) -> None:
    assert f"\n| {sign} | {SIGNS[sign]} |\n" in (ROOT / "docs" / "rules.md").read_text()


WORDS = """record, report, case, patient, finding, evidence, event, candidate, decision, document, attribute, topic,
rule, vocabulary, screening, pooled, wanted list, codebook, PRISMA"""


@pytest.mark.parametrize("word", re.split(r",\s+", WORDS))
def test_the_glossary_explains_the_words_of_commands_and_tables(word: str) -> None:
    assert f"\n| {word} | " in (ROOT / "GLOSSARY.md").read_text()
