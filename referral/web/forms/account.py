"""Forms about one's own sign-in: the second step, and the password once more."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from referral.models.users import User
from referral.web.forms.base import BaseForm
from referral.web.passwords import PASSWORD_HINT, Passwords

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


class ChangePasswordForm(BaseForm):
    """The present password, and a new one twice."""

    current = PasswordField(
        "Present password",
        validators=[InputRequired("Enter your present password"), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        "New password",
        description=PASSWORD_HINT,
        validators=[InputRequired("Enter a new password"), Length(max=1024)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "New password again",
        validators=[InputRequired("Enter the new password again"), EqualTo("password", "The two differ")],
        render_kw={"autocomplete": "new-password"},
    )

    def is_hard_to_guess(self, user: User) -> bool:
        """Whether the new password will do; if not, the field says why."""
        problems, self.password.data = Passwords.checked(self.password.data or "", user)
        self.password.errors = problems
        return not problems


class EmptyForm(BaseForm):
    """One button."""
