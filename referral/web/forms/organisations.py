"""Forms about organizations and memberships."""

from flask import request
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SearchField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from referral.rules.memberships import MembershipFacts
from referral.rules.organisations import (
    NAME_LENGTH_MAX,
    OrganisationFacts,
    OrganisationKind,
    OrganisationStatus,
)
from referral.web.forms.base import BaseForm
from referral.web.forms.reading import number_sent
from referral.wording.organisations import KIND_LABELS, STATUS_LABELS

ADDRESS_HINT = "A web address. Several are separated by a semicolon."


def _tidy(text: str | None) -> str | None:
    """Text without spaces around; nothing stays unknown."""
    return (text or "").strip() or None


class OrganisationSearchForm(BaseForm):
    """What the list of organizations is narrowed to."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    q = SearchField("Name or town", validators=[Length(max=100)])
    kind = SelectField("Kind", choices={"": "Any kind"} | KIND_LABELS, validators=[Optional()])

    def chosen_kind(self) -> OrganisationKind | None:
        """The kind asked for; an unknown one counts as any."""
        return OrganisationKind(self.kind.data) if self.kind.data in KIND_LABELS else None


class OrganisationForm(BaseForm):
    """What is known of an organization."""

    name = StringField("Name", validators=[InputRequired("Enter the name"), Length(max=NAME_LENGTH_MAX)])
    slug = StringField(
        "Short name in addresses",
        description="Lower-case letters, digits and hyphens. Left empty, it is made from the name.",
        validators=[Optional(), Length(max=80)],
    )
    kind = SelectField("Kind", choices=KIND_LABELS)
    status = SelectField("Status", choices=STATUS_LABELS)
    state = StringField(
        "State",
        description="Two letters, like MA.",
        filters=[_tidy],
        validators=[Optional()],
        render_kw={"size": 2},
    )
    town = StringField("Town", filters=[_tidy], validators=[Optional(), Length(max=80)])
    source_address = StringField(
        "Where these facts come from",
        description=ADDRESS_HINT,
        filters=[_tidy],
        validators=[Optional(), Length(max=1000)],
    )
    source_year = IntegerField("Year of the source", validators=[Optional()], render_kw={"size": 4})
    member_list_complete = BooleanField(
        "The list of members is complete",
        description="Only then does a missing membership mean that a district is not a member.",
    )
    version = HiddenField(default="1")

    def version_seen(self) -> int:
        """The version the page was opened at; a broken one counts as stale."""
        return number_sent(self.version.data)

    def to_facts(self, slug: str, kind: OrganisationKind | None = None) -> OrganisationFacts:
        """The facts as the action takes them; an organization that exists keeps its kind."""
        return OrganisationFacts(
            slug=slug,
            name=self.name.data.strip(),
            kind=kind or OrganisationKind(self.kind.data),
            status=OrganisationStatus(self.status.data),
            state=self.state.data.upper() if self.state.data else None,
            town=self.town.data,
            source_address=self.source_address.data,
            source_year=self.source_year.data,
            member_list_complete=self.member_list_complete.data,
        )


class MembershipForm(BaseForm):
    """From when to when a district is a member."""

    valid_from = DateField("First day", validators=[InputRequired("Enter the first day")])
    valid_to = DateField(
        "Last day", description="Leave empty while the membership lasts.", validators=[Optional()]
    )
    source_address = StringField(
        "Where this is known from",
        description=ADDRESS_HINT,
        filters=[_tidy],
        validators=[Optional(), Length(max=1000)],
    )

    def to_facts(self) -> MembershipFacts:
        """The facts as the action takes them."""
        return MembershipFacts(self.valid_from.data, self.valid_to.data, self.source_address.data)


class NewMembershipForm(MembershipForm):
    """A membership of a district that is named by the person."""

    district = StringField(
        "District",
        description="The full name or the short name of a district that is listed already.",
        validators=[InputRequired("Enter a district")],
    )


def search_form() -> OrganisationSearchForm:
    """The search form filled from the address."""
    return OrganisationSearchForm(formdata=request.args)
