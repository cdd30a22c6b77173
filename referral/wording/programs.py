"""Sentences about programs, seats and prices."""

from datetime import date

REFUSALS = {
    "seats_out_of_range": "Enter a number of seats from 0 to {most}",
    "seats_over_license": (
        "{licensed} licensed seats cannot hold {taken} students; enrolled and held together exceed licensed"
    ),
    "age_in_room_out_of_range": "Enter an age from 2 to 25 years, such as 9y 4m",
    "ages_in_room_reversed": "The oldest student cannot be younger than the youngest",
    "openings_too_many": "Enter at most {most} expected openings",
    "openings_same_month": "Two expected openings name the same month; put them together",
    "opening_seats_out_of_range": "Enter from 1 seat to the number of licensed seats",
    "opening_month_out_of_range": "Enter a month from this one to three years ahead",
    "example_seats": "These seats are an example. Enter the real numbers instead of confirming them",
    "seats_not_known": "No seats have been entered for this room. Enter them first",
    "price_out_of_range": "Enter an amount up to ${most}",
    "price_ends_before_start": "The last day cannot come before the first day",
    "price_overlaps": (
        "A price for the same thing and the same districts holds on these days; end it first, or start later"
    ),
    "room_key_taken": "Another room of this program has this name",
    "room_name_missing": "Enter a name for the room",
    "program_facts_invalid": "{message}",
}
REPORT_KINDS = {
    "confirmed": "Confirmed, nothing changed",
    "changed": "Numbers changed",
    "imported": "Loaded from a file",
}
AUDIENCES = {"members": "Member districts", "non_members": "Other districts", "all": "All districts"}
NEED_GROUPS = {"serves": "Serves", "service": "Service", "mode": "Communication"}
FRESHNESS_TAGS = {"current": "good", "ask": "warn", "stale": "warn", "unknown": "bad"}
FRESHNESS_WORDS = {
    "current": "current",
    "ask": "ask to confirm",
    "stale": "old: ask before relying on it",
    "unknown": "too old to rely on",
}
NEVER_CONFIRMED = "never confirmed"


def days_ago(days: int | None) -> str:
    """How long ago a fact was confirmed: "today", "yesterday", "12 days ago"."""
    if days is None:
        return NEVER_CONFIRMED
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def confirmed(days: int | None) -> str:
    """The age of a fact as a phrase: "confirmed 3 days ago"."""
    return NEVER_CONFIRMED if days is None else f"confirmed {days_ago(days)}"


def usd(amount: int) -> str:
    """An amount in dollars: "$58,400"."""
    return f"${amount:,}"


def month(day: date) -> str:
    """A month: "Jan 2027"."""
    return f"{day:%b %Y}"


def day_words(day: date) -> str:
    """A date as people write it: "Jan 5, 2027"."""
    return f"{day:%b} {day.day}, {day.year}"
