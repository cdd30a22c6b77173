"""Forms of the student list and of a new student."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeVar

from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from matching.vocabulary import AgeBand, StateCategory, TeamStatus, Term
from referral.models.organisations import Organisation
from referral.queries.students import StudentFilters
from referral.rules.references import ALPHABET
from referral.web.forms.base import BaseForm, RadioGroup

Kind = TypeVar("Kind", bound=Enum)
LAST_PAGE = 10_000
CODE_LENGTH, CODES_MOST = 13, 25


def _any(terms: type[Term], label: str = "Any") -> list[SelectChoice]:
    return [SelectChoice("", label), *(SelectChoice(term.value, term.label) for term in terms)]


class CodesField(Field):
    """Whole codes in the address, as a search by name leaves them there; the form itself never sends any."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what has the length of a code."""
        self.data = tuple(text for text in valuelist if len(text) == CODE_LENGTH)[:CODES_MOST]


class StudentFilterForm(BaseForm):
    """What narrows the list of students; it lives in the address."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    q = StringField("Code", render_kw={"size": 12, "type": "search", "autocomplete": "off"})
    band = SelectField("Age", choices=_any(AgeBand), validate_choice=False)
    category = SelectField("Primary disability", choices=_any(StateCategory), validate_choice=False)
    team = SelectField("IEP Team", choices=_any(TeamStatus), validate_choice=False)
    archived = BooleanField("Archived only")
    code = CodesField()

    def to_filters(self, page: int) -> StudentFilters:
        """The filters that make sense; the rest of the address is left out."""
        return StudentFilters(
            search="".join(sign for sign in (self.q.data or "").upper() if sign in f"{ALPHABET}-")[:13],
            band=_member(AgeBand, self.band.data),
            category=_member(StateCategory, self.category.data),
            team_status=_member(TeamStatus, self.team.data),
            archived=bool(self.archived.data),
            page=max(1, min(page, LAST_PAGE)),
            codes=self.code.data or (),
        )


class NewStudentForm(BaseForm):
    """Which district a new student belongs to; asked only of those who serve several."""

    district = RadioGroup("District of the student")

    def __init__(self, districts: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_slug = {district.slug: district for district in districts}
        self.district.choices = [SelectChoice(slug, one.name) for slug, one in self.by_slug.items()]
        if len(self.by_slug) == 1:
            self.district.data = next(iter(self.by_slug))

    def chosen(self) -> Organisation | None:
        """The district, if it is one of the actor's."""
        return self.by_slug.get(self.district.data or "")


def _member(kind: type[Kind], text: str | None) -> Kind | None:
    return next((member for member in kind if member.value == text), None)
