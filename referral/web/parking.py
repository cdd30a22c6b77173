"""A form that comes after its session has ended is kept for its user and shown again after sign-in.

Whose it was is read from the cookie that came with it: signed by us, older than the idle limit and younger
than the absolute one, and neither signed out nor of an account that changed since. Strangers park nothing.
"""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, g, make_response, render_template, request, session, url_for
from flask_security import current_user
from itsdangerous import BadSignature
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from referral import callers
from referral.actions import parked_forms as actions
from referral.actions.transactions import in_transaction
from referral.config import ABSOLUTE_LIMIT
from referral.extensions import SESSION_KEY
from referral.models.base import utc_now
from referral.models.users import User
from referral.queries import parked_forms as queries
from referral.rules.permissions import Actor, Permission

KEY = "parked forms"
MARK = "show_parked"  # in a form: show the one parked under this reference, and save nothing
# Who a student is stays in the vault, even sealed; and what the vault did cannot be undone with the rest.
OF_THE_VAULT = frozenset({f"identities.{name}" for name in ("edit", "remove", "find", "keep")})
NOT_WORTH_KEEPING = frozenset({"users.sign_out", "parked.discard"}) | OF_THE_VAULT
SAME_SITE = frozenset({"same-origin", "none"})
SHOWN = "This is what you sent before. Nothing of it is saved yet. Look it over and send it again."
KEPT = "You were signed out while the page was open. What you sent is kept for an hour. Sign in to see it."


class _Undone(Exception):
    """Ends the transaction of a view whose answer is wanted and whose changes are not."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer
        super().__init__()


def address_of_parked() -> str:
    """Where the form just kept is shown: by sign-in, where there is none."""
    if current_user.is_authenticated:
        return url_for("parked.index")
    flash(KEPT, "warning")
    return url_for("security.login", next=url_for("parked.index"))


def park() -> bool:
    """Keep the form of this request for its user; whether it was kept."""
    user = _owner() if _may_be_parked() else None
    if user is None:
        return False
    fields = list(request.form.items(multi=True))
    address, key = request.full_path.rstrip("?"), callers.key_for(KEY)
    return in_transaction(lambda: actions.park(user, address, fields, key, now=utc_now())) is not None


def fill(actor: Actor) -> None:
    """Put the form parked under the mark into this request, if the mark is there; then nothing is saved."""
    ref = request.form.get(MARK, "") if request.method == "POST" else ""
    if not ref:
        return
    content = queries.get(actor, ref, callers.key_for(KEY), now=utc_now())
    if content.address == request.full_path.rstrip("?"):
        request.form = ImmutableMultiDict(content.fields)
        g.shows_parked = ref
        flash(SHOWN, "warning")


def shown(view: Callable[[], Any]) -> Any:
    """What a view answers to a parked form that is shown again: nothing of what it does stays.

    A form that only is a button leads on at once; it is shown as the button that sends it.
    """
    before, fields = dict(session), request.form

    def undone() -> None:
        raise _Undone(make_response(view()))

    try:
        in_transaction(undone)
    except _Undone as done:
        answer = done.answer
    session.clear()
    session.update({name: value for name, value in before.items() if name != "_flashes"})
    if not 300 <= answer.status_code < 400:
        return answer
    return render_template("account/parked_button.html", address=request.full_path.rstrip("?"), fields=fields)


def _may_be_parked() -> bool:
    """A form of a page of ours that needs sign-in, sent by a page of ours and not by a script."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    needs_sign_in = getattr(view, "permission", Permission.PUBLIC) is not Permission.PUBLIC
    is_ours = needs_sign_in and request.endpoint not in NOT_WORTH_KEEPING
    by_a_person = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") in SAME_SITE
    return is_ours and by_a_person and from_here and request.accept_mimetypes.best != "application/json"


def _owner() -> User | None:
    if current_user.is_authenticated:
        user: User = current_user._get_current_object()
        return user
    said = _cookie()
    return queries.owner(said.get("_user_id", ""), said.get(SESSION_KEY, ""))


def _cookie() -> dict[str, Any]:
    """What the cookie of this request says, though it is older than the idle limit."""
    if session.get("_user_id"):
        return dict(session)
    serializer: Any = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    value = request.cookies.get(current_app.config["SESSION_COOKIE_NAME"], "")
    try:
        said: dict[str, Any] = serializer.loads(value, max_age=int(ABSOLUTE_LIMIT.total_seconds()))
    except BadSignature:
        return {}
    return said
