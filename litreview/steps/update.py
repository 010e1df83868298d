"""Brings everything up to date: extract, screen, deduplicate, pool whatever has changed."""

from litreview.steps.dedupe import dedupe_patients, dedupe_records
from litreview.steps.extract import extract
from litreview.steps.workspace import Workspace


def update(work: Workspace, *, everything: bool = False) -> None:
    """Do what new documents, rules and records call for; a second run leaves all as it was."""
    dedupe_records(work)
    extract(work, everything=everything)
    dedupe_patients(work)
