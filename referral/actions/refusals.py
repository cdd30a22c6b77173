"""Turns a rule the database holds into a refusal of a field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from referral.errors import FieldProblem, InvalidInput
from referral.models.base import db


@contextmanager
def refusing(problems: Mapping[str, FieldProblem]) -> Iterator[None]:
    """Send what the block changes to the database; a broken constraint becomes the problem of a field.

    `problems` maps a part of the database's message (a constraint's name; for UNIQUE on SQLite table.column)
    to the problem. Make the changes inside the block: they lie in a savepoint, so that after a refusal the
    transaction can still be used.

    Raises
    ------
    InvalidInput : the field at fault.
    """
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except DBAPIError as error:
        for part, problem in problems.items():
            if part in str(error.orig):
                raise InvalidInput([problem]) from error
        raise
