"""The directory and the program page, for every signed-in user."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from referral.queries import directory as directory_queries
from referral.queries import programs as queries
from referral.queries import upkeep
from referral.queries.directory import Home
from referral.queries.lists import Page
from referral.rules.capacity import PROGRAMS_MAX
from referral.rules.directory import Found, membership
from referral.rules.listings import listing
from referral.rules.permissions import Actor, Permission, may
from referral.web.access import current_actor, requires
from referral.web.directory_lines import columns, line_words, rows
from referral.web.forms.programs import DirectoryForm
from referral.web.pages import first_asked, neighbors, query_sent
from referral.web.price_words import prices_shown
from referral.web.program_words import sections, unpublished
from referral.web.room_words import rooms_shown
from referral.web.today import today
from referral.wording.programs import day_words

bp = Blueprint("programs", __name__, url_prefix="/programs")


@bp.get("")
@requires(Permission.DIRECTORY_READ)
def index() -> str:
    """The directory, searched, filtered, sorted and paged in the address."""
    actor, day = current_actor(), today()
    home = directory_queries.home_of(actor)
    form = DirectoryForm(formdata=request.args, states=directory_queries.states(day), home_states=home.states)
    form.validate()
    order, descending = form.order(), form.desc.data == "1"
    findings = directory_queries.directory(
        actor, form.to_filters(), home=home, today=day, order=order, descending=descending
    )
    page = directory_queries.page_of(findings, first=first_asked())
    return render_template(
        "programs/index.html",
        form=form,
        page=page,
        query=query_sent(),
        rows=rows(page.rows),
        columns=columns(order, descending=descending, with_distance=form.place is not None),
        has_district=bool(home.districts),
        has_examples=_has_examples(page),
        ask_url=_ask_url(actor, page),
        ask_most=PROGRAMS_MAX,
        unsaid=findings.unsaid,
        unsaid_url=_with(unsaid="y"),
        near_urls={name: _with(near=name) for name in form.suggestions},
        **neighbors(page),
    )


@bp.get("/<slug>")
@requires(Permission.DIRECTORY_READ)
def show(slug: str) -> str:
    """One program: what it is, whom it serves, rooms and seats with their age, tuition, sources."""
    actor, day = current_actor(), today()
    entry = queries.get(actor, slug)
    home = directory_queries.home_of(actor)
    line = listing(entry.record, entry.profile(day), today=day)
    return render_template(
        "programs/show.html",
        entry=entry,
        line=line,
        words=line_words(line),
        sections=sections(entry.record, entry.profile(day)),
        unpublished=unpublished(entry.record),
        rooms=rooms_shown(entry.record, today=day),
        prices=prices_shown(entry.record, today=day),
        is_member=membership(line, home.districts, day),
        district=_district_words(home),
        may_edit=may(actor, Permission.PROGRAM_EDIT, entry.organisation_id),
        may_update_seats=may(actor, Permission.SEATS_UPDATE, entry.organisation_id),
        may_ask=may(actor, Permission.CAPACITY_ASK),
        told_gone=_gone_words(actor, slug),
    )


def _ask_url(actor: Actor, page: Page[Found]) -> str:
    """Where the first programs of this page are asked for capacity; "" for those who do not ask."""
    if not may(actor, Permission.CAPACITY_ASK):
        return ""
    return url_for("capacity.ask", program=[one.listing.key for one in page.rows[:PROGRAMS_MAX]])


def _gone_words(actor: Actor, slug: str) -> str:
    day = upkeep.told_gone_on(actor, slug)
    return day_words(day) if day else ""


def _district_words(home: Home) -> str:
    return " or ".join(home.districts)


def _with(**changes: str) -> str:
    """This address with other filters, from its first page on."""
    arguments: dict[str, Any] = {name: value for name, value in request.args.items() if name != "first"}
    return url_for(".index", **(arguments | changes))


def _has_examples(page: Page[Found]) -> bool:
    """Whether a figure on the page is an example."""
    figures = [one.listing for one in page.rows]
    amounts = [amount for line in figures for amount in (line.member_tuition, line.other_tuition) if amount]
    return any(line.seats.example for line in figures) or any(amount.example for amount in amounts)
