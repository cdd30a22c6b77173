"""How an identity is sealed, column by column, and how the keys for it are kept.

A district's data key seals its identities; the master key of the installation seals the data keys. What is
sealed opens only in its own column of its own row, and its length tells no more than a multiple of 64.
"""

from datetime import date

from referral.rules.ciphers import KEY_BYTES, NotOpened, derived_key, seal, unseal
from referral.rules.identities import Identity

COLUMNS = ("name", "nickname", "birth_date", "state_id", "school", "town", "street", "parents", "notes")
SECRET_LENGTH_MIN = 32
BLOCK_BYTES = 64
MARK = b"\x80"  # ends the content; zeros follow (ISO/IEC 7816-4)
PRINT_LENGTH = 16


def is_secret(text: str) -> bool:
    """Whether a text is long enough to be the vault's secret."""
    return len(text) >= SECRET_LENGTH_MIN


def master_key(secret: str) -> bytes:
    """The master key that a secret gives."""
    return derived_key(secret, "vault")


def print_of(master: bytes) -> str:
    """The fingerprint of a master key: tells which key is needed, and nothing about it."""
    return derived_key(master, "vault print").hex()[:PRINT_LENGTH]


def wrapped(master: bytes, data_key: bytes, district_id: int) -> bytes:
    """A district's data key, sealed by the master key."""
    return seal(master, data_key, place=f"district_keys:{district_id}")


def unwrapped(master: bytes, sealed: bytes, district_id: int) -> bytes:
    """A district's data key.

    Raises
    ------
    NotOpened : another master key, or the key of another district.
    """
    key = unseal(master, sealed, place=f"district_keys:{district_id}")
    if len(key) != KEY_BYTES:
        raise NotOpened
    return key


def sealed_text(key: bytes, text: str, *, ref: str, number: int, column: str) -> bytes | None:
    """A text, sealed for one column of one row; None for an empty one."""
    if not text:
        return None
    content = text.encode() + MARK
    padded = content + bytes(-len(content) % BLOCK_BYTES)
    return seal(key, padded, place=_place(ref, number, column))


def opened_text(key: bytes, sealed: bytes | None, *, ref: str, number: int, column: str) -> str:
    """The text of a column.

    Raises
    ------
    NotOpened : another key, another place, or changed bytes.
    """
    if sealed is None:
        return ""
    content = unseal(key, bytes(sealed), place=_place(ref, number, column))
    return content.rstrip(b"\0").removesuffix(MARK).decode()


def texts_of(identity: Identity) -> dict[str, str]:
    """The identity as texts by column."""
    birth = identity.birth_date
    return {column: str(getattr(identity, column) or "") for column in COLUMNS} | {
        "birth_date": birth.isoformat() if birth else ""
    }


def identity_of(texts: dict[str, str]) -> Identity:
    """The identity of texts by column."""
    birth = texts.get("birth_date", "")
    return Identity(**texts | {"birth_date": date.fromisoformat(birth) if birth else None})  # type: ignore[arg-type]


def _place(ref: str, number: int, column: str) -> str:
    return f"identities:{ref}:{number}:{column}"
