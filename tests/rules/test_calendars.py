"""Working days: weekends, the holidays of a state, own days off, zones, and both changes of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.rules.calendars import Calendar, is_holiday, is_zone

MA = Calendar("America/New_York", "MA")
MN = Calendar("America/Chicago", "MN")
# Weekdays on which offices are closed, from M.G.L. c. 4 s. 7 cl. 18 (a Sunday's holiday moves to Monday, a
# Saturday's stays) and Minn. Stat. 645.44 subd. 5 (to Friday or Monday).
CLOSED = {
    "MA": {
        2026: "01-01 01-19 02-16 04-20 05-25 06-19 09-07 10-12 11-11 11-26 12-25",
        2027: "01-01 01-18 02-15 04-19 05-31 07-05 09-06 10-11 11-11 11-25",
    },
    "MN": {
        2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 11-11 11-26 12-25",
        2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 11-11 11-25 12-24 12-31",
    },
}
ZONES = st.sampled_from(["America/New_York", "America/Chicago", "America/Denver", "Pacific/Honolulu"])
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("state", ["MA", "MN"])
def test_the_holidays_of_a_year_are_those_of_the_law(state, year):
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    closed = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and is_holiday(day, state)]

    assert closed == CLOSED[state][year].split()


@pytest.mark.parametrize(
    ("calendar", "since", "count", "expected"),
    [
        (MA, "2026-11-23", 0, "2026-11-23"),
        (MA, "2026-11-23", 3, "2026-11-27"),  # over Thanksgiving
        (MA, "2026-11-23", 10, "2026-12-08"),
        (MA, "2026-11-21", 1, "2026-11-23"),  # from a Saturday
        (MA, "2026-04-17", 1, "2026-04-21"),  # over Patriots' Day
        (MN, "2026-04-17", 1, "2026-04-20"),  # which Minnesota does not keep
        (MN, "2026-07-01", 2, "2026-07-06"),  # July 4 on a Saturday, observed on Friday
        (MA, "2026-07-01", 2, "2026-07-03"),  # and not in Massachusetts
        (MA, "2026-10-09", 1, "2026-10-13"),  # Columbus Day
        (MN, "2026-10-09", 1, "2026-10-12"),
        (MA, "2026-12-31", 1, "2027-01-04"),  # New Year
        (MN, "2027-12-30", 1, "2028-01-03"),  # New Year of 2028 observed in 2027
        (MA, "2026-07-06", 10, "2026-07-20"),  # summer counts
        (Calendar(state=None), "2026-10-09", 1, "2026-10-13"),  # no state: the nation's holidays
        (Calendar(state="XX"), "2026-10-09", 1, "2026-10-13"),
    ],
)
def test_a_count_of_working_days_ends_on(calendar, since, count, expected):
    assert calendar.after(date.fromisoformat(since), count) == date.fromisoformat(expected)


def test_own_days_off_are_no_working_days():
    recess = frozenset(date(2026, 12, day) for day in range(28, 32))
    calendar = Calendar("America/New_York", "MA", recess)

    assert calendar.after(date(2026, 12, 24), 1) == date(2027, 1, 4)
    assert MA.after(date(2026, 12, 24), 1) == date(2026, 12, 28)


def test_no_day_lies_before_today():
    with pytest.raises(ValueError, match="working_days"):
        MA.after(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("moment", "in_new_york", "in_chicago"),
    [
        ("2026-11-24T04:59:59", 23, 23),  # a second before midnight in New York
        ("2026-11-24T05:00:00", 24, 23),
        ("2026-11-24T05:59:59", 24, 23),
        ("2026-11-24T06:00:00", 24, 24),
        ("2026-03-08T04:59:59", 7, 7),  # the night the clocks go forward
        ("2026-03-08T05:00:00", 8, 7),
        ("2026-03-09T03:59:59", 8, 8),  # the day had 23 hours
        ("2026-03-09T04:00:00", 9, 8),
        ("2026-11-01T03:59:59", 31, 31),  # the night they go back
        ("2026-11-01T04:00:00", 1, 31),
        ("2026-11-02T04:59:59", 1, 1),  # the day had 25 hours
        ("2026-11-02T05:00:00", 2, 1),
        ("2027-01-01T05:30:00", 1, 31),  # New Year comes to Chicago an hour later
    ],
)
def test_a_day_begins_at_midnight_of_the_zone(moment, in_new_york, in_chicago):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert (MA.day_of(at).day, MN.day_of(at).day) == (in_new_york, in_chicago)


def test_a_zone_is_known_or_not():
    assert is_zone("America/Chicago")
    assert not any(is_zone(name) for name in ("America/Lexington", "", "../etc/passwd", "/etc/localtime"))


@given(DAYS, st.integers(0, 40), st.integers(0, 40), st.sampled_from(["MA", "MN", None]))
def test_counts_add_up(day, first, second, state):
    calendar = Calendar(state=state)
    day = calendar.after(day, 1)

    assert calendar.after(calendar.after(day, first), second) == calendar.after(day, first + second)


@given(DAYS, st.integers(1, 60), st.sampled_from(["MA", "MN", None]), st.frozensets(DAYS, max_size=9))
def test_a_count_ends_on_a_working_day_with_as_many_on_the_way(day, count, state, days_off):
    calendar = Calendar(state=state, days_off=days_off)

    end = calendar.after(day, count)

    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert calendar.is_working(end)
    assert sum(calendar.is_working(one) for one in between) == count


@given(st.integers(0, 2 * 365 * 24 * 60), ZONES)
def test_time_passes_and_days_follow(minutes, zone):
    calendar, moment = Calendar(zone), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    assert calendar.day_of(moment) <= calendar.day_of(moment + timedelta(hours=1))


@given(DAYS, st.integers(0, 60))
def test_the_working_days_to_a_day_are_those_counted_after_it(day, count):
    until = MA.after(day, count)

    assert MA.working_days_to(day, until) == count
    assert MA.working_days_to(until, day) == -count
