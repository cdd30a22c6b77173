"""Agencies that run programs, and which districts are their members from when to when."""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.checks import check_key, check_period
from matching.exceptions import InvalidProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A district's membership of a collaborative from a date (None: since before records) to a date."""

    district: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not self.district:
            raise InvalidProfile("district", "must not be empty")
        check_period(self.valid_from, self.valid_to)

    def holds_on(self, day: date) -> bool:
        """Whether the district is a member on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The agency that runs programs; without a complete member list an absent district is unknown."""

    key: str
    name: str
    state: str
    public: bool = True
    members: tuple[Membership, ...] = ()
    member_list_complete: bool = False

    def __post_init__(self) -> None:
        check_key("key", self.key)

    def is_member(self, district: str | None, day: date) -> bool | None:
        """Whether the district is a member on that day; None where it is not known."""
        if district is None:
            return None
        terms = [term for term in self.members if term.district == district]
        if any(term.holds_on(day) for term in terms):
            return True
        return False if terms or self.member_list_complete else None

    def is_member_from(self, district: str | None, day: date) -> bool | None:
        """Whether the district is a member on that day and on every later one; None where that may change."""
        ends = (term.valid_to for term in self.members if term.district == district)
        starts = (term.valid_from for term in self.members if term.district == district)
        changes = {one + timedelta(days=1) for one in ends if one and one < date.max} | {
            one for one in starts if one
        }
        answers = {self.is_member(district, one) for one in {day, *changes} if one >= day}
        return answers.pop() if len(answers) == 1 else None
