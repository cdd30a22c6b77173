"""Every benchmark in one run: `python -m tests.benchmarks`."""

import os

# One thread for matrix products, as in a request: ratios to peers then compare one core with one core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.benchmarks import allocation, confidence, pages, ranking

for part in (ranking, confidence, allocation, pages):
    part.run()
