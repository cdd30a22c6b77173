"""Forms about who a student is: the identity itself, and the search by name."""

from datetime import date

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional

from referral.rules.identities import LONGEST, SEVERAL_LINES, Identity, birth_date
from referral.web.forms.base import BaseForm
from referral.web.forms.reading import ReadField, number_sent, tidy
from referral.wording.identities import LABELS, REFUSALS

# No browser is to remember what was typed here.
QUIET = {"autocomplete": "off", "spellcheck": "false"}


def _text(field: str, hint: str = "") -> StringField:
    kind = TextAreaField if field in SEVERAL_LINES else StringField
    return kind(
        LABELS[field], [Optional()], description=hint, render_kw={**QUIET, "maxlength": LONGEST[field]}
    )


class IdentityForm(BaseForm):
    """Who a student is; only the name is needed."""

    number = HiddenField()
    name = StringField(
        LABELS["name"],
        [DataRequired(REFUSALS["identity_name_missing"])],
        description="As on the district's own records.",
        render_kw={**QUIET, "maxlength": LONGEST["name"]},
    )
    nickname = _text("nickname", "What the student is called day to day.")
    birth_date = ReadField(
        LABELS["birth_date"],
        [Optional()],
        read=str,
        kind=date,
        sentence=REFUSALS["birth_date_unreadable"],
        shown=lambda day: f"{day.month}/{day.day}/{day.year}",
        description="Like 5/9/2014 or May 9, 2014.",
        render_kw={**QUIET, "size": 14},
    )
    state_id = _text("state_id")
    school = _text("school")
    town = _text("town")
    street = _text("street")
    parents = _text("parents", "One to a line, with a telephone number or an address.")
    notes = _text("notes", "For your district alone. A note to a program has its own place.")

    @property
    def seen_number(self) -> int:
        """Which entry the page was opened with."""
        return number_sent(self.number.data)

    def identity(self) -> Identity:
        """What was entered."""
        texts = {field: tidy(self[field].data) or "" for field in LONGEST}
        for field in LONGEST.keys() - SEVERAL_LINES:
            texts[field] = " ".join(texts[field].split())
        return Identity(**texts, birth_date=self.birth_date.value)


def identity_form(identity: Identity | None, *, number: int, today: date) -> IdentityForm:
    """The form with what the vault holds, as of an entry's number."""
    held = {field: getattr(identity, field) for field in ("birth_date", *LONGEST)} if identity else {}
    form = IdentityForm(data={**held, "number": str(number)})
    form.birth_date.read = lambda text: birth_date(text, today=today)
    return form


class NameSearchForm(BaseForm):
    """A search by name; it is sent, so that no name stands in an address."""

    name = StringField("Name", render_kw={**QUIET, "size": 12, "type": "search"})
