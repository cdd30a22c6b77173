"""Notes of a district that the other side may read: allowed by the district, checked, reviewed, on record."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete

from referral.actions import audit
from referral.actions.once import add_once
from referral.errors import FieldProblem, InvalidInput
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.settings import NoteWord
from referral.queries.notes import learned_words
from referral.queries.referrals import Standing, live_disclosure
from referral.queries.settings import editable
from referral.rules.note_identity import UNKNOWN, check_names_nobody
from referral.rules.note_review import NOT_REVIEWED, Outcome, Reviewing, review
from referral.rules.permissions import Actor
from referral.rules.referrals import Party, State
from referral.rules.terms import Terms, crosses


def note_crosses(found: Standing, party: Party, before: State, after: State) -> bool:
    """Whether the other side may read the note of a move: a district's only if the district lets it."""
    return crosses(before, after) and (party is Party.STAFF or found.district.free_text)


def cleared_terms(
    actor: Actor, found: Standing, party: Party, after: State, said: tuple[Terms, Reviewing], *, now: datetime
) -> Terms:
    """What is said with a move to a state, its note as it may be kept.

    Raises
    ------
    NoteHeld, InvalidInput : as `note_kept`.
    """
    terms, reviewing = said
    if not terms.note:
        return terms
    leaves = note_crosses(found, party, State(found.row.state), after)
    kept = note_kept(actor, found, party, (terms.note, reviewing), for_both=leaves, now=now)
    return replace(terms, note=kept)


def note_kept(
    actor: Actor, found: Standing, party: Party, said: tuple[str, Reviewing], *, for_both: bool, now: datetime
) -> str:
    """A note as it may be kept: a district's names nobody, and one for both is reviewed.

    Raises
    ------
    NoteHeld, InvalidInput : as `cleared`, or it says what the vault knows of the student.
    """
    text, reviewing = said
    if party is Party.STAFF:
        return text
    if for_both:
        return cleared(actor, found, text, reviewing, now=now)
    check_names_nobody(text, reviewing.known or UNKNOWN)
    return text


def cleared(
    actor: Actor, found: Standing, text: str, reviewing: Reviewing = NOT_REVIEWED, *, now: datetime
) -> str:
    """A district's note as it may leave; words found to be fine are the district's from now on.

    Raises
    ------
    InvalidInput : the district sends no text, no record allows it, or nobody asked the vault what it knows.
    NoteHeld : something in it is left to decide or to attest.
    """
    if not found.district.free_text:
        raise InvalidInput([FieldProblem("for_both", "free_text_off")])
    if live_disclosure(found.row, found.today(Party.COORDINATOR, now)) is None:
        raise InvalidInput([FieldProblem("note", "note_needs_disclosure")])
    if reviewing.known is None:
        raise InvalidInput([FieldProblem("note", "note_unchecked")])
    district_id = found.row.district_id
    outcome = review(text, reviewing, learned_words(district_id))
    for word in sorted(outcome.learned):
        add_once(NoteWord, district_id=district_id, word=word, added_by_id=actor.user_id, added_at=now)
    _record(actor, found, outcome, reviewing)
    return outcome.text


def _record(actor: Actor, found: Standing, outcome: Outcome, reviewing: Reviewing) -> None:
    audit.record(
        actor,
        "referral:note:reviewed",
        "referral",
        found.row.ref,
        removed=outcome.removed,
        kept=outcome.kept,
        learned=len(outcome.learned),
        attested=reviewing.attested,
    )


def forget_word(actor: Actor, slug: str, word: str) -> Organisation:
    """A word of the district's glossary is asked about again; one that is not in it already is.

    Raises
    ------
    RecordNotFound : not the actor's district.
    """
    place = editable(actor, slug)
    gone = db.session.execute(delete(NoteWord).where(NoteWord.district_id == place.id, NoteWord.word == word))
    if gone.rowcount:  # type: ignore[attr-defined]
        audit.record(actor, "settings:note_word:removed", "organisation", slug)
    return place
