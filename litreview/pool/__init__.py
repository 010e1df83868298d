"""Room of pooling: from unique patients to the figures of a results section."""

from litreview.pool.summary import Line, Share, Spread, Summary, summary

__all__ = ["Line", "Share", "Spread", "Summary", "summary"]
