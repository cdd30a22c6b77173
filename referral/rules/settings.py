"""What an organization sets for itself: its calendar, its clocks, and who approves its referrals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from referral.errors import FieldProblem, InvalidInput
from referral.rules.areas import AreaCounts, area_problems
from referral.rules.calendars import DEFAULT_ZONE, SATURDAY, Calendar, is_zone
from referral.rules.permissions import Actor, Permission, may
from referral.rules.state_clocks import MOST_DAYS, ClockName

LIVE_REFERRALS_MAX = 4
LIVE_REFERRALS_LIMIT = 20
DAYS_OFF_AT_ONCE = 100
DAYS_OFF_MOST = 400
YEARS_AHEAD = 3


class Approval(Enum):
    """Whether the director approves referrals before they are sent."""

    ON = "on"
    OWN_ALLOWED = "own_allowed"
    OFF = "off"


@dataclass(frozen=True)
class Settings:
    """An organization's settings; those of approval and referrals are a district's."""

    zone: str = DEFAULT_ZONE
    days_off: frozenset[date] = frozenset()
    clock_days: Mapping[str, int] = field(default_factory=dict)
    approval: Approval = Approval.ON
    deputy_id: int | None = None
    live_referrals_max: int = LIVE_REFERRALS_MAX
    areas: AreaCounts = field(default_factory=AreaCounts)
    free_text: bool = False  # whether the district's notes may be read by the other side

    @property
    def sends_at_once(self) -> bool:
        """Whether nobody approves, so that submitting a referral sends it."""
        return self.approval is Approval.OFF

    def calendar(self, state: str | None) -> Calendar:
        """The organization's working days, with the holidays of its state."""
        return Calendar(self.zone, state, self.days_off)


def check_settings(settings: Settings, *, own_names: Iterable[str] = ()) -> None:
    """Refuse settings that cannot be; ``own_names`` are names that a region must not hold.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    problems = [
        FieldProblem(f"clock_days-{name}", "clock_days_out_of_range", {"most": MOST_DAYS})
        for name, days in settings.clock_days.items()
        if name not in {clock.value for clock in ClockName} or not 1 <= days <= MOST_DAYS
    ]
    if not is_zone(settings.zone):
        problems.append(FieldProblem("zone", "zone_unknown"))
    if not 1 <= settings.live_referrals_max <= LIVE_REFERRALS_LIMIT:
        facts = {"most": LIVE_REFERRALS_LIMIT}
        problems.append(FieldProblem("live_referrals_max", "live_referrals_out_of_range", facts))
    problems += area_problems(settings.areas, own_names=own_names)
    if problems:
        raise InvalidInput(problems)


def days_off_between(first: date, last: date, *, today: date) -> list[date]:
    """The weekdays from one day to another; weekends are free anyway.

    Raises
    ------
    InvalidInput : the last day before the first, too many days at once, or too far away.
    """
    limit = date(today.year + YEARS_AHEAD, 12, 31)
    if not date(today.year - 1, 1, 1) <= first <= limit:
        raise InvalidInput([FieldProblem("first", "day_off_far", {"year": limit.year})])
    length = (last - first).days + 1
    if not 1 <= length <= DAYS_OFF_AT_ONCE:
        raise InvalidInput([FieldProblem("last", "days_off_range", {"most": DAYS_OFF_AT_ONCE})])
    days = [first + timedelta(days=number) for number in range(length)]
    return [day for day in days if day.weekday() < SATURDAY]


def directs(actor: Actor, district_id: int, settings: Settings) -> bool:
    """Whether the actor is the district's director, or the deputy it named."""
    return may(actor, Permission.RANKING_OVERRIDE, district_id) or actor.user_id == settings.deputy_id


def approval_refusal(
    actor: Actor, district_id: int, settings: Settings, submitted_by_id: int | None
) -> str | None:
    """Why the actor may not approve this referral, as a code: own ones only where the district says so."""
    if not directs(actor, district_id, settings):
        return "not_the_approver"
    is_own = submitted_by_id == actor.user_id
    return "own_referral" if is_own and settings.approval is Approval.ON else None


def may_approve(actor: Actor, district_id: int, settings: Settings, submitted_by_id: int | None) -> bool:
    """Whether the actor may approve this referral."""
    return approval_refusal(actor, district_id, settings, submitted_by_id) is None
