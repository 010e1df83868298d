"""The same record or the same patient twice: pairs with reasons, then clusters."""

from litreview.dedupe.cluster import clusters
from litreview.dedupe.merge import merge
from litreview.dedupe.patients import patients
from litreview.dedupe.records import records

__all__ = ["clusters", "merge", "patients", "records"]
