"""Room of pubmed."""
