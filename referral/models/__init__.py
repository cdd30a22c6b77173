"""Tables only, one file per noun; no decisions. Importing this package declares every table."""

from referral.models import (
    audit,
    capacity,
    notices,
    organisations,
    policies,
    programs,
    rankings,
    referrals,
    seats,
    settings,
    students,
    throttles,
    tokens,
    users,
    weight_draws,
)

__all__ = [
    "audit",
    "capacity",
    "notices",
    "organisations",
    "policies",
    "programs",
    "rankings",
    "referrals",
    "seats",
    "settings",
    "students",
    "throttles",
    "tokens",
    "users",
    "weight_draws",
]
