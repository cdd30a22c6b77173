"""What an audit line may hold: a tag noun:part:verb, and facts that are codes and numbers, never content."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from referral.rules.permissions import Actor

TAG = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@/+-]{0,79}|")
STUDENT_READ = "student:record:read"
COPY_READ = "referral:copy:read"
VERIFIED = "audit:log:verified"


class UnsafeFact(ValueError):
    """A tag or fact that must not be logged; a fault of the program, never shown to a user."""


def checked_tag(tag: str) -> str:
    """The tag, if it is three words of noun:part:verb."""
    if not TAG.fullmatch(tag):
        raise UnsafeFact(f"not a tag noun:part:verb: {tag}")
    return tag


def checked_subject(code: str) -> str:
    """What a line is about, if it is a code: a reference, a short name."""
    if not CODE.fullmatch(code):
        raise UnsafeFact("the subject is not a code")
    return code


def checked_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as JSON values, if each is a number, a date, a code, or a list or map of such."""
    return {name: _checked(name, value) for name, value in facts.items()}


def reader_of(actor: Actor) -> str:
    """Who reads, for counting reads: the user, else the door they came through."""
    if actor.user_id:
        return f"user:{actor.user_id}"
    return "command" if actor.is_command else actor.door or "nobody"


def hour_of(now: datetime) -> datetime:
    """The hour a moment lies in."""
    return now.replace(minute=0, second=0, microsecond=0)


def _checked(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and CODE.fullmatch(value):
        return value
    if isinstance(value, Mapping):
        return checked_facts(value)
    if isinstance(value, list | tuple):
        return [_checked(name, part) for part in value]
    raise UnsafeFact(f"the fact {name} is not a code or a number")
