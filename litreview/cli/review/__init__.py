"""`litreview review`: decisions of people from the command line."""

# Each of these puts its commands into the group.
from litreview.cli.review import cases, looking, pairs, reports, sheets, two, values
from litreview.cli.review.group import command

__all__ = ["cases", "command", "looking", "pairs", "reports", "sheets", "two", "values"]
