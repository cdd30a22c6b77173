"""The second step of a sign-in: set up, used, turned off by its user, removed by an administrator."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Update, delete, func, or_, select, update

from referral.actions import audit
from referral.errors import FieldProblem, InvalidInput
from referral.models.base import db
from referral.models.second_steps import RecoveryCode
from referral.models.users import User, new_uniquifier
from referral.rules.ciphers import seal, unseal
from referral.rules.permissions import Actor, Permission, Role, check
from referral.rules.second_steps import (
    hidden_code,
    is_required,
    new_recovery_codes,
    new_secret,
    tidy_code,
    used_counter,
)


def begin(user: User, key: bytes) -> None:
    """Make a secret for the user's app; it is asked for only after `confirm`."""
    if user.second_step_at is None:
        user.second_step_secret = seal(key, new_secret().encode(), place=_place(user))
        user.second_step_counter = None


def secret_of(user: User, key: bytes) -> str | None:
    """The secret of the user's app; None where there is none."""
    if user.second_step_secret is None:
        return None
    return unseal(key, user.second_step_secret, place=_place(user)).decode()


def confirm(actor: Actor, user: User, code: str, key: bytes, *, now: datetime) -> Sequence[str]:
    """Ask for a code from the next sign-in on, as the app gives right ones; gives the recovery codes.

    Raises
    ------
    InvalidInput : the code is wrong.
    """
    if user.second_step_at is not None or not _use_code(user, code, key, now=now):
        raise InvalidInput([FieldProblem("code", "code_wrong")])
    user.second_step_at = now
    user.fs_uniquifier = new_uniquifier()  # sign-ins that knew only the password end
    audit.record(actor, "user:second_step:set", "user", user.ref)
    return _new_codes(user, key)


def use(user: User, code: str, key: bytes, *, now: datetime) -> str:
    """Use a code of the app or a recovery code; gives which it was.

    Raises
    ------
    InvalidInput : it is wrong, too old, or was used before.
    """
    if _use_code(user, code, key, now=now):
        return "code"
    if _use_recovery_code(user, code, key, now=now):
        return "recovery_code"
    raise InvalidInput([FieldProblem("code", "code_wrong")])


def renew_codes(actor: Actor, user: User, key: bytes) -> Sequence[str]:
    """New recovery codes; the old ones stop working."""
    audit.record(actor, "user:recovery_codes:renewed", "user", user.ref)
    return _new_codes(user, key)


def turn_off(actor: Actor, user: User, *, of_everyone: bool = False) -> None:
    """Ask this user for no code any more.

    Raises
    ------
    InvalidInput : a role of the user requires it.
    """
    if is_required((Role(held.role) for held in user.assignments), of_everyone=of_everyone):
        raise InvalidInput([FieldProblem("", "second_step_required")], "second_step_required")
    _clear(user)
    audit.record(actor, "user:second_step:turned_off", "user", user.ref)


def remove(actor: Actor, user: User) -> None:
    """Take away a user's second step, as the app is lost; every session of the user ends.

    Raises
    ------
    NotPermitted
    """
    check(actor, Permission.USERS_MANAGE)
    _clear(user)
    user.fs_uniquifier = new_uniquifier()
    audit.record(actor, "user:second_step:removed", "user", user.ref)


def codes_left(user: User) -> int:
    """How many recovery codes the user has not used."""
    statement = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(statement) or 0


def _use_code(user: User, code: str, key: bytes, *, now: datetime) -> bool:
    """Whether the code is right; one guarded statement marks it, so that of two who send it one is let in."""
    secret = secret_of(user, key)
    if secret is None:
        return False
    counter = used_counter(secret, tidy_code(code), now=now, last_counter=user.second_step_counter)
    if counter is None:
        return False
    newer = or_(User.second_step_counter.is_(None), User.second_step_counter < counter)
    return _changed(update(User).where(User.id == user.id, newer).values(second_step_counter=counter))


def _use_recovery_code(user: User, code: str, key: bytes, *, now: datetime) -> bool:
    unused = (RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    named = RecoveryCode.code_hash == hidden_code(key, code)
    return _changed(update(RecoveryCode).where(*unused, named).values(used_at=now))


def _changed(statement: Update) -> bool:
    return getattr(db.session.execute(statement), "rowcount", 0) == 1


def _new_codes(user: User, key: bytes) -> Sequence[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = new_recovery_codes()
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=hidden_code(key, code)) for code in codes)
    return codes


def _clear(user: User) -> None:
    user.second_step_at = user.second_step_secret = user.second_step_counter = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _place(user: User) -> str:
    return f"second_step:{user.id}"
