"""Checks of what the library is given: each refuses with the field at fault."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from matching.exceptions import InvalidProfile, MatchingError
from matching.intervals import Interval
from matching.vocabulary import Term

LARGEST_RATIO = 1000


def is_whole(value: Any, least: int, most: int) -> bool:
    """Whether a value is a whole number within a range."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def check_whole(field: str, value: Any, least: int, most: int) -> None:
    """Refuse a number that is not whole or not within a range; None passes."""
    if value is not None and not is_whole(value, least, most):
        raise InvalidProfile(field, f"must be a whole number from {least} to {most}")


def check_count(field: str, value: Any) -> None:
    """Refuse what is not a whole number of at least 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise MatchingError(field, "must be at least 1, a whole number")


def check_is(field: str, value: Any, of: type) -> None:
    """Refuse a value of another kind, and None."""
    if not isinstance(value, of):
        raise MatchingError(field, f"must be of type {of.__name__}")


def check_each(field: str, values: Any, of: type) -> tuple[Any, ...]:
    """The values as a tuple; refused where they are not of one kind."""
    if isinstance(values, Iterable):
        listed = tuple(values)
        if all(issubclass(kind, of) for kind in set(map(type, listed))):
            return listed
    raise MatchingError(field, f"must be a number of values of type {of.__name__}")


def check_interval(field: str, value: Any, least: int, most: int) -> None:
    """Refuse a range that does not rise within its limits; None passes."""
    if value is None:
        return
    whole = isinstance(value, Interval) and all(is_whole(end, least, most) for end in value)
    if not whole or value.low > value.high:
        raise InvalidProfile(field, f"must be whole numbers that rise within {least} to {most}")


def check_day(field: str, value: Any) -> None:
    """Refuse what is not a date; None passes."""
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise InvalidProfile(field, "must be a date without a time")


def check_period(valid_from: Any, valid_to: Any) -> None:
    """Refuse a period whose end lies before its beginning; None is an open end."""
    check_day("valid_from", valid_from)
    check_day("valid_to", valid_to)
    if valid_from is not None and valid_to is not None and valid_from > valid_to:
        raise InvalidProfile("valid_to", "must not lie before valid_from")


def check_ratio(field: str, value: Any) -> None:
    """Refuse what is not students per adult in whole people; None passes."""
    if value is None:
        return
    if not isinstance(value, Fraction) or not 0 < value <= LARGEST_RATIO:
        raise InvalidProfile(field, f"must be a fraction of more than 0 and at most {LARGEST_RATIO}")
    if value.denominator > LARGEST_RATIO:
        raise InvalidProfile(field, f"must be of at most {LARGEST_RATIO} adults")


def check_key(field: str, key: Any) -> None:
    """Refuse an empty key, or one with a slash, which parts a program from its room or site."""
    if not isinstance(key, str) or not key or "/" in key:
        raise InvalidProfile(field, "must be a text without a slash and not empty")


def check_once(field: str, values: Iterable[Any]) -> None:
    """Refuse a value that stands twice."""
    listed = list(values)
    if len(listed) != len(set(listed)):
        raise InvalidProfile(field, "must not name one thing twice")


def check_terms(field: str, values: Iterable[Any] | None, of: type[Term]) -> None:
    """Refuse a value that is not in its closed list, and a set that could still change; None passes."""
    if values is not None and not isinstance(values, frozenset | Mapping):
        raise InvalidProfile(field, "must be a frozenset")
    for value in values or ():
        check_term(field, value, of)


def check_tuples(profile: Any, *fields: str) -> None:
    """Refuse lists, which could still change: profiles are told apart by what they hold."""
    for field in fields:
        if not isinstance(getattr(profile, field), tuple | None):
            raise InvalidProfile(field, "must be a tuple")


def check_term(field: str, value: Any, of: type[Term]) -> None:
    """Refuse a value that is not in its closed list; None passes.

    A plain text is refused even where it spells an entry: entries are told apart by identity.
    """
    if value is not None and not isinstance(value, of):
        raise InvalidProfile(field, f"must be among {', '.join(of)}")


def check_known(field: str, value: Any, of: type[Term]) -> None:
    """Refuse what is not in its closed list, or not known."""
    if value is None:
        raise InvalidProfile(field, "must be known")
    check_term(field, value, of)


def check_flags(values: Mapping[str, Any]) -> None:
    """Refuse what is not yes or no, by field; None passes."""
    for field, value in values.items():
        if value is not None and not isinstance(value, bool):
            raise InvalidProfile(field, "must be yes or no")


def check_today(today: Any) -> None:
    """Refuse a day of reading that is not a date."""
    check_day("today", today)
    if today is None:
        raise InvalidProfile("today", "must be known")


def check_levels(levels: Mapping[Any, Any], of: type[Term]) -> None:
    """Refuse levels of unknown dimensions or outside 0 to 4."""
    check_terms("levels", levels, of)
    for dimension, level in levels.items():
        check_interval(f"levels.{dimension}", level, 0, 4)
