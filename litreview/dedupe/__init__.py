"""The same record or the same patient twice: pairs with reasons, then clusters."""

from litreview.dedupe.cluster import clusters
from litreview.dedupe.found import found
from litreview.dedupe.found_records import FoundRecords, found_records
from litreview.dedupe.merge import merge
from litreview.dedupe.patients import gathered, patients
from litreview.dedupe.records import gathered_records, records

__all__ = [
    "FoundRecords",
    "clusters",
    "found",
    "found_records",
    "gathered",
    "gathered_records",
    "merge",
    "patients",
    "records",
]
