"""Finds duplicate records and patients told more than once."""

from functools import partial

from litreview import dedupe as deduplication
from litreview import store
from litreview.steps.workspace import Workspace


def dedupe_records(work: Workspace) -> None:
    """Point duplicate records at the one that stands for the report, as far as people have not said otherwise."""
    records = store.load_records(work.db)
    work.progress("comparing records", 0, len(records))
    pairs, clusters = deduplication.records(records, store.decided_pairs(work.db))
    with store.transaction(work.db):
        store.save_links(work.db, "record", pairs)
        store.save_duplicates(work.db, clusters)
    work.count("duplicate records", sum(len(cluster.members) - 1 for cluster in clusters))
    work.progress("comparing records", len(records), len(records))


def dedupe_patients(work: Workspace) -> None:
    """Give every case its patient, and make the table of patients, as far as people have not said otherwise."""
    profiles = store.load_profiles(work.db, work.topic)
    pairs, clusters = deduplication.patients(profiles, work.topic, store.decided_pairs(work.db))
    with store.transaction(work.db):
        store.save_links(work.db, "patient", pairs)
        store.save_patients(work.db, clusters, topic=work.topic, merge=partial(deduplication.merge, topic=work.topic))
    work.count("patients", work.db.execute("SELECT count(*) FROM patients").fetchone()[0])
