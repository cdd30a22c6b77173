"""The inbox of a collaborative: what waits for an answer, and answers from the list."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import referrals as actions
from referral.actions.referrals import MoveRefused, Said
from referral.errors import InvalidInput, RecordNotFound, StaleUpdate
from referral.models.base import utc_now
from referral.queries import inbox as queries
from referral.queries import referrals
from referral.queries.referrals import Standing
from referral.queries.released_fit import contradicted, fit_of_copy
from referral.rules.inbox import InboxView, answers_at_once, may_decline
from referral.rules.permissions import Permission, check
from referral.rules.referrals import Party, State, Verb, read_verb
from referral.web.access import current_actor, requires
from referral.web.forms.inbox import DeclineForm, InboxFilterForm
from referral.web.forms.once import key_sent, new_key
from referral.web.forms.reading import number_sent
from referral.web.forms.refusals import explain
from referral.web.inbox_lines import programs_shown
from referral.web.pages import first_asked, neighbors
from referral.web.reading import enquiries_shown
from referral.web.referral_pages import readable_copy
from referral.web.released_words import beside_rows, released_shown, seats_words
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.inbox import AT_ONCE, EARLIER, EMPTY, SAID, VIEWS
from referral.wording.released import contradiction_words

bp = Blueprint("inbox", __name__, url_prefix="/inbox")
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.REFERRAL_ANSWER)
def index() -> str:
    """What was sent to the actor's programs, one view at a time; filters lie in the address."""
    form = InboxFilterForm(formdata=request.args)
    filters = form.to_filters(first_asked())
    found = queries.inbox(current_actor(), filters, now=utc_now())
    form.offer(found.programs)
    enquiries_shown(line.row.ref for line in found.lines)
    return render_template(
        "inbox/index.html",
        form=form,
        view=filters.view.value,
        page=found.page,
        programs=programs_shown(found.lines, filters.view, with_examples=_is_demo()),
        views=[
            {
                "label": VIEWS[view.value],
                "count": found.counts[view],
                "url": _view_url(view),
                "key": view.value,
            }
            for view in InboxView
        ],
        empty=EMPTY[filters.view.value],
        narrowed=any((filters.program, filters.age_band, filters.code, filters.overdue)),
        first_answers=AT_ONCE,
        **neighbors(found.page),
    )


@bp.post("/<ref>/answer")
@requires(Permission.REFERRAL_ANSWER)
@commits
def answer(ref: str) -> Response:
    """One of the answers that need nothing said; back to where it was given."""
    actor, now = current_actor(), utc_now()
    found = _own(ref)
    verb = read_verb(request.form.get("verb", ""))
    if verb not in {one for state in State for one in answers_at_once(state)}:
        raise RecordNotFound(kind="verb")
    said = Said(
        form_key=key_sent(request.form.get("form_key")),
        version_seen=number_sent(request.form.get("version")) or None,
    )
    try:
        actions.move(actor, found.row.ref, verb, said, now=now)
    except (StaleUpdate, MoveRefused) as error:
        flash(f"{found.row.ref}: {EARLIER if isinstance(error, StaleUpdate) else sentence(error)}", "error")
    else:
        flash(f"{found.row.ref}: {SAID.get(verb.value, 'Done.')}", "success")
    return redirect(_back(), code=303)


@bp.route("/<ref>/decline", methods=["GET", "POST"])
@requires(Permission.REFERRAL_ANSWER)
@commits
def decline(ref: str) -> Answer:
    """Decline with a reason of the list; where the program's own facts say otherwise, that is shown first."""
    found = _own(ref)
    form = _decline_form(found)
    if request.method == "GET" or not form.validate_on_submit():
        return _decline_page(found, form)
    today = found.today(Party.STAFF, utc_now())
    codes = contradicted(found.row, form.reason.data, today)
    if codes and form.shown.data != ",".join(codes):
        form.shown.data = ",".join(codes)
        page = _decline_page(found, form, contradiction=contradiction_words(codes), codes=codes)
        return (page, 409) if isinstance(page, str) else page
    said = Said(form.terms(), key_sent(form.form_key.data), number_sent(form.version.data) or None)
    try:
        actions.move(current_actor(), found.row.ref, Verb.DECLINE, said, now=utc_now())
    except InvalidInput as error:
        explain(form, error)
        return _decline_page(found, form)
    except (StaleUpdate, MoveRefused) as error:
        flash(f"{found.row.ref}: {EARLIER if isinstance(error, StaleUpdate) else sentence(error)}", "error")
    else:
        flash(f"{found.row.ref}: {SAID['decline']}", "success")
    return redirect(url_for(".index"), code=303)


def _own(ref: str) -> Standing:
    """The referral, to someone who answers for its program."""
    found = referrals.get(current_actor(), ref)
    if Party.STAFF not in found.parties:
        raise RecordNotFound(kind="referral")
    check(current_actor(), Permission.REFERRAL_ANSWER, found.row.collaborative_id)
    return found


def _decline_form(found: Standing) -> DeclineForm:
    """The form as it was sent from the list or from its own page, else a new one."""
    prefix = f"{found.row.ref}-"
    form = DeclineForm(prefix=prefix if any(name.startswith(prefix) for name in request.form) else "")
    if request.method == "GET":
        form.form_key.data, form.version.data = new_key(), str(found.row.version)
    return form


def _decline_page(found: Standing, form: DeclineForm, **also: object) -> Answer:
    row, now = found.row, utc_now()
    released = readable_copy(found, referrals.situation(found, Party.STAFF, now))
    today = found.today(Party.STAFF, now)
    fit = fit_of_copy(released, row.ref, row.program.slug, today, with_examples=_is_demo())
    refused = bool(form.problems())
    page = render_template(
        "inbox/decline.html",
        row=row,
        form=form,
        form_errors=refused,
        can_decline=may_decline(State(row.state)),
        copy=released_shown(released),
        beside=beside_rows(fit, released),
        fit_seats=seats_words(fit.seats),
        **also,
    )
    return (page, 422) if refused else page


def _view_url(view: InboxView) -> str:
    return url_for(".index", view=None if view is InboxView.WAITING else view.value)


def _back() -> str:
    """The view of the inbox where the answer was given."""
    view = request.form.get("view", "")
    return url_for(".index", view=view if view in VIEWS and view != InboxView.WAITING.value else None)


def _is_demo() -> bool:
    return bool(current_app.config["SETTINGS"].demo)
