"""A version of the review told to people (Markdown) and to programs (JSON)."""
