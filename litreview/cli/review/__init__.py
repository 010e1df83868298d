"""`litreview review`: decisions of people from the command line."""

from litreview.cli.review import cases, looking, pairs, reports, two, values  # each puts its commands into the group
from litreview.cli.review.group import command

__all__ = ["cases", "command", "looking", "pairs", "reports", "two", "values"]
