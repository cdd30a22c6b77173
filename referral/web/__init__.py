"""Door 1, the pages: one blueprint per noun. Add yours to `BLUEPRINTS`."""

from referral.web import (
    health,
    help,
    home,
    intake,
    memberships,
    organisations,
    policies,
    prices,
    priorities,
    profiles,
    programs,
    rankings,
    rooms,
    seats,
    students,
    users,
)

BLUEPRINTS = (
    home.bp,
    programs.bp,
    seats.bp,
    rooms.bp,
    prices.bp,
    profiles.bp,
    users.bp,
    organisations.bp,
    memberships.bp,
    students.bp,
    intake.bp,
    rankings.bp,
    priorities.bp,
    policies.bp,
    help.bp,
    health.bp,
)
