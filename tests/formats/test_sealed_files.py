"""Files under random names, unreadable on the disk and without their key."""

import os
import stat
import time
from dataclasses import replace

import pytest

from referral.formats.sealed_files import SealedFolder
from referral.rules.ciphers import NotOpened
from tests.documents import PDF, a_folder


def test_what_is_kept_is_read_again_and_lies_sealed(tmp_path):
    folder = a_folder(tmp_path)

    kept, other = folder.keep(PDF), folder.keep(PDF)
    file = tmp_path / "documents" / kept.name

    assert folder.read(kept) == PDF
    assert kept.name != other.name
    assert PDF[:8] not in file.read_bytes()
    assert file.read_bytes() != (tmp_path / "documents" / other.name).read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_nothing_but_the_file_with_its_own_key_in_its_own_place_opens(tmp_path):
    folder = a_folder(tmp_path)
    kept, other = folder.keep(PDF), folder.keep(b"another one")
    file = folder.path / kept.name
    wrong = [
        (folder, replace(kept, sealed_key=other.sealed_key)),
        (folder, replace(kept, sealed_key=b"")),
        (folder, replace(kept, name=other.name)),
        (folder, replace(kept, name="gone")),
        (SealedFolder.of_instance(tmp_path, "another secret of another instance"), kept),
    ]
    for place, one in wrong:
        with pytest.raises(NotOpened):
            place.read(one)

    file.write_bytes(file.read_bytes()[:-1] + b"x")

    with pytest.raises(NotOpened):
        folder.read(kept)


def test_names_are_listed_by_age_and_files_removed_once(tmp_path):
    folder = a_folder(tmp_path)
    assert list(folder.names()) == []
    old, new = folder.keep(PDF), folder.keep(PDF)
    long_ago = time.time() - 7200
    os.utime(folder.path / old.name, (long_ago, long_ago))

    assert list(folder.names(older_than_seconds=3600)) == [old.name]
    folder.remove(old.name)
    folder.remove(old.name)
    assert list(folder.names()) == [new.name]
