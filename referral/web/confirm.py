"""The password once more, before something that leaves the district."""

from flask import Blueprint, redirect, render_template, request
from flask_security import current_user
from werkzeug.wrappers import Response

from referral import callers
from referral.actions import throttles
from referral.actions.sessions import note_confirmed, note_refused
from referral.actions.transactions import in_transaction
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
        in_transaction(lambda: note_confirmed(current_actor(), user))
        note_password()
        return redirect(own_address(request.args.get("next")), code=303)
    page = render_template("security/confirm.html", form=form, back=own_address(request.args.get("next")))
    return page, 422 if form.errors else 200


def _has_none(user: User) -> bool:
    return user.password is None and user.is_demo


def _is_right(user: User, form: PasswordForm | EmptyForm) -> bool:
    if isinstance(form, EmptyForm):
        return True
    tried = [callers.subject(Throttle.AGAIN, user.ref)]
    in_transaction(lambda: throttles.take(tried, now=utc_now()))
    if user.password is not None and user.verify_and_update_password(form.password.data):
        in_transaction(lambda: throttles.give_back(tried, now=utc_now()))
        return True
    in_transaction(lambda: note_refused(user))
    form.password.errors = [REFUSALS["password_wrong"]]
    return False
