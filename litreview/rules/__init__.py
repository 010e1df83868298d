"""Rules as data: a topic's folder of YAML becomes a `Topic`."""

from litreview.rules.baseline import baseline
from litreview.rules.load import load, topics

__all__ = ["baseline", "load", "topics"]
