"""Who a table's rows or columns are: single patients, this paper's own or cited, or nobody."""

from litreview.extract.tables.marks import Clean
from litreview.extract.tables.squares import Layout
from litreview.extract.tables.table_columns import across, alone, columns_of_people
from litreview.extract.tables.table_courses import events, treatments
from litreview.extract.tables.table_moments import over_time
from litreview.extract.tables.table_rows import down, roles
from litreview.extract.tables.table_slots import Slot, Someone
from litreview.extract.tables.table_words import TableWords

__all__ = ["Slot", "Someone", "people"]


def people(laid: Layout, words: TableWords, caption: Clean, labels: frozenset[str] = frozenset()) -> list[Someone]:
    """The single patients of a table, in its order; nobody where it is not about single patients.

    `labels` are those that other tables of the document give their patients.
    """
    columns = columns_of_people(laid, words)
    if columns:
        return across(laid, columns, words)
    known = roles(laid, words, caption.words, labels)
    if known:
        return down(laid, known, words)
    ways = (events, treatments, over_time)
    return alone(laid, words) or next((found for way in ways if (found := way(laid, words, caption))), [])
