"""Drawn weights to and from the compressed form that is kept, bit for bit."""

import hashlib
import zlib

import numpy as np

from matching import Draws
from matching.vocabulary import Criterion

KIND = np.dtype("<u2")
LEVEL = 6


def policy_digest(policy: str) -> str:
    """The digest of a whole policy as it is kept: what its draws are found by."""
    return hashlib.sha256(policy.encode()).hexdigest()


def pack_draws(draws: Draws) -> bytes:
    """The weights as compressed 16-bit numbers, one criterion after the other."""
    return zlib.compress(draws.weights.T.astype(KIND).tobytes(), LEVEL)


def unpack_draws(content: bytes, seed: str) -> Draws:
    """The draws as they were kept."""
    columns = np.frombuffer(zlib.decompress(content), KIND).reshape(len(Criterion), -1)
    return Draws(np.ascontiguousarray(columns.T, np.uint16), int(seed))
