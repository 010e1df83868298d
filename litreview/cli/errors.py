"""What went wrong, in two lines on stderr and an exit code; never a traceback for what is expected to happen."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click

from litreview.errors import LitreviewError

_SQLITE = {
    "locked": ("DB is in use by another program", "wait until that has finished, then run the command again"),
    "busy": ("DB is in use by another program", "wait until that has finished, then run the command again"),
    "readonly": ("DB cannot be written", "check the permissions of the file and of its folder"),
    "unable to open": ("DB cannot be opened", "check the permissions of the file and of its folder"),
    "full": ("DB: the disk is full", "make room, then run the command again; what was saved is kept"),
    "disk i/o": ("DB: the disk could not be read or written", "check the disk; what was saved before is kept"),
    "no such table": ("DB was made by an older litreview", "bring it up to date with: litreview update"),
    "no such column": ("DB was made by an older litreview", "bring it up to date with: litreview update"),
    "malformed": ("DB is damaged", "go back to a copy made with: litreview backup"),
    "not a database": ("DB is not a SQLite database", "name a database that litreview made"),
}


@contextmanager
def told(ctx: click.Context) -> Iterator[None]:
    """Turn the errors of the block into `Error:` and `Hint:` lines."""
    try:
        yield
    except LitreviewError as error:
        _end(ctx, error.message, error.hint, error.exit_code)
    except sqlite3.Error as error:
        sentence, hint = _of_sqlite(error)
        _end(ctx, sentence.replace("DB", str(ctx.find_root().obj or "the database"), 1), hint, 1)
    except re.error as error:
        _end(ctx, f"a pattern of the rules is none: {error}", "which one it is says: litreview rules check", 1)
    except OSError as error:
        if error.errno == errno.EPIPE:  # somebody closed the pipe we print to; click ends quietly
            raise
        _end(ctx, *_of_system(error), 1)


def _of_sqlite(error: sqlite3.Error) -> tuple[str, str]:
    words = str(error).lower()
    for sign, lines in _SQLITE.items():
        if sign in words:
            return lines
    return f"DB refused: {error}", "make a copy of the file and report this"


def _of_system(error: OSError) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full", _SQLITE["full"][1]
    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{(error.strerror or str(error)).lower()}", "check the path and its permissions"


def _end(ctx: click.Context, message: str, hint: str, code: int) -> None:
    click.echo(f"Error: {message}", err=True)
    if hint:
        click.echo(f"Hint: {hint}", err=True)
    ctx.exit(code)
