"""Pages behind a one-use link: a program's contact confirms seats or answers an enquiry, without an account.

Looking uses nothing, so a mail program that opens links ahead of its reader does no harm.
"""

from datetime import date

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from referral.actions import contact as actions
from referral.actions.referrals import MoveRefused
from referral.errors import InvalidInput, StaleUpdate
from referral.models.base import utc_now
from referral.queries import links as queries
from referral.queries import seats
from referral.queries.links import LinkSpent, OpenLink
from referral.queries.released_fit import contradicted, fit_of
from referral.queries.settings import calendar_of
from referral.rules.links import LinkAct
from referral.rules.referrals import Verb, read_verb
from referral.rules.terms import NOTHING, Terms
from referral.web.access import open_to_all
from referral.web.forms.inbox import ContactDeclineForm
from referral.web.forms.reading import number_sent
from referral.web.forms.refusals import explain
from referral.web.own_programs import own_shown
from referral.web.reading import enquiries_shown
from referral.web.released_words import beside_rows, released_shown, seats_words
from referral.web.throttling import paced_link
from referral.web.today import today
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.inbox import SAID
from referral.wording.referrals import VERBS
from referral.wording.released import contradiction_words

bp = Blueprint("contact", __name__)
Answer = str | Response | tuple[str, int]


@bp.route("/c/<secret>", methods=["GET", "POST"])
@open_to_all
@paced_link
@commits
def act(secret: str) -> Answer:
    """The one page of a link: shows what it is about; pressed, it is done and the link is used."""
    link = queries.opened(secret, now=utc_now())
    if link.act is LinkAct.CONFIRM_SEATS:
        return _confirm(link, secret) if request.method == "POST" else _seats_page(link)
    return _answer(link, secret)


def _confirm(link: OpenLink, secret: str) -> Answer:
    versions = {
        name.removeprefix("version-"): number_sent(value)
        for name, value in request.form.items()
        if name.startswith("version-")
    }
    try:
        count = actions.confirm_seats(
            secret, versions, now=utc_now(), today=today(), examples_may_be_confirmed=_is_demo()
        )
    except StaleUpdate:
        return _seats_page(link, changed=True)
    except InvalidInput as error:
        return _seats_page(link, refused=sentence(error))
    rooms = "1 room is" if count == 1 else f"{count} rooms are"
    return render_template("contact/done.html", done=f"Thank you. {rooms} confirmed as of today.", link=link)


def _seats_page(link: OpenLink, *, changed: bool = False, refused: str = "") -> Answer:
    """The rooms as they stand now, with the versions that will be confirmed."""
    own = seats.program(actions.contact_of(link), link.row.program.slug)
    shown = own_shown(own, today=today(), demo=_is_demo())
    page = render_template(
        "contact/seats.html", program=shown, changed=changed, refused=refused, until=link.row.expires_at
    )
    return (page, 409) if changed or refused else page


def _answer(link: OpenLink, secret: str) -> Answer:
    if request.method == "GET":
        return _enquiry_page(link, ContactDeclineForm())
    verb = read_verb(request.form.get("verb", ""))
    if verb is Verb.DECLINE:
        return _decline(link, secret)
    return _done(link, secret, verb)


def _decline(link: OpenLink, secret: str) -> Answer:
    """A decline hears the program's own facts before it is final."""
    form = ContactDeclineForm()
    if link.referral is None or not form.validate_on_submit():
        return _enquiry_page(link, form)
    found = contradicted(link.referral, form.reason.data, _day_there(link))
    if found and form.shown.data != ",".join(found):
        form.shown.data = ",".join(found)
        return _enquiry_page(link, form, contradiction=contradiction_words(found))
    try:
        return _done(link, secret, Verb.DECLINE, form.terms())
    except InvalidInput as error:
        explain(form, error)
        return _enquiry_page(link, form)


def _done(link: OpenLink, secret: str, verb: Verb, terms: Terms = NOTHING) -> Answer:
    try:
        actions.answer_referral(secret, verb, terms, now=utc_now())
    except MoveRefused as error:
        raise LinkSpent from error
    return render_template("contact/done.html", done=f"Thank you. {SAID[verb.value]}", link=link)


def _enquiry_page(link: OpenLink, form: ContactDeclineForm, **also: object) -> Answer:
    """The enquiry as it was sent, beside the program's own facts, and nothing else."""
    row = link.referral
    if row is None or row.released is None:
        raise LinkSpent
    fit = fit_of(row, _day_there(link), with_examples=_is_demo())
    enquiries_shown([row.ref], actions.contact_of(link))
    refused = bool(form.problems())
    page = render_template(
        "contact/enquiry.html",
        row=row,
        form=form,
        form_errors=refused,
        answers=[(verb.value, VERBS[verb.value]) for verb in (Verb.SHOW_INTEREST, Verb.WAITLIST)],
        copy=released_shown(row.released),
        beside=beside_rows(fit, row.released),
        fit_seats=seats_words(fit.seats),
        **also,
    )
    if refused:
        return page, 422
    return (page, 409) if also else page


def _day_there(link: OpenLink) -> date:
    return calendar_of(link.row.program.organisation).day_of(utc_now())


def _is_demo() -> bool:
    return bool(current_app.config["SETTINGS"].demo)
