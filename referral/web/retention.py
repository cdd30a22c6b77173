"""Retention for the administrator: the schedule, the certificates of purges, and how many holds stand."""

from flask import Blueprint, render_template

from referral.formats.retention_yaml import packaged
from referral.queries import certificates, holds
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.wording.counts import counted
from referral.wording.retention import PURGED_KINDS, RULES, days_words

bp = Blueprint("retention", __name__)


@bp.get("/retention")
@requires(Permission.RETENTION_READ)
def index() -> str:
    """How long each thing is kept, and what was purged."""
    actor, schedule = current_actor(), packaged()
    return render_template(
        "retention/index.html",
        version=schedule.version,
        checked_on=schedule.checked_on,
        rules=[
            {"label": RULES[name.value], "kept": days_words(rule.days), "rule": rule}
            for name, rule in schedule.rules.items()
        ],
        holds=holds.count_standing(actor),
        certificates=[
            {"row": row, "words": counts_words(row.counts)} for row in certificates.listed(actor)[:100]
        ],
    )


def counts_words(counts: dict[str, int]) -> str:
    """How much was purged: "2 referrals, 1 student"."""
    return ", ".join(counted(number, PURGED_KINDS[kind]) for kind, number in counts.items())
