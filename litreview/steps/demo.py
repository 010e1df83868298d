"""The demonstration: the fictional corpus through Bio.Entrez and a loopback replay into a knowledge base."""

import csv
from collections.abc import Iterator
from pathlib import Path

from litreview import resources, store
from litreview.pubmed.client import Client
from litreview.pubmed.replay import Replay
from litreview.pubmed.settings import Settings
from litreview.steps.add import Naming, add
from litreview.steps.changes import changed
from litreview.steps.fetch import fetch
from litreview.steps.search import search
from litreview.steps.update import update
from litreview.steps.workspace import Workspace

NOTICE = "The reports and patients of this demonstration are fictional."
LOOPBACK_RATE = 1000.0  # requests a second: nobody else asks this server


def demo(work: Workspace) -> None:
    """Search and fetch from a stand-in of E-utilities over the shipped corpus, add the files at hand, and update."""
    corpus = resources.corpus_dir()
    with store.transaction(work.db):
        work.db.table("meta").upsert({"key": "demo", "value": NOTICE}, pk="key")
    with Replay(corpus) as replay:
        client = Client(Settings(base_url=replay.url, email="demo@example.org", rate=LOOPBACK_RATE))
        found = search(work, client)
        fetch(work, client, found.to_fetch)
        store.mark_search_fetched(work.db, found.search_id)
    for path, pmid in files_at_hand(corpus):
        add(work, [path], naming=Naming(pmid=pmid))
    update(work)
    changed(work)


def topic_of(corpus: Path) -> str:
    """The topic that the corpus was written for."""
    return (corpus / "topic.txt").read_text(encoding="utf-8").strip()


def files_at_hand(corpus: Path) -> Iterator[tuple[Path, str]]:
    """Texts that a reviewer would have saved by hand, with the PMID of the report each belongs to."""
    with (corpus / "gold" / "reports.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["other_file"]:
                yield corpus / row["other_file"], row["pmid"]
