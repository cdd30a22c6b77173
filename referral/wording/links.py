"""Words of the mails that carry a one-use link, and of the links that do not work; no student fact."""

from collections.abc import Mapping

REFUSALS = {
    "link_spent": (
        "This link does not work, or no longer. A link from our mails works once, for eight days. "
        "The staff of your collaborative can sign in, or have a new link sent."
    ),
    "rhythm_out_of_range": "Enter from 1 to {most} days.",
}
# Act of a link: subject and text of its mail; the address follows the text.
MAILS: Mapping[str, tuple[str, str]] = {
    "confirm_seats": (
        "Are your open seats still right?",
        "Districts look at your open seats before they refer. This link shows them and lets you say that "
        "they are still right. No account is needed. It works once, for eight days.",
    ),
    "answer_referral": (
        "An enquiry waits for your answer",
        "A district sent an enquiry to your program. This link shows it and lets you answer. "
        "No account is needed. It works once, for eight days.",
    ),
}
