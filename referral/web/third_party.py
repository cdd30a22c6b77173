"""Flask-Security's pages, fitted to our rules: marked, committed by us, HTML only, no mail to wait for."""

from typing import Any

from flask import Flask, Request, render_template
from flask_security import Security

from referral.extensions import datastore
from referral.web.access import THIRD_PARTY_VIEWS, open_to_all
from referral.web.forms.users import ChoosePasswordForm, SignInForm
from referral.web.passwords import Passwords
from referral.web.second_step import SecondStep
from referral.web.throttling import paced_password_link, paced_sign_in
from referral.web.transactions import commits


def install_sign_in(app: Flask) -> None:
    """Give the app its sign-in, take its views into our transactions and mark each with its permission."""
    security = Security(
        login_form=SignInForm, reset_password_form=ChoosePasswordForm, password_util_cls=Passwords
    )
    security.init_app(app, datastore)
    security.want_json(html_only)
    security.two_factor_plugins = SecondStep()
    views = app.view_functions
    views["security.login"] = paced_sign_in(views["security.login"])
    views["security.forgot_password"] = open_to_all(ask_for_link)
    views["security.reset_password"] = paced_password_link(commits(views["security.reset_password"]))
    for endpoint, permission in THIRD_PARTY_VIEWS.items():
        marked: Any = app.view_functions[endpoint]
        marked.permission = permission


def html_only(_request: Request) -> bool:
    """Sign-in pages answer with HTML whatever was asked for; the JSON door has its own way in."""
    return False


def ask_for_link() -> str:
    """How to get a new password: an administrator gives a one-time link."""
    return render_template("security/forgot_password.html")
