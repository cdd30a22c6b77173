"""Tables only, one file per noun; no decisions. Importing this package declares every table."""

from referral.models import (
    audit,
    organisations,
    policies,
    programs,
    rankings,
    seats,
    students,
    users,
    weight_draws,
)

__all__ = [
    "audit",
    "organisations",
    "policies",
    "programs",
    "rankings",
    "seats",
    "students",
    "users",
    "weight_draws",
]
