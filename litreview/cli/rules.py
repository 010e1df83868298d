"""`litreview rules`: try, check, explain, document and copy a topic's rules."""

from pathlib import Path

import click

from litreview.cli.options import topic_options


@click.group()
def command() -> None:
    """Try, check, explain, document and copy the rules of a topic.

    \b
    Try: litreview rules test
    """


@command.command("test")
@click.argument("attributes", nargs=-1, metavar="[ATTRIBUTE]...")
@topic_options
def test_(attributes: tuple[str, ...], topic: str, rules_dir: Path | None) -> None:
    """Run the examples of the topic's attributes and of its eligibility (or of some) through the whole extraction.

    \b
    Try: litreview rules test response eligibility
    """
    from litreview.errors import RuleError
    from litreview.steps.rules import the_topic, try_examples

    tried = try_examples(the_topic(topic, rules_dir), attributes)
    failed = [each for each in tried if each.fault]
    for each in failed:
        click.echo(f"{each.attribute}.yaml, example {each.number}: {each.fault}")
        click.echo(f"    {each.text}")
    n = len({each.attribute for each in tried})
    click.echo(f"attributes: {n}, examples: {len(tried)}, right: {len(tried) - len(failed)}, wrong: {len(failed)}")
    if failed:
        raise RuleError(
            f"{len(failed)} of {len(tried)} examples do not give what they should",
            hint=_how_to_see(failed[0].attribute),
        )


def _how_to_see(attribute: str) -> str:
    if attribute == "eligibility":
        return "the exclusions are tried from top to bottom; the first that holds gives the reason"
    return f"see why: litreview rules explain TEXT --attribute {attribute}"


@command.command()
@topic_options
def check(topic: str, rules_dir: Path | None) -> None:
    """Validate the topic's files, and list what they lack: examples, look-alikes, uses of a vocabulary.

    \b
    Try: litreview rules check
    """
    from litreview.errors import RuleError
    from litreview.steps.rules import check

    found, faults = check(topic, rules_dir)
    for fault in faults:
        click.echo(fault)
    counted = f"attributes: {len(found.attributes)}, vocabularies: {len(found.vocabularies)}, to mend: {len(faults)}"
    click.echo(f"{found.name}: {counted}")
    if faults:
        raise RuleError(f"{found.name} loads, but {len(faults)} things are to be mended", hint="see the lines above")


@command.command()
@click.argument("given", metavar="FILE_OR_TEXT")
@click.option("--attribute", "-a", "attributes", multiple=True, metavar="NAME", help="Only this attribute (repeat).")
@topic_options
def explain(given: str, attributes: tuple[str, ...], topic: str, rules_dir: Path | None) -> None:
    """Show what a file, or a text in quotes, yields and why: each value with its words, and each candidate that was
    not taken with what cancelled it.

    \b
    Try: litreview rules explain "An 11-year-old girl was seen." --attribute age_years
    """
    from litreview.steps.explain import explain
    from litreview.steps.rules import known_attribute, the_topic

    loaded = the_topic(topic, rules_dir)
    for explanation in explain(given, loaded, [known_attribute(loaded, name) for name in attributes]):
        for line in explanation.lines:
            click.echo(line)


@command.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Where to; .md or the suffix of a table (default: Markdown on stdout).",
)
@topic_options
def codebook(output: Path | None, topic: str, rules_dir: Path | None) -> None:
    """Write the data dictionary: what every attribute means, its unit, its values and how it is told.

    \b
    Try: litreview rules codebook -o codebook.csv
    """
    from litreview.rules.codebook import markdown
    from litreview.steps.rules import the_topic, write_codebook

    loaded = the_topic(topic, rules_dir)
    if output is None:
        for line in markdown(loaded):
            click.echo(line)
        return
    click.echo(f"{output}: {write_codebook(loaded, output)} attributes")


@command.command()
@click.argument("name", metavar="TOPIC")
@click.option("--like", required=True, metavar="OTHER", help="The topic to copy.")
@click.option(
    "--rules",
    "rules_dir",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to make it (default: extraction_rules/ here).",
)
def new(name: str, like: str, rules_dir: Path | None) -> None:
    """Begin a new TOPIC as a copy of another one.

    \b
    Try: litreview rules new my_topic --like anti_cd38_cytopenia
    """
    from litreview.steps.rules import new

    made = new(name, like, rules_dir)
    click.echo(f"{made}: edit topic.yaml, events.yaml, searches.yaml, vocabularies, attributes and queries")
    click.echo(f"then: litreview rules check --topic {name}" + (f" --rules {rules_dir}" if rules_dir else ""))
