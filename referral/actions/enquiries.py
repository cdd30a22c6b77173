"""What leaves with an enquiry: the copy that is kept, and the meter's reading in the audit log."""

from datetime import datetime

from referral.actions import audit
from referral.models.referrals import Referral
from referral.queries import meter
from referral.queries.students import answers_of
from referral.rules.permissions import Actor
from referral.rules.released import enquiry_facts
from referral.rules.settings import Settings


def release_enquiry(actor: Actor, row: Referral, settings: Settings, now: datetime) -> None:
    """The copy of the profile that is sent, at the smallest step that passes: the program reads nothing else.

    Where no step passes, whoever calls has made sure of a live disclosure record.
    """
    sending = meter.sending_of(
        row.student_id,
        answers_of(row.profile_version),
        row.district,
        settings,
        now,
        collaborative_id=row.collaborative_id,
    )
    view = sending.view(meter.stated_at(row.program.slug, now))
    row.released, row.sent_at = enquiry_facts(view), now
    verdict, reading = sending.verdict, sending.reading
    audit.record(
        actor,
        "referral:enquiry:measured",
        "referral",
        row.ref,
        area=verdict.step.area.value,
        ages=verdict.step.ages.value,
        expected=round(reading.expected, 1),
        at_least=reading.at_least,
        k=reading.k,
        as_identified=not verdict.passes,
        earlier_releases=sending.times_before,
    )
