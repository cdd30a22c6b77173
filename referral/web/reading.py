"""Reads are logged too: who opened a student's record, and who at a program read the copy that was sent.

It happens once the page is on its way, so that it neither delays nor breaks it; once per reader, record and
hour. `RECORD_PAGES` is the whole of it, but for lists of enquiries and pages behind a link, which say what
they showed with `enquiries_shown`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from referral.actions.reading import note
from referral.errors import ReferralError
from referral.models.base import db, utc_now
from referral.queries import reading as queries
from referral.rules.permissions import Actor
from referral.rules.reading import Reading, list_reading
from referral.rules.references import ReferenceKind
from referral.web.access import current_actor

STUDENT, RANKING = ReferenceKind.STUDENT, ReferenceKind.RANKING
DRAFT, REFERRAL = ReferenceKind.DRAFT, ReferenceKind.REFERRAL
OK = 200
# Pages that show one student's record, or the copy of it: which reference their address holds, and its name.
RECORD_PAGES: Mapping[str, tuple[ReferenceKind, str]] = {
    "students.show": (STUDENT, "ref"),
    "students.version": (STUDENT, "ref"),
    "students.key_slip": (STUDENT, "ref"),
    "student_timeline.show": (STUDENT, "ref"),
    "student_access.show": (STUDENT, "code"),
    "student_access.pdf": (STUDENT, "code"),
    "holds.show": (STUDENT, "code"),
    "disclosures.index": (STUDENT, "code"),
    "intake.overview": (DRAFT, "ref"),
    "intake.step": (DRAFT, "ref"),
    "intake.check": (DRAFT, "ref"),
    "rankings.show": (RANKING, "ref"),
    "rankings.compare": (RANKING, "ref"),
    "rankings.ruled_out": (RANKING, "ref"),
    "rankings.team_sheet": (RANKING, "ref"),
    "rankings.override": (RANKING, "ref"),
    "rankings.note": (RANKING, "ref"),
    "priorities.show": (RANKING, "ref"),
    "referring.choose": (RANKING, "ref"),
    "referrals.show": (REFERRAL, "ref"),
    "referrals.move": (REFERRAL, "ref"),
    "inbox.decline": (REFERRAL, "ref"),
}
STUDENT_FILES = frozenset({"student_file.csv", "student_file.xlsx"})
Found = Callable[[datetime], list[Reading]]


def install(app: Flask) -> None:
    """Log what each page of the app showed, after it."""

    @app.after_request
    def log_after(response: Response) -> Response:
        found = _found(response)
        if found is not None:
            actor, readings = found
            response.call_on_close(lambda: _log(app, actor, readings))
        return response


def enquiries_shown(refs: Iterable[str], actor: Actor | None = None) -> None:
    """Say that this page shows the enquiries of these referrals; to whom, unless to who signed in."""
    g.enquiries_shown = (actor or current_actor(), list(refs))


def _found(response: Response) -> tuple[Actor, Found] | None:
    """Who was shown something, and how to find out whose record it was; none where no record was shown."""
    if request.method != "GET" or response.status_code != OK:
        return None
    if "enquiries_shown" in g:
        reader, refs = g.enquiries_shown
        return reader, lambda _now: queries.of_enquiries(reader, refs)
    endpoint = request.endpoint or ""
    if endpoint in STUDENT_FILES:
        return current_actor(), lambda _now: [list_reading()]
    if endpoint not in RECORD_PAGES:
        return None
    actor, (kind, name) = current_actor(), RECORD_PAGES[endpoint]
    text = str((request.view_args or {})[name])
    return actor, lambda now: queries.of_page(actor, kind, text, now=now)


def _log(app: Flask, actor: Actor, found: Found) -> None:
    """Write the lines; a fault is told in the server's log and to nobody else: the page has been read."""
    now = utc_now()
    with app.app_context():
        try:
            note(actor, found(now), now=now)
        except (ReferralError, SQLAlchemyError) as error:
            app.logger.error("a reading was not logged: %s", type(error).__name__)
        finally:
            db.session.remove()
