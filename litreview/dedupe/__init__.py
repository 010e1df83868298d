"""The same record or the same patient twice: pairs with reasons, then clusters."""

from litreview.dedupe.cluster import clusters
from litreview.dedupe.found import found
from litreview.dedupe.merge import merge
from litreview.dedupe.patients import gathered, patients
from litreview.dedupe.records import records

__all__ = ["clusters", "found", "gathered", "merge", "patients", "records"]
