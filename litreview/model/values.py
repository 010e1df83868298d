"""Values: `dataclass` for what is frozen and made by the thousand."""

import dataclasses
from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    # To mypy it is what it says, so no line that changes a value passes the checks.
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, eq=True, **options):
        """A dataclass that is compared and hashed like a frozen one, without a guard while it runs.

        The fields of a guarded one take three times as long to set, and to read one paper means to make some ten
        thousand spans, pieces of evidence and findings.
        """
        return dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
