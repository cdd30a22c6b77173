"""Loops that Numba compiles where it is installed (`placewell[fast]`); plain Python gives the same."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])


@cache
def compiled(loop: Loop, *parts: Callable[..., Any]) -> Loop:
    """A loop compiled together with the functions that it calls, all of one file; as it is without Numba.

    What was compiled is kept on disk, beside the package or in the user's cache, until the file changes.
    """
    try:
        from numba import njit
        from numba.extending import register_jitable
    except ImportError:
        return loop
    for part in parts:
        register_jitable(forceinline=True)(part)
    return cast(Loop, njit(nogil=True, cache=True)(loop))
