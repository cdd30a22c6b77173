"""The limits of this machine on one core: matrix products, sorting, memory; measured in the same run."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tests.benchmarks.measure import timed

SIDE = 1024
KEYS = (2000, 1000)
COPIED = 40_000_000
CLASSES, OPTIONS, LOOKUPS = 36, 5000, 100_000


@dataclass(frozen=True)
class Machine:
    """Floating point operations, sorted keys, copied bytes and looked-up cells per second."""

    flop_per_s: float
    keys_per_s: float
    bytes_per_s: float
    cells_per_s: float

    def product_ms(self, rows: float, inner: float, columns: float) -> float:
        """Least time of a float32 matrix product."""
        return 2 * rows * inner * columns / self.flop_per_s * 1000

    def sort_ms(self, keys: float) -> float:
        """Least time to sort rows of a thousand 32-bit keys."""
        return keys / self.keys_per_s * 1000

    def lookup_ms(self, cells: float) -> float:
        """Least time to look up cells of 64 bits in a table of classes by options."""
        return cells / self.cells_per_s * 1000

    def pass_ms(self, count: float) -> float:
        """Least time to read and write so many bytes once."""
        return count / self.bytes_per_s * 1000


@lru_cache(maxsize=1)
def machine() -> Machine:
    """The limits, from medians."""
    rng = np.random.default_rng(0)
    square = rng.random((SIDE, SIDE), dtype=np.float32)
    keys = rng.integers(0, 1 << 32, KEYS, dtype=np.uint32)
    source, target = np.ones(COPIED // 8), np.empty(COPIED // 8)
    product = timed("sgemm", lambda: square @ square, seconds=2)
    sort = timed("sort", lambda: np.sort(keys, axis=1), seconds=2)
    table, cells = rng.integers(0, 1 << 60, CLASSES * OPTIONS), rng.integers(0, CLASSES * OPTIONS, LOOKUPS)
    lookup = timed("lookup", lambda: table.take(cells), runs=301, seconds=2)
    copy = timed("copy", lambda: np.copyto(target, source), seconds=2)
    return Machine(
        flop_per_s=2 * SIDE**3 / product.cpu_ms * 1000,
        keys_per_s=keys.size / sort.cpu_ms * 1000,
        bytes_per_s=2 * COPIED / copy.cpu_ms * 1000,
        cells_per_s=LOOKUPS / lookup.best_ms * 1000,
    )


def show() -> None:
    """Print the limits."""
    limits = machine()
    print(
        f"Limits of one core: sgemm {limits.flop_per_s / 1e9:.0f} GFLOP/s,"
        f" sort {limits.keys_per_s / 1e6:.0f} million keys/s (rows of {KEYS[1]}),"
        f" copy {limits.bytes_per_s / 1e9:.1f} GB/s, {limits.cells_per_s / 1e6:.0f} million cells/s looked up"
    )
