import csv

import pytest

from litreview.model.long_cells import long_cells


def test_a_long_cell_is_read_within_and_the_limit_is_as_before_behind() -> None:
    before, cell = csv.field_size_limit(), "a" * 200_000

    with long_cells():
        assert next(csv.reader([cell])) == [cell]
    assert csv.field_size_limit() == before


def test_the_limit_is_as_before_after_an_error() -> None:
    before = csv.field_size_limit()

    with pytest.raises(ValueError, match="a mistake"), long_cells():
        raise ValueError("a mistake")
    assert csv.field_size_limit() == before
