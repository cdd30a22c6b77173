"""Sentences of the pages of referrals: whose turn, what follows, what was said, and every code worded."""

from datetime import date

import pytest

from referral.rules.referrals import IN_PLACE, MOVES, OPEN, Party, State
from referral.rules.state_clocks import STATE_CLOCKS
from referral.wording import referral_story as story
from referral.wording import referral_turns as turns
from referral.wording.disclosures import record_sentence

TODAY = date(2026, 11, 23)
BY_PEOPLE = {move.verb.value for move in MOVES if move.by != {Party.CLOCK}}


def said(due_on, *, working_days=3, mine=False, waits_for="staff", state="enquiry_sent"):
    return turns.turn_sentence(waits_for, state, due_on, today=TODAY, working_days=working_days, mine=mine)


@pytest.mark.parametrize(
    ("due_on", "days", "sentence"),
    [
        (date(2026, 12, 7), 9, "Waits for the program to answer, until Mon, Dec 7; 9 working days left."),
        (date(2026, 11, 24), 1, "Waits for the program to answer, until Tue, Nov 24; 1 working day left."),
        (date(2026, 11, 29), 0, "Waits for the program to answer, until Sun, Nov 29; no working day left."),
        (TODAY, 0, "Waits for the program to answer, today at the latest."),
        (date(2026, 11, 20), -1, "The program was to answer by Fri, Nov 20; 1 working day late."),
        (date(2026, 11, 22), 0, "The program was to answer by Sun, Nov 22; 1 working day late."),
        (
            date(2027, 1, 4),
            27,
            "Waits for the program to answer, until Mon, Jan 4, 2027; 27 working days left.",
        ),
    ],
)
def test_whose_turn_it_is_and_by_when(due_on, days, sentence):
    assert said(due_on, working_days=days) == sentence


def test_one_reads_you_where_one_is_meant():
    assert said(TODAY, mine=True) == "Waits for you to answer, today at the latest."
    assert said(date(2026, 11, 20), mine=True, working_days=-1).startswith("You were to answer by")


def test_what_ended_says_when():
    ended = turns.turn_sentence(
        None, "withdrawn", None, today=TODAY, working_days=0, mine=False, ended_on=TODAY
    )

    assert ended == "Ended on Mon, Nov 23."


def test_every_state_that_waits_says_for_what():
    waiting = {state.value for state in (*STATE_CLOCKS, *IN_PLACE)}

    assert waiting | {"declined"} == set(turns.ACTS)
    assert {state.value for state in OPEN} - waiting == {State.DRAFT.value}
    assert set(turns.WHO) == set(turns.SHORT_WHO) == {"coordinator", "director", "staff"}


def test_every_move_of_people_says_what_follows():
    assert set(story.ABOUT) == BY_PEOPLE


def test_what_was_said_with_a_move_reads_as_sentences():
    facts = {
        "visit_kind": "tour",
        "visit_on": "2026-12-01",
        "family_answer": "in_part",
        "family_answered_on": "2026-11-20",
        "criteria": ["goals_met", "nonsense"],
        "home_plan": "own_program",
        "contradicts": ["age_served"],
    }

    assert story.facts_sentences(facts) == [
        "Tour on Dec 1, 2026",
        "The parent's answer: accepted in part on Nov 20, 2026",
        "When: the goals named in the IEP are met",
        "To: a program of the district",
        "The program's published profile says that this age is served",
    ]
    assert story.facts_sentences({"unknown": 1}) == []


def test_a_reason_reads_as_its_own_list_says():
    assert story.reason_words("decline", "no_seat") == "No seat"
    assert story.reason_words("end", "aged_out") == "Reached the age limit"
    assert story.reason_words("withdraw", None) == ""


def test_a_record_says_what_it_rests_on_and_until_when():
    dates = {"signed_on": date(2026, 11, 5), "expires_on": date(2027, 5, 1)}

    assert record_sentence("parent", None, **dates).startswith("Consent signed by: parent, Nov 5, 2026.")
    assert "notice of Nov 5, 2026. Good until May 1, 2027." in record_sentence(
        None, "34 CFR 99.31(a)(2)", **dates
    )
