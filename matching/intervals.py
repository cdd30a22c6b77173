"""Whole numbers known exactly or as a range."""

from typing import NamedTuple


class Interval(NamedTuple):
    """Both ends included; ``low == high`` is a known value."""

    low: int
    high: int

    @property
    def known(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high


UNKNOWN_LEVEL = Interval(0, 4)
UNKNOWN_VALUE = Interval(0, 1000)
