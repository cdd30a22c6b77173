"""Files that lie encrypted in a folder under random names, each with a key of its own.

The key of a file is sealed under the key of the folder and kept in the database. Removed there, it takes the
content with it, wherever copies of the file lie.
"""

import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from referral.rules.ciphers import NotOpened, derived_key, new_key, seal, unseal

PURPOSE = "documents"


@dataclass(frozen=True)
class SealedFile:
    """Where a file lies, and its key, sealed."""

    name: str
    sealed_key: bytes


@dataclass(frozen=True)
class SealedFolder:
    """The folder and the key that seals the keys of its files."""

    path: Path
    key: bytes

    @classmethod
    def of_instance(cls, instance: Path, secret: str) -> "SealedFolder":
        """The documents of an instance."""
        return cls(instance / PURPOSE, derived_key(secret, PURPOSE))

    def keep(self, content: bytes) -> SealedFile:
        """Write the content under a new random name, durably, readable by nobody else."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        name, key = secrets.token_hex(16), new_key()
        handle = os.open(self.path / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(seal(key, content, place=_place(name)))
            file.flush()
            os.fsync(file.fileno())
        return SealedFile(name, seal(self.key, key, place=f"{_place(name)}:key"))

    def read(self, kept: SealedFile) -> bytes:
        """The content of a file.

        Raises
        ------
        NotOpened : the file is gone, or the file, its name or its key are not those that were kept.
        """
        key = unseal(self.key, kept.sealed_key, place=f"{_place(kept.name)}:key")
        try:
            sealed = (self.path / kept.name).read_bytes()
        except OSError as failure:
            raise NotOpened(kept.name) from failure
        return unseal(key, sealed, place=_place(kept.name))

    def names(self, *, older_than_seconds: float = 0) -> Iterator[str]:
        """The names of the files that have lain here for so long."""
        if not self.path.is_dir():
            return
        latest = time.time() - older_than_seconds
        for file in self.path.iterdir():
            if file.stat().st_mtime <= latest:
                yield file.name

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no fault."""
        (self.path / name).unlink(missing_ok=True)


def _place(name: str) -> str:
    return f"{PURPOSE}:{name}"
