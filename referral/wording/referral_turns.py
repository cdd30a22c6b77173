"""Whose turn a referral is and by when, in sentences."""

from collections.abc import Mapping
from datetime import date

from referral.wording.counts import counted

WHO: Mapping[str, str] = {
    "coordinator": "the district's coordinator",
    "director": "the director",
    "staff": "the program",
}
SHORT_WHO: Mapping[str, str] = {"coordinator": "Coordinator", "director": "Director", "staff": "Program"}
# What is waited for in a state, after "to".
ACTS: Mapping[str, str] = {
    "awaiting_approval": "approve it or send it back",
    "enquiry_sent": "answer",
    "interested": "send the packet",
    "packet_sent": "decide",
    "information_requested": "give the information asked for",
    "visit": "decide after the visit",
    "waitlisted": "say that the student still waits",
    "offered": "accept or refuse the offer",
    "accepted": "enroll the student",
    "enrolled": "record the next monitoring or annual review",
    "returning": "record the return",
    "declined": "take a second look",
}
STILL: Mapping[str, str] = {
    "draft": "A draft. Nothing has left the district.",
    "accepted": "The seat is held until the student is enrolled.",
    "declined": "The program declined. Nothing more is waited for.",
}
# Groups of the filter; the states of each are in queries.referral_lists.
GROUPS: Mapping[str, str] = {
    "": "Every open one",
    "preparing": "Being prepared",
    "asked": "With the program",
    "placed": "Accepted or enrolled",
    "ended": "Ended",
    "all": "Open and ended",
}
TURNS: Mapping[str, str] = {
    "": "Anybody's turn",
    "mine": "Waits for me",
    "theirs": "Waits for others",
}


def weekday_words(day: date, today: date) -> str:
    """A day near today as people say it: Mon, Dec 7; with the year when it is another one."""
    year = "" if day.year == today.year else f", {day.year}"
    return f"{day:%a}, {day:%b} {day.day}{year}"


def left_words(working_days: int) -> str:
    """How long there is still: "3 working days left", "today", "2 working days late"."""
    if working_days < 0:
        return f"{counted(-working_days, 'working day')} late"
    return f"{counted(working_days, 'working day')} left" if working_days else "due today"


def turn_sentence(
    waits_for: str | None,
    state: str,
    due_on: date | None,
    *,
    today: date,
    working_days: int,
    mine: bool,
    ended_on: date | None = None,
) -> str:
    """Who must do what by when: "Waits for the program to answer, until Mon, Dec 7; 3 working days left."."""
    if waits_for is None or due_on is None:
        ended = f"Ended on {weekday_words(ended_on, today)}." if ended_on else "Nothing is waited for."
        return STILL.get(state, ended)
    who = "you" if mine else WHO[waits_for]
    act, day = ACTS[state], weekday_words(due_on, today)
    if due_on < today:
        was = "You were" if mine else f"{who[0].upper()}{who[1:]} was"
        return f"{was} to {act} by {day}; {left_words(min(working_days, -1))}."
    if due_on == today:
        return f"Waits for {who} to {act}, today at the latest."
    left = left_words(working_days) if working_days else "no working day left"
    return f"Waits for {who} to {act}, until {day}; {left}."
