import socket
import threading
import urllib.request
from contextlib import closing

import pytest
from click.testing import CliRunner

from litreview.cli import main
from litreview.errors import DatabaseError, UsageError
from litreview.steps.serve import addresses, datasette, serve


@pytest.fixture
def taken():
    with closing(socket.socket()) as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_that_is_taken_is_told_with_what_to_do(review, taken):
    with pytest.raises(UsageError, match=f"port {taken} of 127.0.0.1 cannot be used") as caught:
        serve(review, port=taken)
    assert "--port 0" in caught.value.hint


def test_somebody_else_s_database_is_not_served(neighbour):
    with pytest.raises(DatabaseError, match="not one of litreview's"):
        serve(neighbour, port=0)


def test_the_command_says_what_is_wrong_in_two_lines(tmp_path):
    done = CliRunner().invoke(main, ["serve", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0].startswith("Error: ")
    assert done.stderr.splitlines()[1].startswith("Hint: ")


def test_an_address_that_is_none_is_told(review):
    with pytest.raises(UsageError, match="no address here"):
        serve(review, host="no.such.host.invalid", port=0)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "http://127.0.0.1:8001/"), ("0.0.0.0", "http://127.0.0.1:8001/"), ("::1", "http://[::1]:8001/")],
)
def test_the_address_can_be_opened(review, host, expected):
    application = datasette(review)
    try:
        assert addresses(application, host, 8001) == (expected,)
        assert addresses(application, host, 8001, root=True)[0].startswith(f"{expected}-/auth-token?token=")
        assert addresses(application, host, 8001, reviewers=("ada",))[1].startswith(f"{expected}-/litreview/sign-in?")
    finally:
        application.executor.shutdown()


def test_pages_are_served_on_a_free_port_until_the_end(review, rules_dir, monkeypatch):
    import uvicorn

    servers, seen = [], []
    make = uvicorn.Server

    def remembered(config):
        servers.append(make(config))
        return servers[-1]

    def visit(found):
        def ask():
            try:
                with urllib.request.urlopen(found, timeout=60) as answer:
                    seen.append(answer.read())
            finally:
                servers[0].should_exit = True

        threading.Thread(target=ask, daemon=True).start()

    monkeypatch.setattr(uvicorn, "Server", remembered)
    serve(review, port=0, rules_dir=rules_dir, tell=visit)
    assert b"Antivenom after snake bites" in seen[0]
