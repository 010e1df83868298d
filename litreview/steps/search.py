"""Searches PubMed with the topic's query and keeps the search as a record."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from litreview import store
from litreview.errors import ReadError, UsageError
from litreview.model.review import SearchRun
from litreview.model.topic import Search, Topic
from litreview.pubmed.client import Client
from litreview.pubmed.search import search as ask
from litreview.steps.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """Known reports, by PMID, that a search found and missed."""

    found: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A search's answer against what is known: ids that are new, and known ones revised since they were read."""

    run: SearchRun
    new: tuple[str, ...]
    revised: tuple[str, ...]

    @property
    def to_fetch(self) -> tuple[str, ...]:
        """All ids worth fetching."""
        return (*self.new, *self.revised)


def search(work: Workspace, client: Client, *, name: str = "", query: str = "") -> Found:
    """Ask PubMed, and keep question, translation, count and ids."""
    found = look(work.topic, client, store.revisions(work.db), since=last_search_day(work.db), name=name, query=query)
    store.save_search(work.db, found.run, new_records=len(found.new))
    work.count("records found", found.run.count)
    work.count("not known before", len(found.new))
    work.count("revised", len(found.revised))
    return found


def check(path: Path, run: SearchRun) -> Checked:
    """Which PMIDs of a file a search found: a column `pmid` of a CSV, else every number of a line by itself."""
    text = path.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    given = [row[names["pmid"]] or "" for row in rows] if "pmid" in names else text.split()
    known = list(dict.fromkeys(pmid for item in given if (pmid := item.strip()).isdigit()))
    if not known:
        raise ReadError(f"{path} has no PMIDs", hint="give a CSV with a column pmid, or one PMID a line")
    found = set(run.ids)
    return Checked(tuple(pmid for pmid in known if pmid in found), tuple(pmid for pmid in known if pmid not in found))


def look(topic: Topic, client: Client, known: dict[str, str], *, since: str, name: str = "", query: str = "") -> Found:
    """Ask PubMed without keeping anything.

    Revised are the known records that PubMed changed on or after the day of the last search, less those that were
    read in a state of that day or later.
    """
    asked = search_named(topic, name) if not query else Search(name="own", title="", query=query)
    answer = ask(client, asked.text())
    run = SearchRun(
        database="pubmed",
        url=client.settings.base_url,
        name=asked.name,
        query=answer.query,
        translation=answer.translation,
        count=answer.count,
        ids=answer.ids,
        searched_at=answer.searched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    new = tuple(pmid for pmid in answer.ids if pmid not in known)
    revised: tuple[str, ...] = ()
    if since and len(new) < len(answer.ids):
        changed = ask(client, asked.text(), datetype="mdat", mindate=since.replace("-", "/"))
        revised = tuple(pmid for pmid in changed.ids if pmid in known and known[pmid] < since)
    return Found(run, new, revised)


def search_named(topic: Topic, name: str) -> Search:
    """A search of the topic, the default one for no name; `UsageError` where there is none."""
    try:
        return topic.search(name)
    except KeyError:
        known = ", ".join(item.name for item in topic.searches)
        raise UsageError(
            f"the topic {topic.name} has no search {name!r}"
            if name
            else f"the topic {topic.name} has no default search",
            hint=f"one of: {known}" if known else "write one in its folder queries/",
        ) from None


def last_search_day(db: store.Database) -> str:
    """The day (`YYYY-MM-DD`, UTC) of the last search, empty where there was none."""
    row = db.execute("SELECT max(searched_at) FROM searches").fetchone()
    return str(row[0] or "")[:10]
