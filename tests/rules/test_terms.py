"""What must be said with a move: each field at its edge, refusals by field."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from referral.errors import InvalidInput
from referral.rules.referrals import Need, State
from referral.rules.terms import (
    HOLD_MOST_DAYS,
    LOOK_BACK_DAYS,
    NOTE_LENGTH_MAX,
    NOTHING,
    Terms,
    check_note,
    check_terms,
    crosses,
)

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
FAMILY = Terms(proposed_on=TODAY - 3 * DAY, family_answer="accepted", family_answered_on=TODAY - DAY)
PLAN = Terms(return_on=TODAY + 100 * DAY, criteria=("goals_met",), home_plan="own_program")


def problems(need, terms):
    """Field and code of everything refused."""
    try:
        check_terms([need], terms, today=TODAY)
    except InvalidInput as error:
        return [(problem.field, problem.code) for problem in error.errors]
    return []


@pytest.mark.parametrize(
    ("need", "terms", "expected"),
    [
        (Need.REASON, Terms(reason="team_decided"), []),
        (Need.REASON, NOTHING, [("reason", "choose_one")]),
        (Need.REASON, Terms(reason="other"), [("note", "note_for_other")]),
        (Need.REASON, Terms(reason="other", note="The bridge is closed."), []),
        (Need.DECLINE_REASON, Terms(reason="team_decided"), [("reason", "choose_one")]),
        (Need.DECLINE_REASON, Terms(reason="staffing"), []),
        (Need.EXIT_REASON, Terms(reason="aged_out"), []),
        (Need.NOTE, NOTHING, [("note", "note_missing")]),
        (Need.DISCLOSURE, NOTHING, []),
        (Need.ROOM, NOTHING, [("room", "choose_one")]),
        (Need.ROOM, Terms(room="room-1"), []),
        (Need.VISIT, NOTHING, [("visit_kind", "choose_one"), ("visit_on", "day_missing")]),
        (Need.VISIT, Terms(visit_kind="tour", visit_on=TODAY), []),
        (Need.VISIT, Terms(visit_kind="tour", visit_on=TODAY - DAY), [("visit_on", "day_out_of_range")]),
        (Need.HOLD_UNTIL, Terms(hold_until=TODAY), []),
        (Need.HOLD_UNTIL, Terms(hold_until=TODAY - DAY), [("hold_until", "day_out_of_range")]),
        (Need.HOLD_UNTIL, Terms(hold_until=TODAY + HOLD_MOST_DAYS * DAY), []),
        (
            Need.HOLD_UNTIL,
            Terms(hold_until=TODAY + (HOLD_MOST_DAYS + 1) * DAY),
            [("hold_until", "day_out_of_range")],
        ),
        (Need.FAMILY_ANSWER, FAMILY, []),
        (Need.FAMILY_ANSWER, replace(FAMILY, family_answer="in_part"), []),
        (
            Need.FAMILY_ANSWER,
            replace(FAMILY, family_answer="rejected"),
            [("family_answer", "family_rejected")],
        ),
        (
            Need.FAMILY_ANSWER,
            replace(FAMILY, family_answered_on=TODAY - 4 * DAY),
            [("family_answered_on", "day_out_of_range")],
        ),
        (
            Need.FAMILY_ANSWER,
            replace(FAMILY, proposed_on=TODAY + DAY),
            [("proposed_on", "day_out_of_range"), ("family_answered_on", "day_out_of_range")],
        ),
        (Need.START, Terms(start_on=TODAY + 40 * DAY), []),
        (Need.START, NOTHING, [("start_on", "day_missing")]),
        (Need.RETURN_PLAN, PLAN, []),
        (Need.RETURN_PLAN, replace(PLAN, criteria=()), [("criteria", "choose_some")]),
        (Need.RETURN_PLAN, replace(PLAN, criteria=("whim",)), [("criteria", "choose_one")]),
        (Need.RETURN_PLAN, replace(PLAN, home_plan=None), [("home_plan", "choose_one")]),
        (Need.ENDED_ON, Terms(ended_on=TODAY), []),
        (Need.ENDED_ON, Terms(ended_on=TODAY + DAY), [("ended_on", "day_out_of_range")]),
        (Need.DONE_ON, Terms(done_on=TODAY - LOOK_BACK_DAYS * DAY), []),
        (Need.DONE_ON, Terms(done_on=TODAY - (LOOK_BACK_DAYS + 1) * DAY), [("done_on", "day_out_of_range")]),
    ],
)
def test_a_move_says_what_it_needs(need, terms, expected):
    assert problems(need, terms) == expected


def test_a_note_has_an_end():
    assert problems(Need.NOTE, Terms(note="a" * NOTE_LENGTH_MAX)) == []
    assert problems(Need.NOTE, Terms(note="a" * (NOTE_LENGTH_MAX + 1))) == [("note", "note_too_long")]


@pytest.mark.parametrize(
    ("before", "after", "reads"),
    [
        (State.DRAFT, State.AWAITING_APPROVAL, False),
        (State.ENQUIRY_SENT, State.DECLINED, False),
        (State.INTERESTED, State.PACKET_SENT, False),
        (State.PACKET_SENT, State.INFORMATION_REQUESTED, True),
        (State.INFORMATION_REQUESTED, State.PACKET_SENT, True),
        (State.PACKET_SENT, State.DECLINED, False),
    ],
)
def test_words_reach_the_other_side_only_between_states_after_the_packet(before, after, reads):
    assert crosses(before, after) is reads


@pytest.mark.parametrize(
    ("text", "state", "for_both", "code"),
    [
        ("Call them.", State.ENQUIRY_SENT, False, None),
        ("Call them.", State.ENQUIRY_SENT, True, "note_before_packet"),
        ("Call them.", State.VISIT, True, None),
        ("  ", State.VISIT, False, "note_missing"),
        ("a" * (NOTE_LENGTH_MAX + 1), State.VISIT, False, "note_too_long"),
    ],
)
def test_a_note_beside_a_move_stays_on_its_side_before_the_packet(text, state, for_both, code):
    if code is None:
        check_note(text, state=state, for_both=for_both)
        return
    with pytest.raises(InvalidInput) as refused:
        check_note(text, state=state, for_both=for_both)
    assert [problem.code for problem in refused.value.errors] == [code]


@pytest.mark.parametrize(
    ("start_on", "ended_on", "is_right"),
    [
        (TODAY - 10 * DAY, TODAY - 10 * DAY, True),
        (TODAY - 10 * DAY, TODAY - 11 * DAY, False),
        (TODAY + 10 * DAY, TODAY, True),
        (TODAY + 10 * DAY, TODAY - DAY, False),
        (None, TODAY - 11 * DAY, True),
    ],
)
def test_a_placement_ends_on_its_first_day_at_the_earliest_or_is_called_off_today(
    start_on, ended_on, is_right
):
    if is_right:
        check_terms([Need.ENDED_ON], Terms(ended_on=ended_on), today=TODAY, start_on=start_on)
        return
    with pytest.raises(InvalidInput) as refused:
        check_terms([Need.ENDED_ON], Terms(ended_on=ended_on), today=TODAY, start_on=start_on)
    assert [(one.field, one.code) for one in refused.value.errors] == [("ended_on", "day_out_of_range")]
