"""The form that approves several referrals at once."""

from collections.abc import Mapping

from wtforms.validators import InputRequired

from referral.web.forms.base import BaseForm, CheckboxGroup


class ApprovalsForm(BaseForm):
    """Which referrals to approve."""

    chosen = CheckboxGroup(
        "Referrals to approve", choices={}, validators=[InputRequired("Tick the referrals to approve")]
    )


def approvals_form(labels: Mapping[str, str]) -> ApprovalsForm:
    """The form for these referrals, by reference."""
    form = ApprovalsForm()
    form.chosen.choices = dict(labels)
    return form
