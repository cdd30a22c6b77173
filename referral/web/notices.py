"""A user's notices: the list, the page a mail leads to, and what is mailed."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions import own_notices as actions
from referral.errors import RecordNotFound
from referral.models.base import utc_now
from referral.models.notices import Notice
from referral.queries import notices as queries
from referral.queries.settings import zone_of
from referral.rules.notices import TELLINGS, Event, Topic
from referral.rules.permissions import Permission, may
from referral.web.access import current_actor, requires
from referral.web.forms.notices import NoticeChoicesForm
from referral.web.pages import first_asked, neighbors
from referral.web.referral_timeline import day_told, moment_words
from referral.web.transactions import commits
from referral.wording.counts import counted
from referral.wording.notices import MAIL_FOOT, sentence_of, subject_of

bp = Blueprint("notices", __name__, url_prefix="/notices")
Answer = str | Response | tuple[str, int]
# Where a notice leads: the page of what it is about, and the name of the argument there.
SUBJECT_PAGES = {
    "referral": ("referrals.show", "ref"),
    "program": ("programs.show", "slug"),
    "capacity": ("capacity.index", None),
}
SEATS = frozenset({Event.SEATS_TO_CONFIRM.value, Event.TOLD_GONE.value})


@bp.app_context_processor
def bell() -> dict[str, Callable[[], str]]:
    """What the bell in the header says; asked for by the layout of a signed-in page only."""
    return {"bell_words": _bell_words}


def _bell_words() -> str:
    unread = queries.unread(current_actor())
    return counted(unread, "new notice") if unread else "Notices"


@bp.get("")
@requires(Permission.NOTICES_READ)
def index() -> str:
    """The actor's notices, those not read first."""
    page = queries.listed(current_actor(), first=first_asked())
    names = queries.program_names(page.rows)
    zone, for_program = zone_of(current_actor()), _is_of_program()
    lines = [_line(row, names.get(row.subject_ref), zone, for_program=for_program) for row in page.rows]
    return render_template("notices/index.html", lines=lines, page=page, **neighbors(page))


@bp.get("/open")
@requires(Permission.NOTICES_READ)
def open_subject() -> Response:
    """From a mail to the page it is about; what is not the actor's leads to the list."""
    try:
        row = queries.get(current_actor(), request.args.get("notice", ""))
    except RecordNotFound:
        return redirect(url_for(".index"), code=303)
    return redirect(_subject_url(row), code=303)


@bp.post("/read")
@requires(Permission.NOTICES_READ)
@commits
def read() -> Response:
    """Mark one notice as read, and go to what it is about if asked to; without a notice, mark all."""
    actor, ref = current_actor(), request.form.get("notice")
    if ref is None:
        actions.mark_all_read(actor, now=utc_now())
        flash("All notices are marked as read.", "success")
        return redirect(url_for(".index"), code=303)
    row = actions.mark_read(actor, ref, now=utc_now())
    to = _subject_url(row) if "open" in request.form else url_for(".index")
    return redirect(to, code=303)


@bp.route("/choices", methods=["GET", "POST"])
@requires(Permission.NOTICES_READ)
@commits
def choices() -> Answer:
    """What is mailed to the actor, with what such a mail would say."""
    actor = current_actor()
    form = NoticeChoicesForm.of(queries.mailed_topics(actor))
    if form.validate_on_submit():
        actions.choose(actor, form.to_choices())
        flash("Your choices are saved.", "success")
        return redirect(url_for(".choices"), code=303)
    page = render_template("notices/choices.html", form=form, previews=_previews(), foot=MAIL_FOOT)
    return page, 422 if form.errors else 200


def _line(row: Notice, program: str | None, zone: ZoneInfo, *, for_program: bool) -> dict[str, Any]:
    kind = {"referral": "Referral", "capacity": "Question"}.get(row.subject_kind)
    about = [f"{kind} {row.subject_ref}" if kind else None, program]
    return {
        "ref": row.ref,
        "sentence": sentence_of(row.event, for_program=for_program),
        "about": ", ".join(part for part in about if part),
        "at": day_told(row.at, zone) if for_program else moment_words(row.at, zone),
        "is_new": row.read_at is None,
    }


def _is_of_program() -> bool:
    """Whether the actor reads as the program's side, and not also as a district's."""
    actor = current_actor()
    return may(actor, Permission.REFERRAL_ANSWER) and not may(actor, Permission.REFERRAL_WRITE)


def _subject_url(row: Notice) -> str:
    endpoint, argument = SUBJECT_PAGES.get(row.subject_kind, ("home.index", None))
    if row.event in SEATS:
        endpoint, argument = "seats.index", "slug"
    names: dict[str, Any] = {argument: row.subject_ref} if argument else {}
    return url_for(endpoint, **names)


def _previews() -> dict[str, list[dict[str, str]]]:
    """For each topic the mails it can bring."""
    for_program = _is_of_program()
    return {
        topic.value: [
            {
                "subject": subject_of(event.value, for_program=for_program),
                "body": sentence_of(event.value, for_program=for_program),
            }
            for event, telling in TELLINGS.items()
            if telling.topic is topic
        ]
        for topic in Topic
    }
