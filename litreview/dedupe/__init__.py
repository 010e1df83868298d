"""Room of dedupe."""
