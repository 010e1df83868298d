"""Lets an iterator run ahead in a thread of its own, so that waiting for a server and saving go on side by side."""

from collections.abc import Iterable, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")
_A_MOMENT = 0.1


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The items in their order, each made while the one before is being used; two at most wait at a time.

    What goes wrong in making them is raised here, after the items before it. The thread ends with the iteration; where
    that is given up, a request under way does not keep the program from ending.
    """
    waiting: Queue[tuple[T, ...] | BaseException] = Queue(maxsize=1)
    given_up = Event()

    def offer(made: tuple[T, ...] | BaseException) -> None:
        while not given_up.is_set():
            try:
                return waiting.put(made, timeout=_A_MOMENT)
            except Full:
                continue

    def make() -> None:
        try:
            for item in items:
                offer((item,))
                if given_up.is_set():
                    return
            offer(())
        except BaseException as error:
            offer(error)

    thread = Thread(target=make, daemon=True)
    thread.start()
    try:
        while made := waiting.get():
            if isinstance(made, BaseException):
                raise made
            yield made[0]
        thread.join()
    finally:
        given_up.set()
