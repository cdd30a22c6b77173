"""What every page's layout needs: where the actor can go, who that is, and whether this is the demo."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask.globals import request_ctx

from referral.config import LINK_LIMIT, VERSION
from referral.rules.permissions import Permission, may
from referral.web.access import current_actor


@dataclass(frozen=True)
class Place:
    """An entry of the navigation, shown to those who hold the permission once its page exists."""

    label: str
    endpoint: str
    permission: Permission
    also: frozenset[str] = frozenset()  # further blueprints whose pages belong here


PLACES = (
    Place("Home", "home.index", Permission.SIGNED_IN),
    Place("Programs", "programs.index", Permission.DIRECTORY_READ),
    Place(
        "Students",
        "students.index",
        Permission.STUDENT_READ,
        frozenset({"intake", "disclosures", "student_access", "student_timeline", "holds", "identities"}),
    ),
    Place("Rankings", "rankings.index", Permission.RANKING_READ, frozenset({"priorities", "referring"})),
    Place("Referrals", "referrals.index", Permission.REFERRAL_WRITE, frozenset({"approvals", "documents"})),
    Place("Inbox", "inbox.index", Permission.REFERRAL_ANSWER, frozenset({"referrals", "documents"})),
    Place("Capacity", "capacity.index", Permission.CAPACITY_READ),
    Place("Policy", "policies.index", Permission.POLICY_READ),
    Place("Caseload", "reports.caseload", Permission.CASELOAD_READ),
    Place("Unmet needs", "reports.needs", Permission.NEEDS_REPORT_READ),
    Place("Totals", "reports.totals", Permission.AGGREGATES_READ),
    Place("My programs", "seats.mine", Permission.SEATS_UPDATE),
    Place(
        "Organizations", "organisations.index", Permission.ORGANISATIONS_MANAGE, frozenset({"memberships"})
    ),
    Place("Users", "users.index", Permission.USERS_MANAGE),
    Place("Retention", "retention.index", Permission.RETENTION_READ),
    Place("Mails", "mails.index", Permission.USERS_MANAGE),
    Place("Audit log", "audit.index", Permission.AUDIT_READ),
    Place("Settings", "settings.index", Permission.SETTINGS_EDIT, frozenset({"tokens"})),
    Place("Help", "help.index", Permission.SIGNED_IN),
)


def install(app: Flask) -> None:
    """Give every template its layout's variables."""
    app.context_processor(layout_variables)


def layout_variables() -> dict[str, Any]:
    """Navigation, the actor's name, and whether this is the demo; nothing for a host that is not ours."""
    if not request_ctx.url_adapter:
        return {}
    actor = current_actor()
    return {
        "navigation": [
            {"label": place.label, "url": url_for(place.endpoint), "current": is_current(place)}
            for place in PLACES
            if place.endpoint in current_app.view_functions and may(actor, place.permission)
        ],
        "current_actor_name": actor.name if actor.user_id else None,
        "demo_mode": current_app.config["SETTINGS"].demo,
        "app_version": VERSION,
        "link_days": LINK_LIMIT.days,
    }


def is_current(place: Place) -> bool:
    """Whether the page shown is this place, or belongs to it and is not a place of its own."""
    if request.endpoint in {other.endpoint for other in PLACES}:
        return request.endpoint == place.endpoint
    blueprint = place.endpoint.partition(".")[0]
    return request.blueprint in {blueprint, *place.also}
