"""Door 1, the pages: one blueprint per noun. Add yours to `BLUEPRINTS`."""

from referral.web import health, help, home, memberships, organisations, users

BLUEPRINTS = (
    home.bp,
    users.bp,
    organisations.bp,
    memberships.bp,
    help.bp,
    health.bp,
)
