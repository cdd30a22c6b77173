"""The own account: who one is here, and the second step of one's sign-in."""

from base64 import b64encode
from collections.abc import Sequence
from io import BytesIO

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_security import current_user, hash_password, login_user
from werkzeug.wrappers import Response

from referral import callers
from referral.actions import second_steps as actions
from referral.actions import sessions, throttles
from referral.actions.transactions import in_transaction
from referral.config import ABSOLUTE_LIMIT
from referral.errors import InvalidInput
from referral.models.audit import AuditEvent
from referral.models.base import utc_now
from referral.models.users import User
from referral.queries.settings import zone_of
from referral.queries.sign_ins import sign_ins
from referral.rules.permissions import Permission, Role
from referral.rules.second_steps import address_for_app, in_fours, is_required
from referral.rules.throttles import Throttle
from referral.web.access import current_actor, requires
from referral.web.confirm import password_is_right
from referral.web.forms.account import ChangePasswordForm, FirstCodeForm
from referral.web.forms.refusals import explain
from referral.web.freshness import fresh
from referral.web.referral_timeline import moment_words
from referral.web.second_step import KEY, is_overdue
from referral.web.transactions import commits
from referral.wording.users import ROLE_LABELS, SIGN_IN_WAYS

bp = Blueprint("account", __name__, url_prefix="/account")
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.SIGNED_IN)
def index() -> str:
    """Who one is here, and how one signs in."""
    user = _user()
    return render_template(
        "account/index.html",
        user=user,
        roles=[f"{ROLE_LABELS[held.role]}, {held.organisation.name}" for held in user.assignments],
        required=_is_required(user),
        codes_left=actions.codes_left(user) if user.second_step_at else 0,
        sign_ins=_sign_ins(user),
    )


@bp.post("/second-step/begin")
@requires(Permission.SIGNED_IN)
@fresh
@commits
def begin() -> Response:
    """Make a secret for an app; the next page shows it."""
    actions.begin(_user(), callers.key_for(KEY))
    return redirect(url_for(".second_step"), code=303)


@bp.route("/second-step", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def second_step() -> Answer:
    """Set up the second step: the secret as a picture, and the first code; then the recovery codes, once."""
    user, form = _user(), FirstCodeForm()
    if user.second_step_at is not None:
        return redirect(url_for(".index"), code=303)
    if user.second_step_secret is not None and form.validate_on_submit():
        try:
            return _codes_page(_confirm(user, form.code.data))
        except InvalidInput as error:
            explain(form, error)
    page = render_template(
        "account/second_step.html", form=form, **_secret_shown(user), overdue=is_overdue(user)
    )
    return page, 422 if form.errors else 200


@bp.post("/second-step/codes")
@requires(Permission.SIGNED_IN)
@fresh
@commits
def codes() -> Answer:
    """New recovery codes, shown once."""
    user = _user()
    if user.second_step_at is None:
        return redirect(url_for(".index"), code=303)
    return _codes_page(actions.renew_codes(current_actor(), user, callers.key_for(KEY)))


@bp.post("/second-step/off")
@requires(Permission.SIGNED_IN)
@fresh
@commits
def turn_off() -> Response:
    """Ask for no code any more."""
    actions.turn_off(current_actor(), _user(), of_everyone=_of_everyone())
    flash("From now on your password alone signs you in.", "warning")
    return redirect(url_for(".index"), code=303)


@bp.post("/sessions/end")
@requires(Permission.SIGNED_IN)
@fresh
def end_others() -> Response:
    """Sign out everywhere else."""
    actor, user = current_actor(), _user()
    in_transaction(lambda: sessions.end_others(actor, user))
    login_user(user, authn_via=["others_ended"])
    flash("You are signed out everywhere else.", "success")
    return redirect(url_for(".index"), code=303)


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> Answer:
    """Change the password: the present one and the new one; every other session ends."""
    actor, user, form = current_actor(), _user(), ChangePasswordForm()
    if form.validate_on_submit() and password_is_right(user, form.current) and form.is_hard_to_guess(user):
        hashed = hash_password(form.password.data)
        in_transaction(lambda: sessions.change_password(actor, user, hashed))
        login_user(user, authn_via=["password"])
        flash("Your password is changed, and you are signed out everywhere else.", "success")
        return redirect(url_for(".index"), code=303)
    page = render_template("account/password.html", form=form)
    return page, 422 if form.errors else 200


def _confirm(user: User, code: str) -> Sequence[str]:
    tried = [callers.subject(Throttle.CODE, user.ref)]
    in_transaction(lambda: throttles.take(tried, now=utc_now()))
    actor, key = current_actor(), callers.key_for(KEY)
    made = in_transaction(lambda: actions.confirm(actor, user, code, key, now=utc_now()))
    in_transaction(lambda: throttles.give_back(tried, now=utc_now()))
    login_user(user, authn_via=["password+code"])
    return made


def _sign_ins(user: User) -> list[dict[str, str]]:
    """The sign-ins that may still be open, and those that failed meanwhile."""
    zone = zone_of(current_actor())
    rows = sign_ins(user, since=utc_now() - ABSOLUTE_LIMIT)
    return [{"at": moment_words(row.at, zone), "way": SIGN_IN_WAYS[_way(row)]} for row in rows]


def _way(row: AuditEvent) -> str:
    way = "refused" if row.tag.endswith("refused") else str(row.facts.get("way"))
    return way if way in SIGN_IN_WAYS else "password"


def _codes_page(codes: Sequence[str]) -> str:
    return render_template("account/codes.html", codes=codes)


def _secret_shown(user: User) -> dict[str, str]:
    secret = actions.secret_of(user, callers.key_for(KEY))
    if secret is None:
        return {"secret": "", "picture": ""}
    return {"secret": in_fours(secret), "picture": _picture(address_for_app(secret, user.email))}


def _picture(text: str) -> str:
    """A picture of squares as an address of its own, dark on light in every color scheme."""
    import segno  # only here: a start does not wait for it

    out = BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=5, border=4, dark="#000", light="#fff")
    return f"data:image/svg+xml;base64,{b64encode(out.getvalue()).decode()}"


def _user() -> User:
    user: User = current_user._get_current_object()
    return user


def _is_required(user: User) -> bool:
    return is_required((Role(held.role) for held in user.assignments), of_everyone=_of_everyone())


def _of_everyone() -> bool:
    return bool(current_app.config["SETTINGS"].second_step_of_everyone)
