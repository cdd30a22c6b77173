"""Tuition and other prices of a program, for the staff of the collaborative that runs it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import prices as actions
from referral.errors import InvalidInput, RecordNotFound
from referral.queries import programs as queries
from referral.queries.programs import ProgramEntry
from referral.rules.permissions import Permission
from referral.rules.prices import PriceTerm
from referral.rules.program_records import PriceRecord
from referral.web.access import current_actor, requires
from referral.web.forms.prices import EndPriceForm, PriceForm
from referral.web.forms.reading import number_sent
from referral.web.forms.refusals import explain
from referral.web.price_words import prices_shown
from referral.web.today import today
from referral.web.transactions import commits

bp = Blueprint("prices", __name__, url_prefix="/programs/<slug>/prices")
Answer = str | Response | tuple[str, int]


@bp.route("", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
@commits
def index(slug: str) -> Answer:
    """The prices of a program, and a form that adds one from a day on."""
    entry = _own(slug)
    form = PriceForm()
    if form.validate_on_submit():
        try:
            actions.add(current_actor(), slug, form.to_record())
        except InvalidInput as error:
            explain(form, error)
        else:
            flash("Price added.", "success")
            return redirect(url_for(".index", slug=slug), code=303)
    page = render_template(
        "prices/index.html", record=entry.record, prices=prices_shown(entry.record, today=today()), form=form
    )
    return (page, 422) if form.errors else page


@bp.route("/<item>/<audience>/<first>/end", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
@commits
def end(slug: str, item: str, audience: str, first: str) -> Answer:
    """Give a price its last day."""
    entry = _own(slug)
    price = _price(entry, item, audience, first)
    term = price.term
    form = EndPriceForm(usd_seen=term.usd_per_year, end_seen=term.valid_to or "", valid_to=term.valid_to)
    if form.validate_on_submit():
        seen = PriceTerm(term.item, term.audience, _usd_seen(form), term.valid_from, _end_seen(form))
        try:
            actions.end(current_actor(), slug, seen, form.valid_to.value)
        except InvalidInput as error:
            explain(form, error)
        else:
            flash("Last day saved.", "success")
            return redirect(url_for(".index", slug=slug), code=303)
    page = render_template("prices/end.html", record=entry.record, price=price, form=form)
    return (page, 422) if form.errors else page


def _own(slug: str) -> ProgramEntry:
    return queries.get_own(current_actor(), slug, Permission.PROGRAM_EDIT)


def _price(entry: ProgramEntry, item: str, audience: str, first: str) -> PriceRecord:
    """The real price that the address names."""
    for price in entry.record.prices:
        if (price.item.value, price.term.audience.value, price.term.valid_from.isoformat()) == (
            item,
            audience,
            first,
        ):
            return price
    raise RecordNotFound(kind="price")


def _usd_seen(form: EndPriceForm) -> int:
    return number_sent(form.usd_seen.data, otherwise=-1)


def _end_seen(form: EndPriceForm) -> date | None:
    try:
        return date.fromisoformat(form.end_seen.data or "")
    except ValueError:
        return None
