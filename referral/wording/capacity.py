"""Words of questions about capacity."""

from collections.abc import Mapping

# What a program says with one click: full words on its own page.
REPLIES: Mapping[str, str] = {
    "has_capacity": "We have capacity",
    "none": "We have none",
    "waitlist_only": "None, but a waiting list",
    "needs_assessment": "We need to look further",
}
REPLY_KINDS: Mapping[str, str] = {
    "has_capacity": "good",
    "none": "bad",
    "waitlist_only": "warn",
    "needs_assessment": "warn",
}
LOOK_AT_SEATS = "Are the seats of {program} still right? Districts look at them first."
ANSWERED = "Your answer was sent."
SEATS_DIFFER: Mapping[str, str] = {
    "has_capacity": "Your profile shows no open seat.",
    "none": "Your profile still shows open seats.",
    "waitlist_only": "Your profile still shows open seats.",
}


def seats_reminder(reply: str | None, open_seats: int | None) -> str:
    """What an answer says against the seats in the profile; "" where both agree or nothing is known."""
    if reply is None or reply not in SEATS_DIFFER or open_seats is None:
        return ""
    differs = (open_seats == 0) == (reply == "has_capacity")
    return SEATS_DIFFER[reply] if differs else ""
