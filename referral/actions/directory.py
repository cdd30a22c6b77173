"""The directory's mark: every change of programs, seats, prices, agencies or members gives it a new one."""

import secrets

from sqlalchemy import update

from referral.models.base import db
from referral.models.programs import DirectoryStamp


def touch() -> None:
    """Give the directory a new mark in this transaction, so that readers read it again; call it last."""
    db.session.flush()
    db.session.execute(update(DirectoryStamp).values(mark=secrets.token_hex(8)))
