"""The audit log for the administrator: its lines, and a check that it is whole. References, never content."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from referral.actions.audit import note_verified
from referral.actions.transactions import in_transaction
from referral.formats.tables_csv import Cell
from referral.queries import audit as chain
from referral.queries import audit_lines as queries
from referral.queries.audit_lines import AuditLine
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.files import csv_file
from referral.web.forms.audit import filter_form
from referral.web.pages import query_sent
from referral.wording import audit as words
from referral.wording.counts import counted

bp = Blueprint("audit", __name__, url_prefix="/audit")
COLUMNS = ("At (UTC)", "Who", "Tag", "Subject", "Reference", "Facts", "Line")


@bp.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    """The log, the newest line first; filters lie in the address."""
    actor, form = current_actor(), filter_form()
    page = queries.listed(actor, form.to_filters(request.args.get("before", type=int)))
    return render_template(
        "audit/index.html",
        form=form,
        lines=[line_shown(line) for line in page.lines],
        older_url=_older(page.lines[-1].id) if page.has_older else None,
        newest_url=_asked_again({}) if "before" in request.args else None,
        state=_state(queries.last_verified(actor)),
        query=query_sent(),
        empty=words.EMPTY,
    )


@bp.get("/lines.csv")
@requires(Permission.AUDIT_READ)
def csv() -> Response:
    """The lines that the filters of the address leave, as CSV."""
    lines = queries.exported(current_actor(), filter_form().to_filters())
    return csv_file("audit", COLUMNS, [_cells(line) for line in lines])


@bp.post("/verify")
@requires(Permission.AUDIT_READ)
def verify() -> Response:
    """Check every line now, and keep in the log that it was checked; nobody waits for the reading."""
    actor = current_actor()
    walked = chain.verified(actor)
    broken = walked.broken
    fault = broken.fault.value if broken else None
    in_transaction(lambda: note_verified(actor, rows=walked.rows, fault=fault))
    if broken is None:
        flash(f"{words.WHOLE} {counted(walked.rows, 'row')} checked.", "success")
    else:
        said = words.FAULTS[broken.fault.value].format(position=broken.position, event=broken.event_id)
        flash(f"{said} Keep a copy of the database and call your security officer.", "error")
    return redirect(url_for(".index"), code=303)


def line_shown(line: AuditLine) -> dict[str, str]:
    """A line in words and codes."""
    return {
        "at": f"{line.at:%Y-%m-%d %H:%M:%S}",
        "who": who_words(line),
        "tag": line.tag,
        "kind": line.subject_kind.replace("_", " "),
        "ref": line.subject_ref,
        "facts": facts_words(line.facts),
        "id": str(line.id),
    }


def who_words(line: AuditLine) -> str:
    """Who did it, or through which door."""
    return line.who or words.DOORS.get(str(line.facts.get("door")), words.NOBODY)


def facts_words(facts: dict[str, object]) -> str:
    """The facts that are known: "before draft, after sent"."""
    return ", ".join(f"{name} {_plain(value)}" for name, value in facts.items() if value is not None)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return f"({facts_words(value)})"
    if isinstance(value, list):
        return "/".join(_plain(part) for part in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _cells(line: AuditLine) -> tuple[Cell, ...]:
    shown = line_shown(line)
    return (*(shown[name] for name in ("at", "who", "tag", "kind", "ref", "facts")), line.id)


def _state(line: AuditLine | None) -> tuple[str, str]:
    """What the last check found, with the kind of its notice."""
    if line is None:
        return words.NEVER_VERIFIED, "warn"
    when = f"Last checked {line.at:%Y-%m-%d %H:%M} UTC, {counted(int(str(line.facts['rows'])), 'row')}."
    if line.facts.get("fault") is None:
        return f"{words.WHOLE} {when}", "good"
    return f"The log was not whole. {when}", "bad"


def _older(before: int) -> str:
    return _asked_again({"before": str(before)})


def _asked_again(more: dict[str, str]) -> str:
    arguments = {name: value for name, value in request.args.items() if name != "before"} | more
    return f"{request.path}?{urlencode(arguments)}" if arguments else request.path
