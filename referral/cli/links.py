"""One-time links for commands to print."""

from flask import current_app
from flask_security.recoverable import generate_reset_password_token

from referral.models.users import User


def one_time_link(user: User) -> str:
    """A link by which a user chooses a password, once, within the days of config."""
    base = current_app.config["SETTINGS"].public_url
    path = current_app.config["SECURITY_RESET_URL"]
    return f"{base}{path}/{generate_reset_password_token(user)}"
