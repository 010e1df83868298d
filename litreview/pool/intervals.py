"""The exact interval of a share, beside that of Wilson in `litreview.model.proportion`."""


def exact(n: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of n/of after Clopper and Pearson; `None` where there is nothing to have a share of.

    It holds its level for every true share (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404) and is therefore
    wider than Wilson's. Of none the lower limit is 0, of all the upper one is 1.

    >>> tuple(round(limit, 3) for limit in exact(10, 10))
    (0.692, 1.0)
    """
    if of <= 0:
        return None
    from scipy.special import betaincinv

    low = float(betaincinv(n, of - n + 1, 0.025)) if n else 0.0
    high = float(betaincinv(n + 1, of - n, 0.975)) if n < of else 1.0
    return low, high
