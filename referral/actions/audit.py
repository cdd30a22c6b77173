"""Audit lines, written in the same transaction as the change they tell of."""

from typing import Any

from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.rules.audit import checked_facts, checked_tag
from referral.rules.permissions import Actor


def record(actor: Actor, tag: str, subject_kind: str, subject_ref: str, **facts: Any) -> None:
    """Add an append-only line to the current transaction; facts are codes and numbers only.

    Raises
    ------
    UnsafeFact : a malformed tag, or a fact with the look of free text.
    """
    door = "command" if actor.is_command else actor.door
    if door is not None:
        facts["door"] = door
    db.session.add(
        AuditEvent(
            actor_user_id=actor.user_id or None,
            tag=checked_tag(tag),
            subject_kind=subject_kind,
            subject_ref=subject_ref,
            facts=checked_facts(facts),
        )
    )
