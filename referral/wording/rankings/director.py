"""What a director did with a ranking, and what changed since it was made, in sentences."""

from collections.abc import Mapping
from datetime import date

from referral.wording.rankings.terms import day, inside

OVERRIDE_REASONS: Mapping[str, str] = {
    "team_decision": "The Team's decision",
    "visit": "Seen on a visit",
    "continuity": "Continuity for the student",
    "family": "The family's wish",
    "seat_known": "A seat is known to be open, or not",
    "fact_corrected": "A fact of the program is otherwise",
    "other": "Another reason",
}

PLACES = ("first", "second", "third")

CHANGES: Mapping[str, str] = {
    "closed": "{name} has closed.",
    "gone": "{name} is no longer in the directory.",
    "new": "{name} is new in the directory.",
    "status": "{name}: its status changed.",
    "seats": "{name}: its seats changed.",
    "price": "{name}: its prices changed.",
    "facts": "{name}: its description changed.",
}


def place_words(place: int) -> str:
    """A place in an order: "first", "fifth place" as "in place 5"."""
    return PLACES[place - 1] if place <= len(PLACES) else f"in place {place}"


def override_sentence(name: str, place: int, *, reason: str, on: date, note: str) -> str:
    """What the director did and why."""
    said = f" {note}" if note else ""
    why = inside(OVERRIDE_REASONS[reason])
    return f"The director put {name} {place_words(place)} on {day(on)}: {why}.{said}"


def change_sentence(kind: str, name: str, open_before: int | None, open_now: int | None) -> str:
    """One change of a program since the ranking was made."""
    if kind == "seats" and open_before is not None and open_now is not None and open_before != open_now:
        return f"{name}: {open_before} open then, {open_now} open now."
    return CHANGES[kind].format(name=name)


def revised_sentence(shown: int, latest: int) -> str:
    """The profile was revised since."""
    return f"The need profile was revised: this rests on version {shown}, the latest is version {latest}."


def policy_sentence(shown: str, now: str) -> str:
    """The policy changed since."""
    return f"The policy changed: this ranking was made under {shown}, {now} is in force."
