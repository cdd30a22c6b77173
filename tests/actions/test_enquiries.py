"""What leaves with an enquiry: the smallest step that passes, else nothing without a record."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from referral.actions import disclosures
from referral.actions import settings as settings_actions
from referral.actions.referrals import MoveRefused
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.referrals import Disclosure
from referral.queries import meter
from referral.queries import settings as settings_queries
from referral.queries.students import answers_of
from referral.rules.areas import AreaCounts
from referral.rules.disclosure import NOTHING
from referral.rules.meter import Area
from referral.rules.referrals import State, Verb
from referral.rules.settings import Approval
from tests.referrals import CONSENT, NOW, a_cast, moved, referred

pytestmark = pytest.mark.usefixtures("database")
REGION = AreaCounts("Merrimack Valley", 11_500, 520, 2025, "State profiles, 2025")


def setting(cast, **changes):
    """The district's settings, changed by its director."""
    place = cast.student.district
    now, version = settings_queries.settings_of(place), settings_queries.version_of(place)
    settings_actions.save(cast.director, place.slug, replace(now, **changes), version_seen=version)


def without_record(cast):
    """The consent on file is revoked."""
    for record in db.session.scalars(select(Disclosure).where(Disclosure.revoked_on.is_(None))):
        disclosures.revoke(cast.coordinator, record.ref, today=NOW.date())


def measured():
    """The facts of every reading in the log."""
    tag = AuditEvent.tag == "referral:enquiry:measured"
    return [row.facts for row in db.session.scalars(select(AuditEvent).where(tag).order_by(AuditEvent.id))]


def refusal(act):
    with pytest.raises(MoveRefused) as refused:
        act()
    return refused.value.code


def test_an_enquiry_names_the_region_where_it_passes_and_a_second_counts_the_first():
    cast = a_cast()
    without_record(cast)
    setting(cast, areas=REGION)
    first, second = referred(cast, "bridge", "harbor")
    moved(cast, first, Verb.APPROVE)

    assert (first.released["area"], first.released["age_band"]) == ("Merrimack Valley", "9-11")
    setting(cast, areas=replace(REGION, region_children=1_000))
    later = NOW + timedelta(days=500)

    def sending():
        student, answers = cast.student, answers_of(second.profile_version)
        return meter.sending_of(
            student.id, answers, student.district, settings_queries.settings_of(student.district), later
        )

    assert sending().times_before == 1
    assert (sending().reading.released.area, sending().reading.released.first_year) == (Area.REGION, 10)
    moved(cast, second, Verb.APPROVE)
    assert second.released["area"] == "Merrimack Valley"
    assert [(facts["area"], facts["as_identified"], facts["earlier_releases"]) for facts in measured()] == [
        ("region", False, 0),
        ("region", False, 1),
    ]
    assert all(facts["at_least"] >= facts["k"] == 10 for facts in measured())


def test_a_student_whom_too_few_share_is_sent_only_under_a_live_record():
    cast = a_cast(primary_category="deafblind")
    without_record(cast)
    setting(cast, areas=AreaCounts(k=200))
    first, second = referred(cast, "bridge", "harbor", submit=False)
    moved(cast, first, Verb.SUBMIT)

    assert refusal(lambda: moved(cast, first, Verb.APPROVE)) == "identifiable_needs_disclosure"
    setting(cast, approval=Approval.OFF)
    assert refusal(lambda: moved(cast, second, Verb.SUBMIT)) == "identifiable_needs_disclosure"
    assert (first.released, second.state, measured()) == (None, State.DRAFT.value, [])

    disclosures.record(cast.coordinator, cast.student.ref, CONSENT, today=NOW.date())
    moved(cast, second, Verb.SUBMIT)

    assert second.state == State.ENQUIRY_SENT.value
    assert (second.released["area"], second.released["age_band"]) == ("Massachusetts", "9-11")
    assert [facts["as_identified"] for facts in measured()] == [True]


def test_staff_who_hold_a_packet_can_put_a_further_enquiry_beside_it():
    cast = a_cast()
    first, second = referred(cast, "bridge", "harbor")
    moved(cast, first, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
    place, answers = cast.student.district, answers_of(first.profile_version)
    settings = settings_queries.settings_of(place)

    def passes(collaborative_id):
        found = meter.sending_of(
            cast.student.id, answers, place, settings, NOW, collaborative_id=collaborative_id
        )
        return found.verdict.passes

    assert passes(second.collaborative_id)
    assert not passes(first.collaborative_id)


def test_a_program_receives_only_the_support_it_states_something_about():
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE)

    stated = meter.stated_at("bridge", NOW)
    assert set(row.released["support"]) == {one.value for one in stated.dimensions}
    assert meter.stated_at("nowhere", NOW) == NOTHING
