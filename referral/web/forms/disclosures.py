"""The form that records a consent, or an authority with its notice."""

from collections.abc import Mapping
from datetime import date

from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from referral.rules.disclosures import AuthorityCode, DisclosureBasis, DisclosureRecord, SignerRole
from referral.web.forms.base import BaseForm, RadioGroup
from referral.wording.referrals import AUTHORITIES, BASES, REFUSALS, SIGNERS

CHOOSE = REFUSALS["choose_one"]
EVERY = "0"


class DisclosureForm(BaseForm):
    """What allows the packet to leave."""

    basis = RadioGroup("What it rests on", choices=dict(BASES), validators=[InputRequired(CHOOSE)])
    signer = RadioGroup(
        "Who signed",
        choices=dict(SIGNERS),
        validate_choice=False,
        description="By role only. The signed paper stays in your district.",
        render_kw={"data-show-if": "basis=consent"},
    )
    authority = SelectField(
        "Authority",
        choices={"": "Choose one"} | dict(AUTHORITIES),
        validate_choice=False,
        render_kw={"data-show-if": "basis=authority"},
    )
    signed_on = DateField(
        "Day of the signature or of the notice", validators=[InputRequired(REFUSALS["day_missing"])]
    )
    expires_on = DateField(
        "Good until",
        description="The last day on which something may be sent or read under it, at most a year later.",
        validators=[InputRequired(REFUSALS["day_missing"])],
    )
    scope = SelectField("For", choices={})

    def record(self) -> DisclosureRecord:
        """What was entered; an answer that does not belong to the basis is left out."""
        basis = DisclosureBasis(self.basis.data)
        return DisclosureRecord(
            basis=basis,
            signed_on=self.signed_on.data,
            expires_on=self.expires_on.data,
            signer=_signer(self.signer.data) if basis is DisclosureBasis.CONSENT else None,
            authority=_authority(self.authority.data) if basis is DisclosureBasis.AUTHORITY else None,
        )

    @property
    def collaborative_id(self) -> int | None:
        """The key of the one collaborative it is for; None for all."""
        return None if self.scope.data == EVERY else int(self.scope.data)


def _signer(text: str | None) -> SignerRole | None:
    return SignerRole(text) if text in SIGNERS else None


def _authority(text: str | None) -> AuthorityCode | None:
    return AuthorityCode(text) if text in AUTHORITIES else None


def disclosure_form(collaboratives: Mapping[int, str], *, today: date) -> DisclosureForm:
    """The form; the record may be for every program, or for one of these collaboratives."""
    form = DisclosureForm(data={"signed_on": today})
    one = {str(key): f"The programs of {name} only" for key, name in collaboratives.items()}
    form.scope.choices = {EVERY: "Every program the student is referred to"} | one
    return form
