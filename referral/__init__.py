"""Placewell, the web application: pages, JSON and commands around the pure library `matching`."""

import os

# Requests run side by side already: several threads for one product of matrices only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported, which comes later
