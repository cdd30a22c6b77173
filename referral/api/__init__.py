"""Door 2, JSON under /api/v1: the same queries and actions as the pages, for programs that bring a token."""

from flask import Flask

from referral.api import cookies, document, faults, programs, rates, referrals, seats
from referral.api.blueprint import bp
from referral.extensions import csrf

MODULES = (document, programs, referrals, seats)  # each adds its views to the blueprint when imported


def install(app: Flask) -> None:
    """Give the app the API: without cookies and form tokens, and with problems instead of error pages."""
    cookies.install(app)
    rates.install(app)
    faults.install(app)
    csrf.exempt(bp)
    app.register_blueprint(bp)
