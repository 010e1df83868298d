"""`litreview search`: the topic's query to PubMed, kept as a record; its searches compared, explained and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litreview.cli.options import client_from, database, eutils_options, topic_options
from litreview.cli.search_options import search_options
from litreview.cli.telling import close
from litreview.errors import UsageError

if TYPE_CHECKING:
    from litreview.pubmed.client import Client


@click.command()
@database
@search_options
@click.option("--query", default="", help="A query of your own in place of the topic's.")
@click.option(
    "--check",
    "check_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Say which of the known reports in FILE are found, and what loses the others. FILE: a CSV with a column pmid, "
    "doi, pmcid or title, or PMIDs.",
)
@click.option("--compare", is_flag=True, help="Run all of the topic's searches; say what each finds and misses.")
@click.option(
    "--explain", is_flag=True, help="Show the search's clauses and what each finds in DB; PubMed is not asked."
)
@topic_options
@eutils_options
def command(
    db: Path,
    name: str,
    without: tuple[str, ...],
    query: str,
    check_file: Path | None,
    compare: bool,
    explain: bool,
    topic: str,
    rules_dir: Path | None,
    eutils_url: str,
    email: str,
    api_key: str,
    rate: float | None,
) -> None:
    """Search PubMed and keep query, translation, count and ids in DB; nothing is fetched.

    \b
    Try: litreview search review.db --explain
         litreview search review.db --compare --email you@example.org
         litreview search review.db --check known.csv --email you@example.org
    """
    if compare and (name or without or query):
        raise UsageError("--compare runs all of the topic's searches", hint="leave out --search, --without and --query")
    if (compare or explain) and (check_file or (compare and explain)):
        raise UsageError("--compare, --explain and --check are separate questions", hint="ask one of them at a time")
    if explain:
        _explain(db, name=name, query=query, without=without, topic=topic, rules_dir=rules_dir)
        return
    client = client_from(eutils_url, email, api_key, rate)
    if compare:
        _compare(db, client, topic=topic, rules_dir=rules_dir)
        return
    _search(db, client, check_file, name=name, query=query, without=without, topic=topic, rules_dir=rules_dir)


def _explain(db: Path, *, name: str, query: str, without: tuple[str, ...], topic: str, rules_dir: Path | None) -> None:
    from litreview.cli.search_told import tell_explained
    from litreview.steps.explain_search import explain_search
    from litreview.steps.search import chosen
    from litreview.steps.workspace import topic_for

    loaded = topic_for(db, topic, rules_dir)
    explained = explain_search(db, loaded, chosen(loaded, name=name, query=query, without=without))
    tell_explained(explained)
    close({"clauses": len(explained.parts), "records in DB": explained.stored})


def _compare(db: Path, client: Client, *, topic: str, rules_dir: Path | None) -> None:
    from litreview.cli.search_told import tell_comparison
    from litreview.steps.compare_searches import compare
    from litreview.steps.workspace import workspace

    with workspace(db, command="search", topic=topic, rules_dir=rules_dir, create=True) as work:
        comparison = compare(work, client)
    tell_comparison(comparison)
    close(work.summary(), work.problems)


def _search(
    db: Path,
    client: Client,
    check_file: Path | None,
    *,
    name: str,
    query: str,
    without: tuple[str, ...],
    topic: str,
    rules_dir: Path | None,
) -> None:
    from litreview.cli.search_told import query_change_lines, tell_checked
    from litreview.steps.known_reports import check, known_reports
    from litreview.steps.search import chosen, search
    from litreview.steps.workspace import workspace

    known = known_reports(check_file) if check_file is not None else ()
    with workspace(db, command="search", topic=topic, rules_dir=rules_dir, create=True) as work:
        asked = chosen(work.topic, name=name, query=query, without=without)
        found = search(work, client, name=name, query=query, without=without)
        checked = check(work.db, client, asked, found.run, known)
    click.echo(f"Query: {found.run.query}")
    click.echo(f"Understood as: {found.run.translation}")
    for line in query_change_lines(found.query_change):
        click.echo(line)
    if known:
        tell_checked(checked)
    close(work.summary(), work.problems)
