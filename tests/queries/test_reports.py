"""What reports count: each referral once, for those who may see it, by what was told of it."""

from datetime import date

import pytest
from sqlalchemy import select

from referral.errors import NotPermitted
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Referral
from referral.queries import reports
from referral.queries.users import actor_of
from referral.rules.permissions import Role
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import Verb
from tests.factories import a_membership, a_user, an_organisation
from tests.referrals import a_cast, moved, referred

AFTER = date(2026, 12, 15)


def counts(counted):
    """The numbers that are not zero, by row and column."""
    return {
        (row, column): number
        for row, numbers in zip(counted.rows, counted.counts, strict=True)
        for column, number in zip(counted.columns, numbers, strict=True)
        if number
    }


def administrator_of(kind, **facts):
    place = an_organisation(kind, **facts)
    return actor_of(a_user(Role.COOPERATIVE_ADMINISTRATOR, at=place)), place


def test_a_period_is_the_last_twelve_whole_months():
    for today in (date(2026, 11, 1), date(2026, 11, 30)):
        assert reports.period_before(today) == reports.Period(date(2025, 11, 1), date(2026, 10, 31))
    assert reports.period_before(date(2028, 3, 1)) == reports.Period(date(2027, 3, 1), date(2028, 2, 29))


def test_each_side_counts_its_own(database):
    cast = a_cast()
    declined, waiting = referred(cast, "bridge", "harbor")
    moved(cast, declined, Verb.APPROVE, Verb.DECLINE)
    moved(cast, waiting, Verb.APPROVE)
    period = reports.period_before(date(2027, 1, 15))

    reasons, needs = reports.declined(cast.river_staff, period)
    assert counts(reasons) == {("staffing", "3-11"): 1}
    assert set(counts(needs).values()) <= {1}
    assert counts(reports.declined(cast.lake_staff, period)[0]) == {}
    assert counts(reports.declined(cast.river_staff, reports.period_before(AFTER.replace(day=1)))[0])
    assert not counts(reports.declined(cast.river_staff, reports.period_before(date(2026, 11, 30)))[0])

    courses, agencies = reports.caseload(cast.director)
    assert counts(courses) == {("declined", "3-11"): 1, ("asked", "3-11"): 1}
    assert len(counts(agencies)) == 2

    district = db.session.get_one(Organisation, declined.district_id)
    cooperative, place = administrator_of("cooperative")
    state, _ = administrator_of("state_agency", state="MA")
    other, _ = administrator_of("state_agency", state="MN")
    assert counts(reports.totals(cooperative, AFTER)) == {}
    a_membership(district, place)
    for actor in (cooperative, state, cast.director):
        assert sum(counts(reports.totals(actor, AFTER)).values()) == 2
    assert counts(reports.totals(other, AFTER)) == {}

    for read, actor in (
        (lambda actor: reports.declined(actor, period), cast.director),
        (reports.caseload, cast.coordinator),
        (reports.caseload, cast.river_staff),
        (lambda actor: reports.totals(actor, AFTER), cast.river_staff),
    ):
        with pytest.raises(NotPermitted):
            read(actor)


def test_many_referrals_are_counted_in_narrow_bands_and_a_purged_copy_without_age(database):
    cast = a_cast()
    [row] = referred(cast)
    moved(cast, row, Verb.APPROVE, Verb.DECLINE)
    like = {c.key: getattr(row, c.key) for c in Referral.__table__.columns if c.key not in ("id", "ref")}
    for _ in range(reports.FINE_FROM):
        db.session.add(Referral(**like | {"ref": make_reference(ReferenceKind.REFERRAL)}))
    db.session.flush()
    last = db.session.scalars(select(Referral).order_by(Referral.id.desc())).first()
    last.released = None
    db.session.flush()

    counted = reports.totals(cast.director, AFTER)

    assert counts(counted) == {("declined", "9-11"): reports.FINE_FROM, ("declined", "not_told"): 1}
