"""Forms about one's own sign-in: the second step, and the password once more."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from referral.web.forms.base import BaseForm

_CODE_KEYS = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}


class CodeForm(BaseForm):
    """A code of the app, or a recovery code."""

    code = StringField(
        "Code",
        description="Six digits from your app, or one of your recovery codes.",
        validators=[InputRequired("Enter the code"), Length(max=40)],
        render_kw=_CODE_KEYS,
    )


class FirstCodeForm(BaseForm):
    """The first code of the app: it shows that the app and we agree."""

    code = StringField(
        "Code",
        description="The six digits your app shows now.",
        validators=[InputRequired("Enter the code"), Length(max=40)],
        render_kw=_CODE_KEYS | {"inputmode": "numeric"},
    )


class PasswordForm(BaseForm):
    """The password once more."""

    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password"), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )


class EmptyForm(BaseForm):
    """One button."""
