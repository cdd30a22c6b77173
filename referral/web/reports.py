"""Reports: a page for each, and the same as files, in which small numbers are always hidden."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from referral.web.access import current_actor, requires
from referral.web.files import csv_file, xlsx_file
from referral.web.report_tables import REPORTS, Report, rows_of_file
from referral.web.today import today
from referral.wording.reports import EMPTY, EXACT, HIDING, TITLES

bp = Blueprint("reports", __name__, url_prefix="/reports")


def _add(report: Report) -> None:
    """A page and two files for a report."""
    title = TITLES[report.key]

    @requires(report.permission)
    def show() -> str:
        made = report.make(current_actor(), today(), report.page_hides)
        return render_template(
            "reports/show.html",
            heading=title,
            key=report.key,
            report=made,
            note=HIDING if report.page_hides else EXACT,
            empty=EMPTY[report.key],
        )

    @requires(report.permission)
    def csv() -> Response:
        made = report.make(current_actor(), today(), True)
        return csv_file(report.key, ("Table", "Row", *made.tables[0].columns), rows_of_file(made))

    @requires(report.permission)
    def xlsx() -> Response:
        made = report.make(current_actor(), today(), True)
        return xlsx_file(report.key, title, ("Table", "Row", *made.tables[0].columns), rows_of_file(made))

    bp.add_url_rule(f"/{report.key}", report.key, show)
    bp.add_url_rule(f"/{report.key}.csv", f"{report.key}_csv", csv)
    bp.add_url_rule(f"/{report.key}.xlsx", f"{report.key}_xlsx", xlsx)


for each in REPORTS:
    _add(each)
