"""The form that sets a legal hold."""

from wtforms.validators import InputRequired

from referral.web.forms.base import BaseForm, RadioGroup
from referral.wording.retention import HOLD_REASONS


class HoldForm(BaseForm):
    """Why nothing of the student may be deleted."""

    reason = RadioGroup(
        "Why nothing may be deleted",
        choices=dict(HOLD_REASONS),
        validators=[InputRequired("Choose why nothing may be deleted")],
    )
