"""Room of readers."""
