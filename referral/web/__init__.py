"""Door 1, the pages: one blueprint per noun. Add yours to `BLUEPRINTS`."""

from referral.web import health, help, home, intake, memberships, organisations, rankings, students, users

BLUEPRINTS = (
    home.bp,
    users.bp,
    organisations.bp,
    memberships.bp,
    students.bp,
    intake.bp,
    rankings.bp,
    help.bp,
    health.bp,
)
