"""A document in a packet that a program reads, and a student under a legal hold."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import select

from referral.actions import documents, holds
from referral.formats.sealed_files import SealedFolder
from referral.models.base import db, utc_now
from referral.models.referrals import Referral
from referral.queries.users import actor_of, demo_user
from referral.rules.documents import DocumentKind
from referral.rules.permissions import Actor, Assignment, Role
from referral.rules.retention import HoldReason
from tests.documents import PDF, PNG


def packet_scenes(names: Mapping[str, str], revised: str) -> None:
    """Make them."""
    settings = current_app.config["SETTINGS"]
    folder = SealedFolder.of_instance(settings.instance, settings.secret)
    row = db.session.scalars(select(Referral).where(Referral.ref == names["visit_answer"])).one()
    district = Actor(0, "The district", (Assignment(Role.COORDINATOR, row.district_id),))
    documents.add(district, folder, row.ref, DocumentKind.IEP, PDF)
    documents.add(district, folder, row.ref, DocumentKind.EVALUATION, PNG)
    holds.set_hold(actor_of(demo_user(Role.DIRECTOR)), revised, HoldReason.HEARING, now=utc_now())
