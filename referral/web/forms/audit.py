"""The filters of the audit log; all of them lie in the address."""

from datetime import date
from typing import Any

from flask import request
from wtforms import DateField, SearchField
from wtforms.validators import Length, Optional

from referral.queries.audit_lines import AuditFilters
from referral.web.forms.base import BaseForm

KEY_MAX = 2**31 - 1
YEARS = range(2000, 2101)


class AuditFilterForm(BaseForm):
    """What the log is narrowed to."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    who = SearchField("Who", validators=[Length(max=100)])
    tag = SearchField("Tag begins with", validators=[Length(max=60)])
    subject = SearchField("Reference", validators=[Length(max=80)])
    since = DateField("From", validators=[Optional()])
    until = DateField("To", validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.since, self.until):
            field.flags.optional = False  # every filter may be left out: no mark is needed

    def to_filters(self, before: int | None = None) -> AuditFilters:
        """What makes sense of the address."""
        return AuditFilters(
            who=_text(self.who.data),
            tag=_text(self.tag.data),
            subject=_text(self.subject.data),
            since=_day(self.since.data),
            until=_day(self.until.data),
            before=before if before is not None and 0 < before <= KEY_MAX else None,
        )


def filter_form() -> AuditFilterForm:
    """The filters of the address."""
    return AuditFilterForm(formdata=request.args)


def _day(sent: date | None) -> date | None:
    return sent if sent is not None and sent.year in YEARS else None


def _text(sent: str | None) -> str:
    return (sent or "").replace("\0", "")[:100]
