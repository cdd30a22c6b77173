"""The one place that turns refusals and faults into pages with a plain sentence."""

from flask import Flask, current_app, g, redirect, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from referral.errors import ReferralError, TooManyTries
from referral.rules.permissions import NOBODY
from referral.web import parking
from referral.web.access import current_actor
from referral.wording import sentence
from referral.wording.general import FAULT_PAGES, STALE_FORM

Page = tuple[str, int] | tuple[str, int, dict[str, str]]

LOGGED = frozenset({403, 429})


def install(app: Flask) -> None:
    """Give the app its error pages."""
    app.register_error_handler(ReferralError, refusal_page)
    app.register_error_handler(CSRFError, stale_form_page)
    app.register_error_handler(HTTPException, fault_page)
    app.register_error_handler(InternalServerError, our_fault_page)


def refusal_page(error: ReferralError) -> Page:
    """The page for something the application refuses: its own status and sentence."""
    heading, _ = FAULT_PAGES.get(error.status, FAULT_PAGES[400])
    if error.status in LOGGED:
        note_refusal(error.code)
    page = _page(heading, sentence(error), error.status)
    return (*page, {"Retry-After": str(error.seconds)}) if isinstance(error, TooManyTries) else page


def note_refusal(code: str) -> None:
    """Put what was refused into the server's log: codes and numbers, no address and no name."""
    said = (request.method, request.endpoint, code, current_actor().user_id)
    current_app.logger.warning("refused: %s %s, %s, user %s", *said)


def stale_form_page(_error: CSRFError) -> Page | Response:
    """For a form without its token: it is kept for the user whose session ended; else the page for it."""
    if parking.park():
        return redirect(parking.address_of_parked(), code=303)
    note_refusal("stale_form")
    heading, text = STALE_FORM
    return _page(heading, text, 400)


def fault_page(error: HTTPException) -> Page | HTTPException:
    """The page for a fault the web server names, like 404 or 405; redirects pass."""
    code = error.code or 500
    if code < 400:
        return error
    heading, text = FAULT_PAGES.get(code, FAULT_PAGES[400 if code < 500 else 500])
    return _page(heading, text, code)


def our_fault_page(_error: InternalServerError) -> Page:
    """The page for our own fault: generic, without asking the database anything."""
    g.actor = NOBODY
    heading, text = FAULT_PAGES[500]
    return _page(heading, text, 500)


def _page(heading: str, text: str, status: int) -> tuple[str, int]:
    """An error page in the layout, or bare where not even our own addresses can be trusted."""
    template = "errors/fault.html" if request_ctx.url_adapter else "errors/bare.html"
    return render_template(template, heading=heading, text=text), status
