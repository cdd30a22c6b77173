"""Seats of one's own rooms: read, replaced, confirmed."""

from flask import Response, current_app

from referral.actions import seats as actions
from referral.api.access import current_bearer, requires
from referral.api.answers import answered, tagged
from referral.api.blueprint import bp
from referral.api.reading import PreconditionFailed, document, version_matched
from referral.api.transactions import commits
from referral.errors import StaleUpdate
from referral.formats.api_documents import (
    ConfirmedAnswer,
    ConfirmSent,
    OpeningDocument,
    SeatsAnswer,
    SeatsSent,
)
from referral.queries import seats as queries
from referral.queries.seats import RoomEntry
from referral.rules.permissions import Actor, Permission
from referral.rules.seats import ExpectedOpening, SeatNumbers, open_seats


@bp.get("/programs/<slug>/rooms/<key>/seats")
@requires(Permission.SEATS_UPDATE)
def seats(slug: str, key: str) -> Response:
    """The seats of a room; its ETag is their version."""
    answer = _answer(current_bearer().actor, slug, key)
    return tagged(answer, str(answer.version))


@bp.put("/programs/<slug>/rooms/<key>/seats")
@requires(Permission.SEATS_UPDATE)
@commits
def update_seats(slug: str, key: str) -> Response:
    """Replace the seats of a room, if they are still those that were read."""
    bearer = current_bearer()
    queries.room(bearer.actor, slug, key)  # whose it is comes before what was sent
    version, sent = version_matched(), document(SeatsSent)
    try:
        actions.update(bearer.actor, slug, key, numbers_of(sent), version_seen=version, today=bearer.today)
    except StaleUpdate as error:
        raise PreconditionFailed from error
    answer = _answer(bearer.actor, slug, key)
    response = answered(answer)
    response.set_etag(str(answer.version))
    return response


@bp.post("/programs/<slug>/seats/confirm")
@requires(Permission.SEATS_UPDATE)
@commits
def confirm_seats(slug: str) -> Response:
    """Say that the seats of rooms are still right."""
    bearer = current_bearer()
    queries.program(bearer.actor, slug)  # whose it is comes before what was sent
    versions = {one.room: one.version for one in document(ConfirmSent).rooms}
    count = actions.confirm(
        bearer.actor,
        slug,
        versions,
        today=bearer.today,
        examples_may_be_confirmed=bool(current_app.config["SETTINGS"].demo),
    )
    return answered(ConfirmedAnswer(confirmed=count, on=bearer.today))


def numbers_of(sent: SeatsSent) -> SeatNumbers:
    """The numbers as the action takes them."""
    return SeatNumbers(
        licensed=sent.licensed,
        enrolled=sent.enrolled,
        held=sent.held,
        youngest_months=sent.youngest_months,
        oldest_months=sent.oldest_months,
        openings=tuple(ExpectedOpening(one.on, one.seats) for one in sent.openings),
    )


def _answer(actor: Actor, slug: str, key: str) -> SeatsAnswer:
    return seats_answer(slug, queries.room(actor, slug, key))


def seats_answer(slug: str, entry: RoomEntry) -> SeatsAnswer:
    """The seats of a room as a document."""
    found = entry.record.seats
    known = (
        {} if found is None else found.model_dump(include={"licensed", "enrolled", "held", "confirmed_on"})
    )
    openings = () if found is None else found.openings
    return SeatsAnswer(
        program=slug,
        room=entry.record.key,
        version=entry.version,
        example=entry.is_example,
        licensed=known.get("licensed"),
        enrolled=known.get("enrolled"),
        held=known.get("held"),
        open=None if found is None else open_seats(found.licensed, found.enrolled, found.held),
        youngest_months=found and found.youngest_months,
        oldest_months=found and found.oldest_months,
        openings=tuple(OpeningDocument(on=one.on, seats=one.seats) for one in openings if one.on is not None),
        confirmed_on=known.get("confirmed_on"),
    )
