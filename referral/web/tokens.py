"""Tokens of the JSON API, for directors and the administrators of collaboratives."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from referral.actions import tokens as actions
from referral.models.base import utc_now
from referral.models.organisations import Organisation
from referral.models.tokens import ApiToken
from referral.queries import tokens as queries
from referral.rules.answer_words import day_words
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.tokens import TokenForm, token_form
from referral.web.freshness import require_fresh
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording.tokens import MAY

bp = Blueprint("tokens", __name__, url_prefix="/tokens")
Answer = str | Response | tuple[str, int]
KEPT = "token_secret"  # the secret of a token just made, for the next page and no other


@bp.route("", methods=["GET", "POST"])
@requires(Permission.TOKENS_MANAGE)
@commits
def index() -> Answer:
    """The tokens of the actor's organizations, and a form that makes one; the next page shows it, once."""
    actor = current_actor()
    places = queries.places_of(actor)
    form = token_form(places)
    if places and form.is_submitted():
        require_fresh()
    if places and form.validate_on_submit():
        place = _place_of(form, places)
        _, secret = actions.make(
            actor, place, form.name.data, lasts_days=int(form.lasts_days.data), now=utc_now()
        )
        session[KEPT] = secret
        return redirect(url_for(".index"), code=303)
    shown = session.pop(KEPT, None)
    lines = [_line(row, today()) for row in queries.listed(actor)]
    page = render_template("tokens/index.html", form=form, tokens=lines, secret=shown, has_place=bool(places))
    return page, 422 if form.errors else 200


@bp.post("/<ref>/revoke")
@requires(Permission.TOKENS_MANAGE)
@commits
def revoke(ref: str) -> Response:
    """End a token now."""
    actions.revoke(current_actor(), ref, now=utc_now())
    return redirect(url_for(".index"), code=303)


def _place_of(form: TokenForm, places: Sequence[Organisation]) -> Organisation:
    chosen = form.organisation.data if "organisation" in form else places[0].slug
    return next(place for place in places if place.slug == chosen)


def _line(row: ApiToken, day: date) -> dict[str, object]:
    works = row.revoked_at is None and row.expires_on >= day
    ended = "Revoked" if row.revoked_at is not None else "Expired"
    return {
        "ref": row.ref,
        "name": row.name,
        "place": row.organisation.name,
        "may": MAY.get(row.role, ""),
        "expires": day_words(row.expires_on),
        "used": day_words(row.last_used_on) if row.last_used_on else "Never",
        "works": works,
        "status": "Works" if works else ended,
    }
