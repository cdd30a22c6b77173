"""How often a token may ask: counted in the memory of each worker process, as it guards against haste only.

What must hold across workers and restarts, wrong tokens, is counted in the database (referral.callers).
"""

import math
import time
from hashlib import sha256

from flask import Flask, request
from flask_limiter import Limiter

from referral import callers
from referral.api.blueprint import bp

RATE = "600 per minute"


def _caller() -> str:
    """The token as a hash, or the address of who brings none."""
    said = request.headers.get("Authorization", "")
    return sha256(said.encode()).hexdigest() if said else callers.address()


limiter = Limiter(_caller, storage_uri="memory://", strategy="fixed-window")
limiter.limit(RATE)(bp)


def install(app: Flask) -> None:
    """Let the app count."""
    limiter.init_app(app)


def wait_seconds() -> int:
    """How long the caller who asked too often must wait."""
    limit = limiter.current_limit
    return max(1, math.ceil(limit.reset_at - time.time())) if limit else 60
