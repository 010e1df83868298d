"""Shares with their uncertainty, for everything that counts n of N."""

from math import sqrt

Z95 = 1.959963984540054  # two-sided 95 % of the standard normal distribution


def wilson(n: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share n/of; `None` where there is nothing to have a share of.

    The score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953) keeps inside 0 to 1 and holds its level for
    the small numbers that case reports give.

    >>> tuple(round(limit, 2) for limit in wilson(9, 10))
    (0.6, 0.98)
    """
    if of <= 0:
        return None
    share, spread = n / of, Z95 * Z95 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
