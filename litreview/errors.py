"""The error family: what was being done, to what, and what to try.

LitreviewError            exit code 1
├── UsageError            exit code 2: wrong use of a command or setting
│   └── TopicError        a topic that does not exist or does not fit the database
├── RuleError             a rule, vocabulary or topic file that cannot be used
├── ReadError             a document that cannot be read
├── RemoteError           E-utilities could not be reached or gave no usable answer
└── DatabaseError         a database that is not ours, newer than this program, or damaged
"""


class LitreviewError(Exception):
    """Base of everything litreview raises on purpose; the command line prints it as two lines."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LitreviewError):
    """A command, option or setting was used wrongly."""

    exit_code = 2


class TopicError(UsageError):
    """A topic is unknown, or is not the one the database was made for."""


class RuleError(LitreviewError):
    """A rule, vocabulary or topic file says something that rules cannot say."""


class ReadError(LitreviewError):
    """A document could not be read."""


class RemoteError(LitreviewError):
    """E-utilities could not be reached, or what they answered cannot be used."""


class DatabaseError(LitreviewError):
    """The database is not a litreview database, is newer than this program, or is damaged."""
