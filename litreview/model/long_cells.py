"""Cells of any length for the csv module, which alone takes 131,072 characters: texts of papers are longer."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager

_MOST = 2**31 - 1


@contextmanager
def long_cells() -> Iterator[None]:
    """Lift the module's limit, and set it back as it was."""
    before = csv.field_size_limit(_MOST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
