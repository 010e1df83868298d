import threading
from collections.abc import Iterator

import pytest

from litreview.steps.ahead import ahead


def test_items_come_in_their_order() -> None:
    assert list(ahead(range(50))) == list(range(50))
    assert list(ahead(())) == []


def test_the_next_item_is_made_while_one_is_used() -> None:
    made: list[threading.Event] = [threading.Event() for _ in range(3)]

    def items() -> Iterator[int]:
        for n, event in enumerate(made):
            event.set()
            yield n

    running = ahead(items())
    assert next(running) == 0
    assert made[1].wait(timeout=10)
    assert list(running) == [1, 2]


def test_what_goes_wrong_is_raised_after_the_items_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no second one")

    running = ahead(items())
    assert next(running) == 1
    with pytest.raises(ValueError, match="no second one"):
        next(running)


def test_nothing_runs_on_when_the_items_are_given_up() -> None:
    before = set(threading.enumerate())
    running = ahead(iter(int, 1))  # 0 without end
    assert next(running) == 0
    (maker,) = set(threading.enumerate()) - before
    running.close()  # type: ignore[attr-defined]
    maker.join(timeout=10)
    assert not maker.is_alive()
