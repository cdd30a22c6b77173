"""What an organization sets for itself: its director's or administrator's page."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import settings as actions
from referral.errors import InvalidInput, StaleUpdate
from referral.models.base import utc_now
from referral.models.organisations import Organisation
from referral.queries import settings as queries
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Permission
from referral.rules.settings import Settings
from referral.web.access import current_actor, requires
from referral.web.forms.refusals import explain
from referral.web.forms.settings import (
    CollaborativeSettingsForm,
    DaysOffForm,
    DistrictSettingsForm,
    SettingsForm,
)
from referral.web.transactions import commits
from referral.wording.counts import counted
from referral.wording.programs import day_words

bp = Blueprint("settings", __name__, url_prefix="/settings")
Answer = str | Response | tuple[str, int]


@bp.route("", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
@commits
def index() -> Answer:
    """The settings of one of the actor's organizations; a save over someone else's shows both."""
    place = _place()
    form, now, deputies = _form_of(place)
    if form.validate_on_submit():
        wanted = form.to_settings(now, deputies)
        try:
            actions.save(current_actor(), place.slug, wanted, version_seen=form.version_seen())
        except InvalidInput as error:
            explain(form, error)
        except StaleUpdate as error:
            form.version.data = str(error.facts["now"])
            saved, *_ = _form_of(place, sent=False)
            return _page(place, form, theirs=form.differences(saved), status=409)
        else:
            flash("Settings saved. Clocks that run already keep their dates.", "success")
            return redirect(_here(place), code=303)
    return _page(place, form, status=422 if form.errors or form.form_errors else 200)


@bp.post("/days-off")
@requires(Permission.SETTINGS_EDIT)
@commits
def add_days_off() -> Answer:
    """Days on which the organization is closed."""
    place, form = _place(), DaysOffForm()
    if form.validate_on_submit():
        first, last = form.first.data, form.last.data or form.first.data
        try:
            added = actions.add_days_off(current_actor(), place.slug, first, last, today=_today(place))
        except InvalidInput as error:
            explain(form, error)
        else:
            flash(f"{counted(added, 'day')} off added.", "success")
            return redirect(_here(place, "days-off"), code=303)
    return _page(place, _form_of(place, sent=False)[0], days_form=form, status=422)


@bp.post("/days-off/remove")
@requires(Permission.SETTINGS_EDIT)
@commits
def remove_day_off() -> Response:
    """One day is a working day again."""
    place, text = _place(), request.form.get("day", "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return redirect(_here(place, "days-off"), code=303)
    actions.remove_day_off(current_actor(), place.slug, day)
    flash(f"{day_words(day)} is no longer a day off.", "success")
    return redirect(_here(place, "days-off"), code=303)


def _place() -> Organisation:
    """The organization asked for in the address, else the actor's first."""
    slug = request.args.get("at")
    if slug is not None:
        return queries.editable(current_actor(), slug)
    return queries.editable_places(current_actor())[0]


def _form_of(place: Organisation, *, sent: bool = True) -> tuple[SettingsForm, Settings, list[Any]]:
    now, is_district = queries.settings_of(place), place.kind == OrganisationKind.DISTRICT.value
    deputies = list(queries.deputies(place)) if is_district else []
    kind = DistrictSettingsForm if is_district else CollaborativeSettingsForm
    form = kind.of(now, queries.version_of(place), deputies, sent=sent)
    return form, now, deputies


def _page(
    place: Organisation,
    form: SettingsForm,
    *,
    status: int,
    days_form: DaysOffForm | None = None,
    theirs: list[tuple[str, str, str]] | None = None,
) -> Answer:
    days_form = days_form or DaysOffForm(formdata=None)
    settings, today = queries.settings_of(place), _today(place)
    page = render_template(
        "settings/index.html",
        place=place,
        others=[one for one in queries.editable_places(current_actor()) if one.id != place.id],
        form=form,
        days_form=days_form,
        form_errors=bool(form.problems() or days_form.problems()),
        days_off=[(day, day_words(day)) for day in sorted(settings.days_off) if day >= today],
        theirs=theirs,
    )
    return page, status


def _today(place: Organisation) -> date:
    return queries.calendar_of(place).day_of(utc_now())


def _here(place: Organisation, anchor: str | None = None) -> str:
    return url_for(".index", at=place.slug, _anchor=anchor)
