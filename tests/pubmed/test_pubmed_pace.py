import threading
from itertools import pairwise

import pytest

from litreview.pubmed.pace import Pace


def test_requests_are_kept_apart_by_the_interval(clock):
    pace = Pace(2.0, monotonic=clock, sleep=clock.sleep)

    moments = [pace.wait() or clock.time for _ in range(5)]

    assert moments[0] == 1000.0
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(moments))
    assert moments[-1] - moments[0] < 3.0


def test_time_that_passed_by_itself_is_not_waited_again(clock):
    pace = Pace(2.0, monotonic=clock, sleep=clock.sleep)
    pace.wait()
    clock.time += 10

    pace.wait()

    assert clock.slept == []


def test_threads_share_one_turnstile(clock):
    pace = Pace(3.0, monotonic=clock, sleep=clock.sleep)
    moments = []

    def ask():
        for _ in range(6):
            pace.wait()
            moments.append(clock.time)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    # 24 requests take at least 23 intervals of the fake clock, which only sleeping moves.
    assert clock.time - 1000.0 >= 23 / 3
    assert len(moments) == 24


def test_processes_are_kept_apart_through_a_shared_file(clock, tmp_path):
    file = tmp_path / "slot"
    first = Pace(1.0, shared=file, monotonic=clock, sleep=clock.sleep)
    second = Pace(1.0, shared=file, monotonic=clock, sleep=clock.sleep)

    first.wait()
    second.wait()

    assert sum(clock.slept) >= 1.0


@pytest.mark.parametrize("content", [b"", b"nonsense", b"99999999.0"], ids=["empty", "nonsense", "future"])
def test_shared_file_that_says_nothing_useful_does_not_delay(clock, tmp_path, content):
    file = tmp_path / "slot"
    file.write_bytes(content)

    Pace(1.0, shared=file, monotonic=clock, sleep=clock.sleep).wait()

    assert clock.slept == []


def test_shared_file_that_is_a_link_is_not_followed(clock, tmp_path):
    target = tmp_path / "target"
    target.write_text("precious")
    (tmp_path / "slot").symlink_to(target)

    Pace(1.0, shared=tmp_path / "slot", monotonic=clock, sleep=clock.sleep).wait()

    assert target.read_text() == "precious"
