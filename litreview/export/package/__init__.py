"""A Frictionless Data Package: every table as CSV with its schema in one zip, and a knowledge base from it again."""
