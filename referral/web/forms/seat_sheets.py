"""The forms around a sheet of rooms: sending it, and saving what it would change."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField

from referral.web.forms.base import BaseForm, CheckboxGroup

TYPES = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(BaseForm):
    """A file to look at; nothing is saved by it."""

    sheet = FileField(
        "Spreadsheet of rooms",
        description="XLSX or CSV, at most 2 MB. Nothing is saved yet.",
        validators=[FileRequired("Choose the spreadsheet that you filled in")],
        render_kw={"accept": TYPES},
    )


class SaveForm(BaseForm):
    """The same sheet once more, as text, and what else to do with it."""

    sheet = HiddenField()
    stale_seen = HiddenField()
    keep_mine = CheckboxGroup(
        "Yours are right in these rooms", description="The numbers here now → yours", validate_choice=False
    )
    confirm_same = BooleanField("Confirm the rooms that do not change, as of today", default=True)
