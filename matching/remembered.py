"""What is made once and shared: a bounded store."""

from collections.abc import Hashable
from typing import Any


class Bounded(dict[Hashable, Any]):
    """What may be made again at any time; before it grows beyond a number of things the older half goes."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __setitem__(self, key: Hashable, value: Any) -> None:
        if len(self) >= self.most:
            for old in [*self][: self.most // 2]:
                self.pop(old, None)
        super().__setitem__(key, value)
