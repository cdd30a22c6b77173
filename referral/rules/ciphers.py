"""Sealing what must not lie readable on a disk: AES-GCM, with a key of its own for each purpose.

Source: NIST SP 800-38D (AES-GCM, 96-bit random nonces), RFC 5869 (HKDF).
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


class NotOpened(Exception):
    """The key, the purpose or the bytes are not those that were sealed."""


def new_key() -> bytes:
    """A random key."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def derived_key(secret: str | bytes, purpose: str) -> bytes:
    """The key that a secret gives for one purpose ("documents", "audit"): none tells another."""
    material = secret.encode() if isinstance(secret, str) else secret
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"placewell:{purpose}".encode()).derive(material)


def seal(key: bytes, content: bytes, *, place: str) -> bytes:
    """The content, encrypted; it opens again only with the key and at its place ("documents:17:name")."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: bytes, *, place: str) -> bytes:
    """The content that was sealed at this place.

    Raises
    ------
    NotOpened : another key, another place, or changed bytes.
    """
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as failure:
        raise NotOpened(place) from failure
