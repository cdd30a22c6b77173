"""Words of the inbox and of answers."""

from collections.abc import Mapping

VIEWS: Mapping[str, str] = {
    "waiting": "To answer",
    "answered": "Answered lately",
    "waitlists": "Waiting lists",
    "offers": "Offers",
    "placed": "Enrolled and returning",
}
EMPTY: Mapping[str, tuple[str, str]] = {
    "waiting": ("Nothing waits for an answer", "A new referral appears here, and you are told of it."),
    "answered": ("No answers in the last 14 days", "What you answer stays here for two weeks."),
    "waitlists": ("Nobody waits", "Students you put on a waiting list stand here in line."),
    "offers": ("No offers", "Seats that you offer are held until the day you name."),
    "placed": ("Nobody is enrolled through a referral", "Students appear here once they start."),
}
# What was done, after a click in the list.
SAID: Mapping[str, str] = {
    "acknowledge": "The district sees that you have it.",
    "show_interest": "The district was told that you are interested. It may send the packet next.",
    "waitlist": "The student stands on the waiting list, and the district was told.",
    "resume": "The referral is back where it was before the waiting list.",
    "uphold": "The decline stays, and the district was told.",
    "decline": "Declined. The district was told, with the reason.",
}
AT_ONCE = frozenset({"show_interest", "resume", "uphold"})
EARLIER = "This was answered in the meantime. Its page shows what happened."
