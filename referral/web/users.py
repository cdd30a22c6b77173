"""The administrator's pages for users, and signing out."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response

from referral.actions import second_steps, sessions
from referral.actions import users as actions
from referral.errors import InvalidInput
from referral.extensions import SESSION_KEY
from referral.models.users import User
from referral.queries import organisations as organisation_queries
from referral.queries import users as queries
from referral.rules.permissions import Permission, Role, read_role
from referral.web import links
from referral.web.access import current_actor, requires
from referral.web.forms.refusals import explain
from referral.web.forms.users import InviteForm, RoleForm, search_form
from referral.web.freshness import fresh
from referral.web.pages import first_asked, neighbors
from referral.web.transactions import commits
from referral.wording.users import ROLE_LABELS, ROLE_SUMMARIES

bp = Blueprint("users", __name__)
Answer = str | Response | tuple[str, int]


@bp.app_context_processor
def labels() -> dict[str, dict[str, str]]:
    """Words for roles, for every template."""
    return {"role_labels": ROLE_LABELS, "role_summaries": ROLE_SUMMARIES}


@bp.post("/sign-out")
@requires(Permission.SIGNED_IN)
@commits
def sign_out() -> Response:
    """End this sign-in, here and wherever its cookie was copied."""
    sessions.end(current_actor(), current_user.ref, session[SESSION_KEY])
    logout_user()
    session.clear()
    answer = redirect(url_for("security.login"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/users")
@requires(Permission.USERS_MANAGE)
def index() -> str:
    """The users of this installation, searched in the address."""
    form = search_form()
    page = queries.listed(current_actor(), (form.q.data or "")[:100], first=first_asked())
    return render_template("users/index.html", form=form, page=page, **neighbors(page))


@bp.route("/users/invite", methods=["GET", "POST"])
@requires(Permission.USERS_MANAGE)
@commits
def invite() -> Answer:
    """Invite a user; the next page shows the one-time link, once."""
    actor, form = current_actor(), InviteForm()
    if form.validate_on_submit():
        try:
            place = organisation_queries.named(actor, form.organisation.data, "organisation")
            user = actions.invite(actor, form.to_invitation(), place)
        except InvalidInput as error:
            explain(form, error)
        else:
            links.keep_for_next_page(user)
            return _to_page_of(user)
    return render_template("users/invite.html", form=form), 422 if form.errors else 200


@bp.route("/users/<ref>", methods=["GET", "POST"])
@requires(Permission.USERS_MANAGE)
@commits
def show(ref: str) -> Answer:
    """One user: roles, and a form that gives a further one."""
    actor, form = current_actor(), RoleForm()
    user = queries.get(actor, ref)
    if form.validate_on_submit():
        try:
            place = organisation_queries.named(actor, form.organisation.data, "organisation")
            actions.give_role(actor, user, Role(form.role.data), place)
        except InvalidInput as error:
            explain(form, error)
        else:
            return _to_page_of(user)
    page = render_template("users/show.html", form=form, user=user, link=links.kept_for_this_page(user))
    return page, 422 if form.errors else 200


@bp.post("/users/<ref>/roles/<role>/<slug>/remove")
@requires(Permission.USERS_MANAGE)
@commits
def remove_role(ref: str, role: str, slug: str) -> Response:
    """Take a role from a user."""
    user = queries.get(current_actor(), ref)
    place = organisation_queries.get(current_actor(), slug)
    actions.take_role(current_actor(), user, read_role(role), place)
    return _to_page_of(user)


@bp.post("/users/<ref>/link")
@requires(Permission.USERS_MANAGE)
@commits
def issue_link(ref: str) -> Response:
    """Make a new one-time link; the next page shows it, once."""
    user = queries.get(current_actor(), ref)
    actions.issue_link(current_actor(), user)
    links.keep_for_next_page(user)
    return _to_page_of(user)


@bp.post("/users/<ref>/second-step/remove")
@requires(Permission.USERS_MANAGE)
@fresh
@commits
def remove_second_step(ref: str) -> Response:
    """Take away a user's second step: the app is lost."""
    user = queries.get(current_actor(), ref)
    second_steps.remove(current_actor(), user)
    return _to_page_of(user)


@bp.post("/users/<ref>/disable")
@requires(Permission.USERS_MANAGE)
@commits
def disable(ref: str) -> Response:
    """Keep a user from signing in."""
    user = queries.get(current_actor(), ref)
    actions.disable(current_actor(), user)
    return _to_page_of(user)


@bp.post("/users/<ref>/enable")
@requires(Permission.USERS_MANAGE)
@commits
def enable(ref: str) -> Response:
    """Let a disabled user sign in again."""
    user = queries.get(current_actor(), ref)
    actions.enable(current_actor(), user)
    return _to_page_of(user)


def _to_page_of(user: User) -> Response:
    return redirect(url_for(".show", ref=user.ref), code=303)
