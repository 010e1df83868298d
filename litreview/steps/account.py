"""Accounts for every record that PubMed counts: stored, or listed with what became of it, or told as missing."""

from collections.abc import Iterable

from litreview import store
from litreview.errors import RemoteError
from litreview.model.bibliography import Problem
from litreview.pubmed.fates import Fate
from litreview.steps.workspace import Workspace

NAMED = 20
"""Missing PMIDs that an error names."""


def account(work: Workspace, told: Iterable[Fate]) -> tuple[str, ...]:
    """List PMIDs that did not come as deleted or merged; the others are problems, and given back."""
    withheld = []
    for fate in told:
        if fate.what == "withheld":
            withheld.append(fate.pmid)
            work.trouble(Problem("fetch", fate.pmid, "PubMed did not give this record", "run the command again later"))
            continue
        store.note_gone(work.db, fate.pmid, fate.what, fate.into)
        where = f"{fate.pmid} is now {fate.into}" if fate.into else f"{fate.pmid} was deleted"
        work.notes.append(f"PubMed counts a record that it no longer has: {where}")
        work.count(f"{fate.what} at PubMed")
    return tuple(withheld)


def insist_on(withheld: tuple[str, ...]) -> None:
    """`RemoteError` that names the records that PubMed counts and does not give."""
    if withheld:
        named = ", ".join(withheld[:NAMED]) + (f" and {len(withheld) - NAMED} more" if len(withheld) > NAMED else "")
        raise RemoteError(
            f"PubMed counts {len(withheld)} records that it did not give: PMID {named}",
            hint="run the command again later; all else was saved, and they will be asked for again",
        )
