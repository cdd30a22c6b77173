"""The Flask extensions, for the app and the doors only."""

import secrets
from typing import Any, cast

from flask import session
from flask_migrate import Migrate
from flask_security import SQLAlchemyUserDatastore
from flask_wtf import CSRFProtect
from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload

from referral.models.base import db
from referral.models.users import EndedSession, RoleAssignment, User

SESSION_KEY = "session_key"  # names one sign-in, so that signing out ends it wherever its cookie was copied


# Every request asks this, so it is put together once and is one statement.
_USER_OF_SESSION = (
    select(User)
    .where(
        User.fs_uniquifier == bindparam("uniquifier"),
        ~exists().where(EndedSession.session_key == bindparam("session_key")),
    )
    .options(joinedload(User.assignments))
)


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
        said = {"uniquifier": by["fs_uniquifier"], "session_key": session.get(SESSION_KEY, "")}
        return db.session.scalars(_USER_OF_SESSION, said).unique().one_or_none()


csrf = CSRFProtect()
migrate = Migrate()
datastore = Datastore(db, User, cast(Any, RoleAssignment))
