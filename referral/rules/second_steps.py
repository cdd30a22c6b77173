"""The second step of a sign-in: a code from an app that keeps time, or a recovery code, each used once.

Source: RFC 6238 (time-based codes, 30 seconds, 6 digits); NIST SP 800-63B-4 section 3.1.4 (one use each).
"""

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

import pyotp

from referral.rules.permissions import Role
from referral.rules.references import ALPHABET

ISSUER = "Placewell"
STEP_SECONDS = 30
LATE_STEPS = 1  # clocks differ, and typing takes time: the code before and the code after do, too
RECOVERY_CODES = 10
RECOVERY_LENGTH = 25  # of 32 characters: 125 bits, so that a plain hash hides one
RECOVERY_GROUP = 5
REQUIRED_OF = frozenset(
    {
        Role.DIRECTOR,
        Role.COLLABORATIVE_ADMINISTRATOR,
        Role.COOPERATIVE_ADMINISTRATOR,
        Role.SITE_ADMINISTRATOR,
    }
)
SIX_DIGITS = re.compile(r"[0-9]{6}")
_LOOKALIKES = str.maketrans("ILO", "110")


def new_secret() -> str:
    """A random secret for an app, 160 bits in base 32."""
    return pyotp.random_base32()


def address_for_app(secret: str, email: str) -> str:
    """What the picture of squares says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def in_fours(secret: str) -> str:
    """The secret as people type it."""
    return " ".join(_groups(secret, 4))


def tidy_code(text: str) -> str:
    """A code as it is compared: without spaces and hyphens, O for 0 and I or L for 1."""
    return re.sub(r"[\s-]", "", text).upper().translate(_LOOKALIKES)


def used_counter(secret: str, code: str, *, now: datetime, last_counter: int | None) -> int | None:
    """Which step of time the code belongs to; None if it is wrong, too old, or was used before."""
    if not SIX_DIGITS.fullmatch(code):
        return None
    step = int(now.timestamp()) // STEP_SECONDS
    app = pyotp.HOTP(secret)
    for counter in range(max(0, step - LATE_STEPS), step + LATE_STEPS + 1):
        if (last_counter is None or counter > last_counter) and hmac.compare_digest(app.at(counter), code):
            return counter
    return None


def new_recovery_codes() -> list[str]:
    """Codes to keep on paper, as they are shown: in groups of five."""
    made = ("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
    return ["-".join(_groups(code, RECOVERY_GROUP)) for code in made]


def hidden_code(key: bytes, code: str) -> str:
    """What is kept of a recovery code."""
    return hmac.new(key, tidy_code(code).encode(), sha256).hexdigest()


def is_required(roles: Iterable[Role], *, of_everyone: bool = False) -> bool:
    """Whether one of the roles held may not be used with a password alone."""
    return any(of_everyone or role in REQUIRED_OF for role in roles)


def due_at(
    held: Iterable[tuple[Role, datetime]], grace: timedelta, *, of_everyone: bool = False
) -> datetime | None:
    """From when on a user must have set up the second step; None where no role held requires it."""
    since = [granted_at for role, granted_at in held if of_everyone or role in REQUIRED_OF]
    return min(since) + grace if since else None


def _groups(text: str, length: int) -> list[str]:
    return [text[place : place + length] for place in range(0, len(text), length)]
