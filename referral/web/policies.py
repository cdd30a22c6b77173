"""Policies: the numbers in force with their reasons, a director's proposal, its preview and its approval."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matching.policy import Policy
from referral.actions import policies as actions
from referral.actions.policies import Proposal
from referral.errors import FieldProblem, InvalidInput, NotPermitted, RecordNotFound
from referral.models.organisations import Organisation
from referral.models.policies import PolicyVersion
from referral.queries import policies as queries
from referral.queries import programs
from referral.queries.policy_previews import preview
from referral.rules.permissions import Permission, may
from referral.rules.policies import WEIGHTS, PolicyState, check_may_approve, scaled
from referral.web.access import current_actor, requires
from referral.web.forms.policies import TO_SCALE, ProposalBase, proposal_form
from referral.web.forms.refusals import explain
from referral.web.policy_pages import changes_shown, numbers_shown, preview_shown, weights_shown
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.policies import APPROVE_ALONE, GROUPS, STATE_TAGS, STATES

bp = Blueprint("policies", __name__, url_prefix="/policies")
Answer = str | Response | tuple[str, int]


@bp.app_context_processor
def labels() -> dict[str, object]:
    """Words for states and groups, for the templates of this noun."""
    if request.blueprint != "policies":
        return {}
    return {"states": STATES, "state_tags": STATE_TAGS, "group_labels": GROUPS}


@bp.get("")
@requires(Permission.POLICY_READ)
def index() -> str:
    """The policy in force in a district, in words, and every version of it."""
    actor = current_actor()
    district, others = _district(Permission.POLICY_READ)
    found = queries.history(actor, district, today())
    return render_template(
        "policies/index.html",
        found=found,
        others=others,
        groups=numbers_shown(found.policy),
        weights=weights_shown(found.policy),
        weights_choice=found.policy.choices[WEIGHTS],
        may_propose=may(actor, Permission.POLICY_PROPOSE, district.id),
    )


@bp.route("/propose", methods=["GET", "POST"])
@requires(Permission.POLICY_PROPOSE)
@commits
def propose() -> Answer:
    """A director proposes other numbers, each with a reason; nothing ranks by them yet."""
    district, _ = _district(Permission.POLICY_PROPOSE)
    rows = queries.approved(district.id)
    base = queries.policy_of(rows[-1], rows) if rows else queries.PACKAGED
    form = proposal_form(base, today())
    if form.validate_on_submit():
        try:
            made = actions.propose(current_actor(), district, _proposal(form, base), today=today())
        except InvalidInput as error:
            explain(form, _beside_fields(error))
        else:
            return redirect(url_for(".show", ref=made.ref), code=303)
    page = render_template("policies/propose.html", form=form, district=district, base=base)
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/<ref>")
@requires(Permission.POLICY_READ)
def show(ref: str) -> str:
    """A version: what it changes, whom it would move, and who may approve it."""
    actor = current_actor()
    row = queries.get(actor, ref)
    rows = queries.approved(row.district_id)
    now = queries.in_force(rows, today())
    before, after = queries.base_of(row, rows), queries.policy_of(row, rows)
    state = queries.state(row, now)
    return render_template(
        "policies/show.html",
        row=row,
        state=state.value,
        in_force=row is now,
        policy=after,
        base=before,
        changes=changes_shown(before, after, sorted(row.changes)),
        weights=weights_shown(after, before) if WEIGHTS in row.changes else [],
        weights_choice=after.choices[WEIGHTS],
        **_decision(row) if state is PolicyState.PROPOSED else {},
    )


@bp.post("/<ref>/approve")
@requires(Permission.POLICY_APPROVE)
@commits
def approve(ref: str) -> Answer:
    """A director approves a version; it ranks from its day on."""
    made = actions.approve(current_actor(), ref, today=today())
    flash(f"{made.policy.version} is approved.", "good")
    return redirect(url_for(".show", ref=ref), code=303)


@bp.post("/<ref>/withdraw")
@requires(Permission.POLICY_PROPOSE)
@commits
def withdraw(ref: str) -> Answer:
    """A director withdraws a proposal; it stays on record."""
    actions.withdraw(current_actor(), ref)
    return redirect(url_for(".show", ref=ref), code=303)


def _district(permission: Permission) -> tuple[Organisation, list[Organisation]]:
    """The district named in the address, or the actor's first; and the others.

    Raises
    ------
    RecordNotFound : it is none of the actor's.
    """
    own = queries.districts(current_actor(), permission)
    wanted = request.args.get("district", "")
    chosen = next((one for one in own if one.slug == wanted or not wanted), None)
    if chosen is None:
        raise RecordNotFound(kind="organisation")
    return chosen, [one for one in own if one is not chosen]


def _proposal(form: ProposalBase, base: Policy) -> Proposal:
    """What the form asks for."""
    weights = form.weights(base)
    if form.weighing.data == TO_SCALE:
        weights = scaled(weights)
    return Proposal(
        reason=form.reason.data or "",
        wished_from=form.wished_from.value or today(),
        numbers={WEIGHTS: {c.value: weight for c, weight in weights.items()}} | form.numbers(base),
        reasons=form.reasons(),
    )


def _beside_fields(error: InvalidInput) -> InvalidInput:
    """The refusal with what is wrong with the weights beside the question how to set them."""
    return InvalidInput(
        FieldProblem("weighing" if one.field == WEIGHTS else one.field, one.code, one.facts)
        for one in error.errors
    )


def _decision(row: PolicyVersion) -> Mapping[str, object]:
    """What a proposal would move, and whether the actor may approve it: else why not and who may."""
    actor = current_actor()
    directors = queries.directors(actor, row.district_id)
    _, records = programs.records(actor)
    refusal = ""
    try:
        check_may_approve(actor.user_id, row.author_id, {user.id for user in directors})
    except NotPermitted as error:
        refusal = sentence(error)
    return {
        **preview_shown(preview(actor, row), {record.key: record.name for record in records}),
        "may_decide": may(actor, Permission.POLICY_APPROVE, row.district_id),
        "refusal": refusal,
        "alone": APPROVE_ALONE if row.author_id == actor.user_id and not refusal else "",
        "approvers": [user.name for user in directors if user.id != row.author_id],
    }
