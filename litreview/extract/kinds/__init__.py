"""Rule kinds: a module each, and the table of them."""

from litreview.extract.kinds import column, lookup, quantity, regex, terms, timepoint, tokens
from litreview.extract.match import Finder

FINDERS: dict[str, Finder] = {
    "terms": terms.find,
    "tokens": tokens.find,
    "regex": regex.find,
    "quantity": quantity.find,
    "threshold": quantity.find,
    "timepoint": timepoint.find,
    "column": column.find,
    "lookup": lookup.find,
}
