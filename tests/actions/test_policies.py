"""Proposing, approving and withdrawing a district's policy."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from matching.vocabulary import Criterion
from referral.actions import policies, rankings
from referral.errors import InvalidInput, NotPermitted, RecordNotFound, StaleUpdate
from referral.formats.kept_rankings import unpack_policy
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries import policies as queries
from referral.queries.users import actor_of
from referral.rules.permissions import Role
from tests.factories import a_user
from tests.policies import REASON, a_proposal, a_version, an_approved_version
from tests.programs import TODAY
from tests.rankings import a_ranking, staff_of
from tests.students import district_of

pytestmark = pytest.mark.usefixtures("database")
RIDES = {"weights": {"services": 720, "ride": 407}}


@pytest.fixture
def staff(database):
    return staff_of()


@pytest.fixture
def director(staff):
    return staff[1]


def current(actor, on=TODAY):
    return queries.current(actor, district_of(actor), on)


def codes_of(refused):
    return {problem.field: problem.code for problem in refused.value.errors}


def test_a_district_without_a_version_ranks_by_the_packaged_policy(director):
    assert current(director) is queries.PACKAGED


def test_a_proposal_ranks_nothing_before_it_is_approved(director):
    a_version(director)

    assert current(director) is queries.PACKAGED


def test_an_approved_version_ranks_from_its_day_with_its_reasons(director):
    row = an_approved_version(director, wished_from=TODAY + timedelta(3), **RIDES)

    assert current(director, TODAY + timedelta(2)) is queries.PACKAGED
    policy = current(director, TODAY + timedelta(3))
    assert (policy.version, policy.author, policy.reason) == (row.version, director.name, REASON)
    assert policy.weights[Criterion.RIDE] == 407
    assert policy.choices["weights"].reason == REASON
    assert policy.choices["cost_delta"] == queries.PACKAGED.choices["cost_delta"]


def test_a_second_version_builds_on_the_first(director):
    an_approved_version(director, **RIDES)

    row = an_approved_version(director, cost_delta=5)

    policy = current(director)
    assert (row.number, policy.cost_delta, policy.weights[Criterion.RIDE]) == (2, 5, 407)


def test_a_kept_ranking_keeps_the_policy_it_was_made_under(staff):
    coordinator, director = staff
    kept = a_ranking(coordinator)

    version = an_approved_version(director).version
    later = rankings.rank_for(coordinator, kept.student.ref, today=TODAY)

    assert (kept.policy_version, later.policy_version) == ("2026.1+examples", version)
    assert (unpack_policy(kept.policy).cost_delta, unpack_policy(later.policy).cost_delta) == (20, 10)


def test_the_policy_of_one_district_does_not_rank_in_another(director):
    an_approved_version(director)
    _, elsewhere = staff_of()

    assert current(elsewhere) is queries.PACKAGED


def test_a_proposer_does_not_approve_where_there_is_a_second_director_who_may(director):
    row = a_version(director)
    district = db.session.get_one(Organisation, district_of(director))
    second = actor_of(a_user(Role.DIRECTOR, at=district))

    with pytest.raises(NotPermitted):
        policies.approve(director, row.ref, today=TODAY)
    assert policies.approve(second, row.ref, today=TODAY).in_force_from == TODAY


def test_a_disabled_director_is_no_second_director(director):
    district = db.session.get_one(Organisation, district_of(director))
    a_user(Role.DIRECTOR, at=district, active=False)

    an_approved_version(director)

    assert current(director).cost_delta == 10


def test_a_coordinator_proposes_and_approves_nothing(staff):
    coordinator, director = staff
    row = a_version(director)

    with pytest.raises(NotPermitted):
        a_version(coordinator)
    for act in (
        lambda: policies.approve(coordinator, row.ref, today=TODAY),
        lambda: policies.withdraw(coordinator, row.ref),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_another_districts_director_finds_no_version(director):
    row = a_version(director)
    _, elsewhere = staff_of()

    with pytest.raises(RecordNotFound):
        policies.approve(elsewhere, row.ref, today=TODAY)


def test_a_version_is_decided_once(director):
    row = a_version(director)
    policies.withdraw(director, row.ref)

    for decide in (
        lambda: policies.withdraw(director, row.ref),
        lambda: policies.approve(director, row.ref, today=TODAY),
    ):
        with pytest.raises(StaleUpdate):
            decide()


def test_a_proposal_overtaken_by_another_is_not_approved(director):
    first, second = a_version(director), a_version(director, cost_delta=5)
    policies.approve(director, first.ref, today=TODAY)

    with pytest.raises(StaleUpdate) as refused:
        policies.approve(director, second.ref, today=TODAY)

    assert refused.value.code == "policy_base_moved"


def test_a_day_that_passed_before_the_approval_becomes_the_day_of_approval(director):
    row = a_version(director, wished_from=TODAY)

    made = policies.approve(director, row.ref, today=TODAY + timedelta(9))

    assert made.in_force_from == TODAY + timedelta(9)


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        ({"cost_delta": 20}, {"": "policy_no_change"}),
        ({"cost_delta": -1}, {"cost_delta": "policy_number"}),
        ({"cost_delta": "many"}, {"cost_delta": "policy_number"}),
        ({"cost_deltas": 1}, {"cost_deltas": "policy_number"}),
        ({"version": "x"}, {"version": "policy_number"}),
        ({"weights": {"ride": 400}}, {"weights": "policy_number"}),
        ({"ride_full_minutes": 45}, {"ride_full_minutes": "policy_number"}),
        ({"reason": "  ", "cost_delta": 5}, {"reason": "policy_reason_missing"}),
        ({"wished_from": TODAY + timedelta(999), "cost_delta": 5}, {"wished_from": "policy_day_far"}),
    ],
)
def test_a_proposal_that_cannot_hold_is_refused_by_field(director, asked, problems):
    with pytest.raises(InvalidInput) as refused:
        a_version(director, **asked)

    assert codes_of(refused) == problems


def test_each_changed_number_needs_its_own_reason(director):
    district = db.session.get_one(Organisation, district_of(director))
    asked = a_proposal(cost_delta=5, critical_gap=3)

    with pytest.raises(InvalidInput) as refused:
        policies.propose(
            director,
            district,
            policies.Proposal(asked.reason, TODAY, asked.numbers, {"cost_delta": "Why not."}),
            today=TODAY,
        )

    assert codes_of(refused) == {"why_critical_gap": "policy_reason_missing"}


def test_every_step_is_on_record_without_a_word_of_the_reason(director):
    row = a_version(director)
    policies.approve(director, row.ref, today=TODAY)
    other = a_version(director, cost_delta=3)
    policies.withdraw(director, other.ref)
    db.session.flush()

    statement = select(AuditEvent).where(AuditEvent.subject_kind == "policy").order_by(AuditEvent.id)
    events = db.session.scalars(statement).all()
    assert [event.tag.rpartition(":")[2] for event in events] == [
        "proposed",
        "approved",
        "proposed",
        "withdrawn",
    ]
    assert events[0].facts["changed"] == ["cost_delta"]
    assert REASON not in str([event.facts for event in events])


@pytest.mark.parametrize("table", ["policy_versions", "policy_decisions"])
def test_the_database_changes_no_version_and_no_decision(director, table):
    an_approved_version(director)
    db.session.flush()

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(f"UPDATE {table} SET id = id + 1"))  # noqa: S608 - our own table
