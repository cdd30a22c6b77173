"""Names in the demo's vault: one district keeps them, the others keep paper; they name nobody."""

from datetime import date

from sqlalchemy import select

from referral.actions import identities
from referral.actions.demo import coordinator_of
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries.users import actor_of, demo_user
from referral.queries.vault import state_of
from referral.rules.identities import Identity, VaultState
from referral.rules.permissions import Permission, Role, places

DISTRICT = "Lexington"


def name_students(vault: Vault, *, today: date) -> int:
    """Give the students of one district names that say they are none; again, or without a vault, nobody."""
    director = actor_of(demo_user(Role.DIRECTOR))
    [district_id] = places(director, Permission.IDENTITY_KEEP)
    if state_of(vault, district_id) is not VaultState.NOT_KEPT:
        return 0
    identities.keep_names(director, vault, db.session.get_one(Organisation, district_id))
    refs = db.session.scalars(
        select(Student.ref).where(Student.district_id == district_id).order_by(Student.id)
    ).all()
    for number, ref in enumerate(refs, start=1):
        identity = Identity(name=f"Demo Student {number}", parents=f"Parent of Demo Student {number}")
        identities.save(coordinator_of(DISTRICT), vault, ref, identity, seen_number=0, today=today)
    return len(refs)
