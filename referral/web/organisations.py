"""The administrator's pages for organizations."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import organisations as actions
from referral.errors import InvalidInput
from referral.models.organisations import Organisation
from referral.queries import organisations as queries
from referral.queries import users as user_queries
from referral.rules.organisations import HAVE_MEMBERS, OrganisationKind, slug_of
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.forms.organisations import OrganisationForm, search_form
from referral.web.forms.refusals import explain
from referral.web.pages import first_asked, neighbors
from referral.web.transactions import commits
from referral.wording.organisations import KIND_LABELS, STATUS_LABELS, STATUS_TAGS

bp = Blueprint("organisations", __name__, url_prefix="/organizations")
Answer = str | Response | tuple[str, int]


@bp.app_context_processor
def labels() -> dict[str, dict[str, str]]:
    """Words for kinds and statuses, for the templates of this noun."""
    if request.blueprint not in {"organisations", "memberships"}:
        return {}
    return {"kind_labels": KIND_LABELS, "status_labels": STATUS_LABELS, "status_tags": STATUS_TAGS}


@bp.get("")
@requires(Permission.ORGANISATIONS_MANAGE)
def index() -> str:
    """The organizations of this installation, searched and filtered in the address."""
    form = search_form()
    page = queries.listed(current_actor(), (form.q.data or "")[:100], form.chosen_kind(), first=first_asked())
    return render_template("organisations/index.html", form=form, page=page, **neighbors(page))


@bp.get("/<slug>")
@requires(Permission.ORGANISATIONS_MANAGE)
def show(slug: str) -> str:
    """One organization: facts, memberships, users."""
    organisation = queries.get(current_actor(), slug)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        has_members=OrganisationKind(organisation.kind) in HAVE_MEMBERS,
        is_district=organisation.kind == OrganisationKind.DISTRICT.value,
        memberships=queries.memberships_of(current_actor(), organisation),
        users=user_queries.at_organisation(current_actor(), organisation),
    )


@bp.route("/add", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_MANAGE)
@commits
def add() -> Answer:
    """Add an organization."""
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            slug = form.slug.data or slug_of(form.name.data)
            made = actions.add(current_actor(), form.to_facts(slug))
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for(".show", slug=made.slug), code=303)
    return _form_page("organisations/add.html", form)


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_MANAGE)
@commits
def edit(slug: str) -> Answer:
    """Edit the facts about an organization."""
    organisation = queries.get(current_actor(), slug)
    form = OrganisationForm(obj=organisation)
    del form.kind  # roles and memberships rest on it
    if form.validate_on_submit():
        try:
            facts = form.to_facts(
                form.slug.data or slug_of(form.name.data), OrganisationKind(organisation.kind)
            )
            actions.edit(current_actor(), organisation, facts, version_seen=form.version_seen())
        except InvalidInput as error:
            explain(form, error)
        else:
            return redirect(url_for(".show", slug=facts.slug), code=303)
    return _form_page("organisations/edit.html", form, organisation, slug)


def _form_page(
    template: str, form: OrganisationForm, organisation: Organisation | None = None, slug: str = ""
) -> Answer:
    page = render_template(template, form=form, organisation=organisation, slug=slug)
    return page, 422 if form.errors else 200
