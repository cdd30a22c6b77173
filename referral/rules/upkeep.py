"""How a program is kept up: whom to write to, and how often its seats are asked for."""

from dataclasses import dataclass

from referral.errors import FieldProblem, InvalidInput
from referral.rules.links import CONFIRM_EVERY_DAYS
from referral.rules.users import EMAIL, EMAIL_LENGTH_MAX, tidy_email

MOST_DAYS = 90  # a fact older than that is no longer shown


@dataclass(frozen=True)
class UpkeepEntry:
    """What staff set for a program."""

    contact_email: str | None = None
    confirm_every_days: int = CONFIRM_EVERY_DAYS


def checked_upkeep(entry: UpkeepEntry) -> UpkeepEntry:
    """The entry as it is kept.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    email = tidy_email(entry.contact_email or "") or None
    problems = []
    if email is not None and (not EMAIL.fullmatch(email) or len(email) > EMAIL_LENGTH_MAX):
        problems.append(FieldProblem("contact_email", "email_invalid"))
    if not 1 <= entry.confirm_every_days <= MOST_DAYS:
        problems.append(FieldProblem("confirm_every_days", "rhythm_out_of_range", {"most": MOST_DAYS}))
    if problems:
        raise InvalidInput(problems)
    return UpkeepEntry(email, entry.confirm_every_days)
