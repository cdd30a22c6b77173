"""Each clock at its edge: what is due the day before, on the day, and the day after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.rules.due_acts import Dates, DueKind, due_acts
from referral.rules.notices import Event
from referral.rules.referrals import ENDED, OPEN, Party, State, Verb

DUE = date(2026, 12, 8)
SENT = date(2026, 11, 23)


def on(day: date, state: State, *, staff_day: date | None = None, **facts) -> list:
    today = {Party.COORDINATOR: day, Party.DIRECTOR: day, Party.STAFF: staff_day or day}
    return due_acts(Dates(state=state, today=today, **({"entered_on": SENT} | facts)))


def kinds(*args, **facts):
    return [act.kind for act in on(*args, **facts)]


def days(number: int) -> timedelta:
    return timedelta(days=number)


ENQUIRY = {"waits_for": Party.STAFF, "due_on": DUE, "remind_on": date(2026, 11, 27)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 26), []),
        (date(2026, 11, 27), [DueKind.REMINDED]),
        (date(2026, 12, 7), [DueKind.REMINDED]),
        (DUE, [DueKind.REMINDED]),
        (DUE + days(1), [DueKind.EXPIRED]),
    ],
)
def test_an_enquiry_is_reminded_of_and_expires(day, expected):
    assert kinds(day, State.ENQUIRY_SENT, **ENQUIRY) == expected


def test_the_two_reminders_of_an_enquiry_are_two_occasions():
    first, last = (on(day, State.ENQUIRY_SENT, **ENQUIRY)[0] for day in (date(2026, 12, 1), DUE))

    assert (first.occasion, last.occasion) == ("2026-11-27", "2026-12-08")
    assert first.to == {Party.STAFF}


def test_an_enquiry_expires_by_the_day_of_the_program():
    late = DUE + days(1)

    assert kinds(late, State.ENQUIRY_SENT, staff_day=DUE, **ENQUIRY) == [DueKind.REMINDED]
    assert kinds(DUE, State.ENQUIRY_SENT, staff_day=late, **ENQUIRY) == [DueKind.EXPIRED]


@pytest.mark.parametrize("state", [State.ENQUIRY_SENT, State.INTERESTED, State.WAITLISTED])
def test_an_enquiry_is_out_for_thirty_days_at_most(state):
    facts = {"enquiry_until": date(2026, 12, 23), "waited_from": State.ENQUIRY_SENT}

    assert DueKind.EXPIRED not in kinds(date(2026, 12, 23), state, **facts)
    assert kinds(date(2026, 12, 24), state, **facts) == [DueKind.EXPIRED]


@pytest.mark.parametrize("state", [State.INTERESTED, State.WAITLISTED])
def test_the_district_is_told_three_days_before_its_enquiry_ends(state):
    facts = {"enquiry_until": date(2026, 12, 23), "waited_from": State.ENQUIRY_SENT}

    assert kinds(date(2026, 12, 19), state, **facts) == []
    [act] = on(date(2026, 12, 20), state, **facts)
    assert (act.event, act.to) == (Event.CLOCK_REMINDER, {Party.COORDINATOR})


def test_who_waits_with_the_packet_is_overdue_and_does_not_expire():
    facts = {"waits_for": Party.COORDINATOR, "due_on": DUE, "waited_from": State.PACKET_SENT}

    assert kinds(DUE + days(90), State.WAITLISTED, **facts) == [DueKind.OVERDUE]


@pytest.mark.parametrize(
    ("state", "party"),
    [
        (State.AWAITING_APPROVAL, Party.DIRECTOR),
        (State.INTERESTED, Party.COORDINATOR),
        (State.PACKET_SENT, Party.STAFF),
        (State.INFORMATION_REQUESTED, Party.COORDINATOR),
        (State.VISIT, Party.STAFF),
        (State.WAITLISTED, Party.COORDINATOR),
        (State.DECLINED, Party.STAFF),  # a second look was asked for
    ],
)
def test_a_clock_reminds_on_its_day_and_escalates_the_day_after(state, party):
    facts = {"waits_for": party, "due_on": DUE}

    assert kinds(DUE - days(1), state, **facts) == []
    [reminder] = on(DUE, state, **facts)
    [overdue] = on(DUE + days(1), state, **facts)
    assert (reminder.event, reminder.to) == (Event.CLOCK_REMINDER, {party})
    assert (overdue.event, overdue.to) == (Event.CLOCK_OVERDUE, {party, Party.DIRECTOR})
    assert on(DUE + days(60), state, **facts) == [overdue]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 12), []),
        (date(2026, 12, 13), ["2026-12-23:10"]),
        (date(2026, 12, 19), ["2026-12-23:10"]),
        (date(2026, 12, 20), ["2026-12-23:3"]),
        (date(2026, 12, 23), ["2026-12-23:3"]),
        (date(2026, 12, 24), ["2026-12-23"]),
    ],
)
def test_an_offer_is_reminded_of_ten_and_three_days_before_and_then_lapses(day, expected):
    facts = {"hold_until": date(2026, 12, 23), "waits_for": Party.COORDINATOR}
    acts = on(day, State.OFFERED, due_on=date(2026, 12, 23), **facts)

    assert [act.occasion for act in acts] == expected
    assert [act.verb for act in acts if act.verb] == ([Verb.LAPSE] if day > DUE + days(15) else [])


def test_a_short_offer_is_not_called_ending_on_its_first_day():
    facts = {"hold_until": SENT + days(5)}

    assert kinds(SENT, State.OFFERED, **facts) == []
    assert kinds(SENT + days(2), State.OFFERED, **facts) == [DueKind.HOLD_ENDING]


def test_the_start_of_a_placement_is_told_on_its_day():
    start = date(2027, 1, 4)

    assert kinds(start - days(1), State.ENROLLED, start_on=start) == []
    assert kinds(start, State.ENROLLED, start_on=start) == [DueKind.STARTED]
    assert kinds(start + days(14), State.ENROLLED, start_on=start) == [DueKind.STARTED]
    assert kinds(start + days(15), State.ENROLLED, start_on=start) == []
    assert kinds(SENT, State.ENROLLED, start_on=SENT) == []


def test_monitoring_and_the_annual_review_are_due_on_their_days_and_overdue_after():
    facts = {"monitor_on": DUE, "review_on": DUE + days(30)}
    clock = {"waits_for": Party.COORDINATOR, "due_on": DUE}

    assert kinds(DUE - days(1), State.ENROLLED, **facts, **clock) == []
    assert [act.occasion for act in on(DUE, State.ENROLLED, **facts, **clock)] == ["monitor:2026-12-08"]
    assert kinds(DUE + days(30), State.ENROLLED, **facts, **clock) == [
        DueKind.OVERDUE,
        DueKind.REVIEW_DUE,
        DueKind.REVIEW_DUE,
    ]


def test_the_day_of_a_return_is_told():
    assert kinds(DUE - days(1), State.RETURNING, return_on=DUE) == []
    assert kinds(DUE, State.RETURNING, return_on=DUE) == [DueKind.RETURN_REACHED]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(31, []), (30, ["2026-12-08:30"]), (8, ["2026-12-08:30"]), (7, ["2026-12-08:7"]), (0, ["2026-12-08:7"])],
)
@pytest.mark.parametrize("state", [State.PACKET_SENT, State.OFFERED, State.ENROLLED, State.WAITLISTED])
def test_a_record_that_ends_is_told_thirty_and_seven_days_before(day, expected, state):
    acts = on(DUE - days(day), state, disclosure_until=DUE, waited_from=State.PACKET_SENT)

    assert [act.occasion for act in acts] == expected


def test_a_record_matters_only_once_the_packet_was_sent():
    for state in (State.INTERESTED, State.WAITLISTED, State.ENQUIRY_SENT):
        assert on(DUE, state, disclosure_until=DUE, waited_from=State.ENQUIRY_SENT) == []


SOME_DAYS = st.none() | st.dates(date(2026, 10, 1), date(2027, 3, 1))
ANY_DATES = st.builds(
    Dates,
    state=st.sampled_from(State),
    today=st.dates(date(2026, 11, 1), date(2027, 2, 1)).map(lambda day: dict.fromkeys(Party, day)),
    entered_on=st.just(SENT),
    waits_for=st.none() | st.sampled_from([Party.COORDINATOR, Party.DIRECTOR, Party.STAFF]),
    waited_from=st.sampled_from([None, State.ENQUIRY_SENT, State.PACKET_SENT]),
    **dict.fromkeys(
        [
            "due_on",
            "remind_on",
            "enquiry_until",
            "hold_until",
            "start_on",
            "monitor_on",
            "review_on",
            "return_on",
            "disclosure_until",
        ],
        SOME_DAYS,
    ),
)


@given(ANY_DATES)
def test_a_move_stands_alone_and_no_occasion_comes_twice(dates):
    acts = due_acts(dates)

    assert len(acts) == 1 or not any(act.verb for act in acts)
    assert len({(act.event, act.occasion) for act in acts}) == len(acts)


@given(ANY_DATES, st.sampled_from(sorted(ENDED, key=lambda state: state.value)))
def test_an_ended_referral_waits_for_a_second_look_at_most(dates, state):
    acts = due_acts(replace(dates, state=state))

    assert {act.kind for act in acts} <= {DueKind.REMINDED, DueKind.OVERDUE}


@given(ANY_DATES)
def test_what_was_overdue_stays_the_same_occasion(dates):
    later = replace(dates, today={party: day + days(1) for party, day in dates.today.items()})
    overdue = [act for act in due_acts(dates) if act.kind is DueKind.OVERDUE]

    moved = any(act.verb for act in due_acts(later))
    assert moved or dates.state not in OPEN or all(act in due_acts(later) for act in overdue)


def test_a_seat_accepted_without_a_start_date_is_not_forgotten():
    waiting = {"waits_for": Party.COORDINATOR, "due_on": DUE}

    assert kinds(DUE - days(1), State.ACCEPTED, **waiting) == []
    assert kinds(DUE, State.ACCEPTED, **waiting) == [DueKind.REMINDED]
    assert kinds(DUE + days(1), State.ACCEPTED, **waiting) == [DueKind.OVERDUE]
    assert kinds(DUE, State.ACCEPTED, **waiting, start_on=DUE) == [DueKind.STARTED]
