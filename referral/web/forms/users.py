"""Forms about users: sign in, choose a password, invite, give a role."""

from typing import Any

from flask import request
from flask_security.forms import LoginForm, ResetPasswordForm
from wtforms import EmailField, PasswordField, SearchField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from referral.rules.permissions import Role
from referral.rules.users import EMAIL_LENGTH_MAX, NAME_LENGTH_MAX, Invitation, tidy_email
from referral.web.forms.base import AccessibleForm, BaseForm
from referral.web.passwords import PASSWORD_HINT
from referral.wording.users import ROLE_LABELS

PLACE_HINT = "The full name or the short name of an organization that is listed already."


class SignInForm(AccessibleForm, LoginForm):
    """Address and password; who fails is told the same whatever was wrong."""

    email = EmailField(
        "E-mail address",
        filters=[lambda text: tidy_email(text or "")],
        validators=[InputRequired("Enter your e-mail address"), Length(max=EMAIL_LENGTH_MAX)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        description=" ",  # Flask-Security would put a link into an empty hint
        validators=[InputRequired("Enter your password"), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = ""


class ChoosePasswordForm(AccessibleForm, ResetPasswordForm):
    """A new password, twice."""

    password = PasswordField(
        "New password",
        description=PASSWORD_HINT,
        validators=[InputRequired("Enter a new password"), Length(max=1024)],
        render_kw={"autocomplete": "new-password"},
    )


class UserSearchForm(BaseForm):
    """What the list of users is narrowed to."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    q = SearchField("Name or e-mail address", validators=[Length(max=100)])


class InviteForm(BaseForm):
    """A new user and the first role."""

    email = EmailField("E-mail address", validators=[InputRequired("Enter an e-mail address")])
    name = StringField(
        "Name",
        description="As colleagues know the person, or the post, like Coordinator.",
        validators=[InputRequired("Enter a name"), Length(max=NAME_LENGTH_MAX)],
        render_kw={"autocomplete": "off"},
    )
    role = SelectField("Role", choices=ROLE_LABELS, validators=[InputRequired("Choose a role")])
    organisation = StringField(
        "Organization", description=PLACE_HINT, validators=[InputRequired("Enter an organization")]
    )

    def to_invitation(self) -> Invitation:
        """The invitation as the action takes it."""
        return Invitation(
            email=tidy_email(self.email.data), name=self.name.data.strip(), role=Role(self.role.data)
        )


class RoleForm(BaseForm):
    """A further role."""

    role = SelectField("Role", choices=ROLE_LABELS, validators=[InputRequired("Choose a role")])
    organisation = StringField(
        "Organization", description=PLACE_HINT, validators=[InputRequired("Enter an organization")]
    )


def search_form() -> UserSearchForm:
    """The search form filled from the address."""
    return UserSearchForm(formdata=request.args)
