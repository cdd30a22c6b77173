"""Public references: a letter, ten random base-32 characters and a check character, never a database key.

The alphabet is Crockford's (no I, L, O, U); the check character is Luhn's, modulo 32: it finds every single
wrong character and nearly every swap of neighbors, so a mistyped code is not another student's.
"""

import secrets
from collections.abc import Callable
from enum import Enum

from referral.errors import RecordNotFound

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_LOOKALIKES = str.maketrans("ILO", "110")


class ReferenceKind(Enum):
    """What a reference points to, by its letter."""

    STUDENT = "S"
    RANKING = "R"
    DRAFT = "D"
    USER = "U"
    POLICY = "P"
    REFERRAL = "F"
    QUESTION = "Q"
    CONSENT = "C"
    NOTICE = "N"
    DOCUMENT = "B"
    CERTIFICATE = "X"
    TOKEN = "T"  # noqa: S105 - a letter, no secret


def _check_character(body: str) -> str:
    """The Luhn check character, modulo 32, of a body read from its right end."""
    total = 0
    for place, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def make_reference(kind: ReferenceKind, choose: Callable[[str], str] = secrets.choice) -> str:
    """A new random reference like S-7Q4K2M90ABX."""
    body = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return f"{kind.value}-{body}{_check_character(body)}"


def read_reference(text: str, kind: ReferenceKind) -> str:
    """The reference as stored, from what a person typed: any case, O for 0, I or L for 1.

    Raises
    ------
    RecordNotFound : not a reference of this kind, so there is no such record.
    """
    letter, _, code = text.strip().upper().partition("-")
    code = code.replace("-", "").replace(" ", "").translate(_LOOKALIKES)
    well_formed = letter == kind.value and len(code) == LENGTH + 1 and set(code) <= set(ALPHABET)
    if not well_formed or _check_character(code[:LENGTH]) != code[LENGTH]:
        raise RecordNotFound(kind=kind.name.lower())
    return f"{letter}-{code}"
