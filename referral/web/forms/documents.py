"""The form that adds a document to a referral."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired

from referral.rules.documents import BYTES_MAX
from referral.web.forms.base import BaseForm
from referral.wording.documents import KINDS

ACCEPTED = ".pdf,.docx,.png,.jpg,.jpeg"


class DocumentForm(BaseForm):
    """One document and what it is."""

    kind = SelectField(
        "What it is",
        choices={"": "Choose one"} | KINDS,
        validators=[InputRequired("Choose what the document is")],
    )
    content = FileField(
        "File",
        description=f"PDF, DOCX, PNG or JPEG, at most {BYTES_MAX // (1024 * 1024)} MB. Its name is not kept.",
        validators=[FileRequired("Choose the file")],
        render_kw={"accept": ACCEPTED},
    )
