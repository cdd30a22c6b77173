"""The directory as a file: the lines that the filters of the address leave, in their order."""

from collections.abc import Iterable

from flask import Blueprint, request
from werkzeug.wrappers import Response

from referral.formats.tables_csv import Cell
from referral.queries import directory as queries
from referral.rules.directory import Found
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.directory_lines import line_words
from referral.web.files import csv_file, xlsx_file
from referral.web.forms.programs import DirectoryForm
from referral.web.today import today

bp = Blueprint("directory_file", __name__, url_prefix="/programs")
COLUMNS = (
    "Program",
    "Agency and town",
    "Status",
    "Setting",
    "Ages",
    "Serves",
    "Seats",
    "Age of the fact",
    "Member, dollars a year",
    "Non-member, dollars a year",
    "Miles",
    "Example figures",
)


@bp.get("/list.csv")
@requires(Permission.DIRECTORY_READ)
def csv() -> Response:
    """The programs as CSV."""
    return csv_file("programs", COLUMNS, _cells(_found()))


@bp.get("/list.xlsx")
@requires(Permission.DIRECTORY_READ)
def xlsx() -> Response:
    """The programs as a spreadsheet."""
    return xlsx_file("programs", "Programs", COLUMNS, _cells(_found()))


def _found() -> Iterable[Found]:
    actor, day = current_actor(), today()
    home = queries.home_of(actor)
    form = DirectoryForm(formdata=request.args, states=queries.states(day), home_states=home.states)
    form.validate()
    return queries.directory(
        actor,
        form.to_filters(),
        home=home,
        today=day,
        order=form.order(),
        descending=form.desc.data == "1",
    ).rows


def _cells(found: Iterable[Found]) -> list[list[Cell]]:
    return [_line(one) for one in found]


def _line(one: Found) -> list[Cell]:
    words, line = line_words(one.listing), one.listing
    has_example = words.seats_example or words.member_example or words.other_example
    return [
        line.name,
        words.where,
        words.status[0] if words.status else "Listed",
        f"{words.setting} (inferred)" if words.setting_inferred else words.setting,
        words.ages,
        words.serves,
        words.open,
        words.seats_note,
        line.member_tuition.usd if line.member_tuition else None,
        line.other_tuition.usd if line.other_tuition else None,
        None if one.miles is None else round(one.miles, 1),
        "yes" if has_example else "no",
    ]
