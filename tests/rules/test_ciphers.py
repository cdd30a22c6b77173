"""What is sealed opens with its own key at its own place, and in no other way."""

import pytest

from referral.rules.ciphers import NotOpened, derived_key, new_key, seal, unseal


def test_what_is_sealed_opens_again_and_is_not_readable_in_between():
    key = new_key()
    sealed = seal(key, b"a coded text", place="notes:1")
    assert b"coded" not in sealed
    assert unseal(key, sealed, place="notes:1") == b"a coded text"


def test_the_same_text_is_never_sealed_twice_to_the_same_bytes():
    key = new_key()
    assert seal(key, b"same", place="notes:1") != seal(key, b"same", place="notes:1")


@pytest.mark.parametrize("spoil", ["key", "place", "bytes", "length"])
def test_another_key_place_or_byte_does_not_open(spoil):
    key = new_key()
    sealed = seal(key, b"a coded text", place="notes:1")
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    opened = {
        "key": (new_key(), sealed, "notes:1"),
        "place": (key, sealed, "notes:2"),
        "bytes": (key, changed, "notes:1"),
        "length": (key, sealed[:5], "notes:1"),
    }[spoil]
    with pytest.raises(NotOpened):
        unseal(opened[0], opened[1], place=opened[2])


def test_each_purpose_has_a_key_of_its_own_and_the_same_one_each_time():
    keys = {derived_key("a secret", purpose) for purpose in ("documents", "audit", "documents")}
    assert len(keys) == 2
    assert derived_key(b"a secret", "audit") == derived_key("a secret", "audit")
