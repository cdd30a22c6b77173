"""A note that leaves a district, on the page: what a person decided, and what is still to decide."""

from collections.abc import Iterator
from typing import Any

from referral.actions.notes_sent import note_crosses
from referral.errors import ReferralError
from referral.queries.notes import known_of
from referral.queries.referrals import Standing
from referral.rules.note_review import NOT_REVIEWED, NoteHeld, Reviewing
from referral.rules.notes_check import Checked
from referral.rules.referrals import Party, State
from referral.web.access import current_actor
from referral.web.forms.note_review import review_form, reviewing_sent
from referral.web.names import current_vault
from referral.wording.notes import CHECKED_FIRST, KINDS, STAYS

READ_BY_BOTH = "Both sides read it."
READ_BY_OWN = "Only your side reads it."


def reviewing_of(found: Standing) -> Reviewing:
    """What was decided on a note of the district, and what it knows; the program's side needs neither.

    Raises
    ------
    InvalidInput : the names the district keeps cannot be read now.
    """
    if not found.is_district:
        return NOT_REVIEWED
    return reviewing_sent(known_of(current_actor(), current_vault(), found.row.student))


def may_write_both(found: Standing, *, has_disclosure: bool) -> bool:
    """Whether the actor's side may write a note for both now; a district only while a record lives."""
    state = State(found.row.state)
    return (has_disclosure or not found.is_district) and note_crosses(found, _side(found), state, state)


def readers_words(found: Standing, before: State, after: State) -> str:
    """Who will read the note of a move, in a sentence or two."""
    if note_crosses(found, _side(found), before, after):
        return f"{READ_BY_BOTH} {CHECKED_FIRST}" if found.is_district else READ_BY_BOTH
    return STAYS if note_crosses(found, Party.STAFF, before, after) else READ_BY_OWN


def held_shown(error: ReferralError, form: Any) -> dict[str, Any]:
    """The note with what was found in it, for the page; the form keeps what is left of it."""
    if not isinstance(error, NoteHeld):
        return {}
    form["note"].data = error.outcome.text
    checked = error.outcome.checked
    return {
        "held": {
            "parts": list(_parts(checked)),
            "form": review_form(error.outcome),
            "stories": [checked.words_of(story).strip() for story in checked.stories],
        }
    }


def _side(found: Standing) -> Party:
    return Party.COORDINATOR if found.is_district else Party.STAFF


def _parts(checked: Checked) -> Iterator[dict[str, str]]:
    """The text in pieces; what was found has its reason beside it."""
    last = 0
    for span in checked.spans:
        yield {"text": checked.text[last : span.start], "reason": ""}
        yield {"text": checked.words_of(span), "reason": KINDS[span.kind.value]}
        last = span.end
    yield {"text": checked.text[last:], "reason": ""}
