"""What an organization sets for itself: its director's or administrator's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import notes_sent
from referral.actions import settings as actions
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.base import utc_now
from referral.models.organisations import Organisation
from referral.models.users import User
from referral.queries import settings as queries
from referral.queries.notes import listed_words
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
from referral.wording.places import STATE_NAMES
from referral.wording.programs import day_words

bp = Blueprint("settings", __name__, url_prefix="/settings")
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Shown:
    """An organization with what is on its page: its settings as they are, and who could be deputy."""

    place: Organisation
    others: Sequence[Organisation]
    now: Settings
    version: int
    deputies: Sequence[User]

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.calendar(self.place.state).day_of(utc_now())

    def form(self, *, sent: bool = True) -> SettingsForm:
        """The form of this kind of organization, under what was sent unless `sent` is false."""
        is_district = self.place.kind == OrganisationKind.DISTRICT.value
        kind = DistrictSettingsForm if is_district else CollaborativeSettingsForm
        return kind.of(self.now, self.version, self.deputies, sent=sent)

    def address(self, anchor: str | None = None) -> str:
        """Where this page is."""
        return url_for(".index", at=self.place.slug, _anchor=anchor)


@bp.route("", methods=["GET", "POST"])
@requires(Permission.SETTINGS_EDIT)
@commits
def index() -> Answer:
    """The settings of one of the actor's organizations; a save over someone else's shows both."""
    shown = _shown()
    form = shown.form()
    if form.validate_on_submit():
        wanted = form.to_settings(shown.now, shown.deputies)
        try:
            actions.save(current_actor(), shown.place.slug, wanted, version_seen=form.version_seen())
        except InvalidInput as error:
            explain(form, error)
        except StaleUpdate as error:
            form.version.data = str(error.facts["now"])
            return _page(shown, form, theirs=form.differences(shown.form(sent=False)), status=409)
        else:
            flash("Settings saved. Clocks that run already keep their dates.", "success")
            return redirect(shown.address(), code=303)
    return _page(shown, form, status=422 if form.errors or form.form_errors else 200)


@bp.post("/days-off")
@requires(Permission.SETTINGS_EDIT)
@commits
def add_days_off() -> Answer:
    """Days on which the organization is closed."""
    shown, form = _shown(), DaysOffForm()
    if form.validate_on_submit():
        first, last = form.first.data, form.last.data or form.first.data
        try:
            added = actions.add_days_off(current_actor(), shown.place.slug, first, last, today=shown.today)
        except InvalidInput as error:
            explain(form, error)
        else:
            flash(f"{counted(added, 'day')} off added.", "success")
            return redirect(shown.address("days-off"), code=303)
    return _page(shown, shown.form(sent=False), days_form=form, status=422)


@bp.post("/days-off/remove")
@requires(Permission.SETTINGS_EDIT)
@commits
def remove_day_off() -> Response:
    """One day is a working day again."""
    shown, text = _shown(), request.form.get("day", "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return redirect(shown.address("days-off"), code=303)
    actions.remove_day_off(current_actor(), shown.place.slug, day)
    flash(f"{day_words(day)} is no longer a day off.", "success")
    return redirect(shown.address("days-off"), code=303)


@bp.get("/words")
@requires(Permission.SETTINGS_EDIT)
def words() -> str:
    """The words a district found to be fine in its notes to programs."""
    shown = _shown()
    return render_template(
        "settings/words.html",
        place=shown.place,
        is_district=shown.place.kind == OrganisationKind.DISTRICT.value,
        words=[(one.word, day_words(one.added_at.date())) for one in listed_words(shown.place.id)],
    )


@bp.post("/words")
@requires(Permission.SETTINGS_EDIT)
@commits
def forget_word() -> Response:
    """A word is asked about again."""
    shown, word = _shown(), request.form.get("word", "")
    notes_sent.forget_word(current_actor(), shown.place.slug, word)
    flash(f"“{word}” will be asked about again.", "success")
    return redirect(url_for(".words", at=shown.place.slug), code=303)


def _shown() -> Shown:
    """The organization asked for in the address, else the actor's first."""
    places = queries.editable_places(current_actor())
    slug = request.args.get("at", places[0].slug)
    place = next((one for one in places if one.slug == slug), None)
    if place is None:
        raise RecordNotFound(kind="organisation")
    is_district = place.kind == OrganisationKind.DISTRICT.value
    return Shown(
        place=place,
        others=[one for one in places if one is not place],
        now=queries.settings_of(place),
        version=queries.version_of(place),
        deputies=queries.deputies(place) if is_district else (),
    )


def _page(
    shown: Shown,
    form: SettingsForm,
    *,
    status: int,
    days_form: DaysOffForm | None = None,
    theirs: list[tuple[str, str, str]] | None = None,
) -> Answer:
    days_form = days_form or DaysOffForm(formdata=None)
    state = STATE_NAMES.get(shown.place.state or "")
    page = render_template(
        "settings/index.html",
        place=shown.place,
        others=shown.others,
        form=form,
        days_form=days_form,
        form_errors=bool(form.problems() or days_form.problems()),
        days_off=[(day, day_words(day)) for day in sorted(shown.now.days_off) if day >= shown.today],
        holidays=f"the holidays of {state}" if state else "federal holidays",
        theirs=theirs,
    )
    return page, status
