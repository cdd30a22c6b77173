"""Certificates of purges as files: what was purged, by reference, apart from the database.

An old backup that is restored does not know what was purged since; these files do.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from referral.errors import ReferralError
from referral.rules.retention import Purged, counts_of, digest_of

FOLDER = "retention"


class BadCertificate(ReferralError):
    """A file among the certificates that is none."""

    status = 422
    default_code = "bad_certificate"


class Certificate(BaseModel):
    """One purge, with the list of everything purged by kind, reference and rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal["placewell/retention-certificate/1"] = "placewell/retention-certificate/1"
    certificate: str
    as_of: date
    made_at: datetime
    schedule: str
    counts: dict[str, int]
    digest: str
    purged: tuple[tuple[str, str, str], ...]

    @property
    def records(self) -> list[Purged]:
        """What was purged."""
        return [Purged(*one) for one in self.purged]

    @property
    def is_true_to_itself(self) -> bool:
        """Whether the list gives the digest and the counts."""
        return digest_of(self.records) == self.digest and counts_of(self.records) == self.counts


@dataclass(frozen=True)
class CertificateFolder:
    """The folder of an instance's certificates."""

    path: Path

    @classmethod
    def of_instance(cls, instance: Path) -> "CertificateFolder":
        """The certificates of an instance."""
        return cls(instance / FOLDER)

    def write(self, certificate: Certificate) -> Path:
        """Write a certificate durably; a second time it takes the place of the first."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path_of(certificate.certificate)
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as file:
            file.write(certificate.model_dump_json(indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        return path

    def path_of(self, ref: str) -> Path:
        """Where the certificate of a reference lies."""
        return self.path / f"{ref}.json"

    def read(self) -> Iterator[Certificate]:
        """Every certificate, in the order of their references.

        Raises
        ------
        BadCertificate : a file that cannot be read as one.
        """
        for path in sorted(self.path.glob("*.json")):
            try:
                yield Certificate.model_validate_json(path.read_bytes())
            except ValidationError as error:
                raise BadCertificate(name=path.name) from error
