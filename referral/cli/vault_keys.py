"""Where the vault's new master key comes from, and how it takes the place of the old one."""

import os
import shutil
from pathlib import Path

from referral.cli.instance import keep_secret
from referral.config import Settings, vault_key_file
from referral.errors import ReferralError
from referral.rules.identity_seals import SECRET_LENGTH_MIN, is_secret, master_key, print_of

NEW = "PLACEWELL_VAULT_KEY_NEW"


def new_secret(settings: Settings) -> str:
    """The secret to change to: of the environment, or a new file beside the old one.

    A file left by a rotation that was cut off is taken up again, so nothing sealed with it is lost.

    Raises
    ------
    ReferralError : the old key is in the environment and the new one is not.
    """
    if settings.vault_key:
        if not os.environ.get(NEW):
            raise ReferralError("vault_key_new_missing")
        return os.environ[NEW]
    path = _coming(settings)
    keep_secret(path)
    return path.read_text().strip()


def take_into_use(settings: Settings) -> Path | None:
    """Put the new file in the place of the old; gives where the old one is kept, None without files."""
    if settings.vault_key:
        return None
    current = vault_key_file(settings.instance)
    kept = current.with_name(f"{current.name}.{print_of(master_key(current.read_text().strip()))}")
    shutil.copy2(current, kept)
    _coming(settings).replace(current)  # at every moment there is a key
    return kept


def _coming(settings: Settings) -> Path:
    path = vault_key_file(settings.instance)
    return path.with_name(f"{path.name}.new")


def check_secret(secret: str) -> None:
    """Refuse a secret that is too short for a key.

    Raises
    ------
    ReferralError
    """
    if not is_secret(secret):
        raise ReferralError("vault_key_short", least=SECRET_LENGTH_MIN)
