"""The list of students as a file: the coded lines that the filters of the address leave."""

from collections.abc import Iterator

from flask import Blueprint, request
from werkzeug.wrappers import Response

from referral.formats.tables_csv import Cell
from referral.queries import students as queries
from referral.rules.permissions import Permission
from referral.rules.students import age_band
from referral.web.access import current_actor, requires
from referral.web.files import csv_file, xlsx_file
from referral.web.forms.students import StudentFilterForm

bp = Blueprint("student_file", __name__, url_prefix="/students")
COLUMNS = (
    "Code",
    "Age",
    "Grade",
    "Primary disability",
    "IEP Team",
    "Last ranked",
    "Updated",
    "Version",
    "District",
)


@bp.get("/list.csv")
@requires(Permission.STUDENT_READ)
def csv() -> Response:
    """The students as CSV."""
    return csv_file("students", COLUMNS, _lines())


@bp.get("/list.xlsx")
@requires(Permission.STUDENT_READ)
def xlsx() -> Response:
    """The students as a spreadsheet."""
    return xlsx_file("students", "Students", COLUMNS, _lines())


def _lines() -> Iterator[list[Cell]]:
    page = queries.all_listed(current_actor(), StudentFilterForm(request.args).to_filters(1))
    ranked = queries.last_ranked(page)
    for line in page.lines:
        band, said = age_band(line.answers), line.answers
        at = ranked.get(line.ref)
        yield [
            line.ref,
            band.label if band else None,
            said.grade.label if said.grade else None,
            said.primary_category.label if said.primary_category else None,
            said.team_status.label if said.team_status else None,
            at.date() if at else None,
            line.updated_at.date(),
            line.version,
            line.district,
        ]
