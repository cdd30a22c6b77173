"""Loading without garbage collection: it makes much and drops little."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECTED_AFTER = 10_000  # objects more than before; a large request makes 4,000


@contextmanager
def collecting_later() -> Iterator[None]:
    """No collection until all is loaded, a fifth of the time; later ones leave alone what was loaded."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(COLLECTED_AFTER)
        gc.enable()
