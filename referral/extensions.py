"""The Flask extensions, for the app and the doors only."""

import secrets
from typing import Any, cast

from flask import session
from flask_migrate import Migrate
from flask_security import SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect
from sqlalchemy import exists, select

from referral.models.base import db
from referral.models.users import EndedSession, RoleAssignment, User

SESSION_KEY = "session_key"  # names one sign-in, so that signing out ends it wherever its cookie was copied


def new_session_key() -> str:
    """A random name for a sign-in."""
    return secrets.token_urlsafe(18)


class Datastore(SQLAlchemyUserDatastore):
    """Users for Flask-Security; it never commits, `commits` does, and it knows which sessions were ended."""

    def commit(self) -> None:
        """Nothing: the transaction belongs to the view's `commits`."""

    def find_user(self, case_insensitive: bool = False, **by: Any) -> User | None:
        """The user with this e-mail address, or whose session this is if it was not ended."""
        if "fs_uniquifier" not in by:
            return cast(User | None, super().find_user(case_insensitive=case_insensitive, **by))
        ended = exists().where(EndedSession.session_key == session.get(SESSION_KEY, ""))
        return db.session.scalar(select(User).where(User.fs_uniquifier == by["fs_uniquifier"], ~ended))


csrf = CSRFProtect()
migrate = Migrate()
datastore = Datastore(db, User, cast(Any, RoleAssignment))
