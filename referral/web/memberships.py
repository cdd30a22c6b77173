"""The administrator's pages for memberships: add, change the days, remove one entered by mistake."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import organisations as actions
from referral.errors import InvalidInput, RecordNotFound
from referral.models.organisations import Membership
from referral.queries import organisations as queries
from referral.rules.organisations import OrganisationKind
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.organisations import MembershipForm, NewMembershipForm
from referral.web.forms.refusals import explain
from referral.web.transactions import commits

bp = Blueprint("memberships", __name__, url_prefix="/organizations/<slug>/members")
Answer = str | Response | tuple[str, int]


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.MEMBERSHIPS_MANAGE)
@commits
def add(slug: str) -> Answer:
    """Add a member district to a collaborative."""
    actor = current_actor()
    collaborative = queries.get(actor, slug)
    form = NewMembershipForm()
    if form.validate_on_submit():
        try:
            district = queries.named(actor, form.district.data, "district", OrganisationKind.DISTRICT)
            actions.add_membership(actor, district, collaborative, form.to_facts())
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for("organisations.show", slug=slug), code=303)
    page = render_template("organisations/add_member.html", form=form, collaborative=collaborative)
    return page, 422 if form.errors else 200


@bp.route("/<district>/<first_day>", methods=["GET", "POST"])
@requires(Permission.MEMBERSHIPS_MANAGE)
@commits
def edit(slug: str, district: str, first_day: str) -> Answer:
    """Change the days or the source of a membership."""
    membership = _membership(slug, district, first_day)
    form = MembershipForm(obj=membership)
    if form.validate_on_submit():
        try:
            actions.edit_membership(current_actor(), membership, form.to_facts())
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for("organisations.show", slug=slug), code=303)
    remove_url = url_for(".remove", slug=slug, district=district, first_day=first_day)
    page = render_template(
        "organisations/edit_member.html", form=form, membership=membership, remove_url=remove_url
    )
    return page, 422 if form.errors else 200


@bp.post("/<district>/<first_day>/remove")
@requires(Permission.MEMBERSHIPS_MANAGE)
@commits
def remove(slug: str, district: str, first_day: str) -> Response:
    """Remove a membership that was entered by mistake."""
    actions.remove_membership(current_actor(), _membership(slug, district, first_day))
    return redirect(url_for("organisations.show", slug=slug), code=303)


def _membership(slug: str, district: str, first_day: str) -> Membership:
    try:
        day = date.fromisoformat(first_day)
    except ValueError as error:
        raise RecordNotFound(kind="membership") from error
    return queries.membership(current_actor(), slug, district, day)
