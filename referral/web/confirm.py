"""The password once more, before something that leaves the district."""

from flask import Blueprint, redirect, render_template, request, session
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms import PasswordField

from referral import callers
from referral.actions import throttles
from referral.actions.sessions import note_refused, renew
from referral.actions.transactions import in_transaction
from referral.extensions import SESSION_KEY, new_session_key
from referral.models.base import utc_now
from referral.models.users import User
from referral.rules.permissions import Permission
from referral.rules.throttles import Throttle
from referral.web.access import current_actor, requires
from referral.web.addresses import own_address
from referral.web.forms.account import EmptyForm, PasswordForm
from referral.web.freshness import note_password
from referral.wording.users import REFUSALS

bp = Blueprint("confirm", __name__)
Answer = str | Response | tuple[str, int]


@bp.route("/confirm", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def ask() -> Answer:
    """Ask for the password; where there is none, as with the demo's users, for one press of a button."""
    user: User = current_user._get_current_object()
    form = EmptyForm() if _has_none(user) else PasswordForm()
    if form.validate_on_submit() and _is_right(user, form):
        in_transaction(lambda: renew(current_actor(), user, session[SESSION_KEY]))
        session[SESSION_KEY] = new_session_key()
        note_password()
        return redirect(own_address(request.args.get("next")), code=303)
    page = render_template("security/confirm.html", form=form, back=own_address(request.args.get("next")))
    return page, 422 if form.errors else 200


def _has_none(user: User) -> bool:
    return user.password is None and user.is_demo


def _is_right(user: User, form: PasswordForm | EmptyForm) -> bool:
    return isinstance(form, EmptyForm) or password_is_right(user, form.password)


def password_is_right(user: User, field: PasswordField) -> bool:
    """Whether the field holds the password of who is signed in; counted, and said beside the field if not."""
    tried = [callers.subject(Throttle.AGAIN, user.ref)]
    in_transaction(lambda: throttles.take(tried, now=utc_now()))
    if user.password is not None and user.verify_and_update_password(field.data):
        in_transaction(lambda: throttles.give_back(tried, now=utc_now()))
        return True
    in_transaction(lambda: note_refused(user))
    field.errors = [REFUSALS["password_wrong"]]
    return False
