"""Reads of policies: history, preview of a version, other priorities, and recomputing what was kept."""

from datetime import timedelta

import pytest

from matching.vocabulary import Criterion, Verdict
from referral.actions import policies as actions
from referral.errors import NotPermitted, RecordNotFound
from referral.formats.kept_rankings import kept_student
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries import policies as queries
from referral.queries.policy_previews import preview
from referral.queries.priorities import tried
from referral.queries.rankings import result_of
from referral.queries.recomputing import verified
from referral.rules.permissions import COMMAND
from referral.rules.policies import Emphasis, PolicyState
from referral.rules.verification import Verification, verification
from tests.policies import a_version, an_approved_version
from tests.programs import TODAY
from tests.rankings import a_ranking, staff_of
from tests.students import district_of

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def staff(database):
    return staff_of()


def test_the_history_tells_the_state_of_every_version(staff):
    _, director = staff
    an_approved_version(director)
    an_approved_version(director, cost_delta=5, today=TODAY + timedelta(1), wished_from=TODAY + timedelta(1))
    actions.withdraw(director, a_version(director, cost_delta=7).ref)
    a_version(director, cost_delta=8)
    district = db.session.get_one(Organisation, district_of(director))

    found = queries.history(director, district, TODAY + timedelta(1))

    assert [line.state for line in found.lines] == [
        PolicyState.PROPOSED,
        PolicyState.WITHDRAWN,
        PolicyState.APPROVED,
        PolicyState.SUPERSEDED,
    ]
    assert [line.in_force for line in found.lines] == [False, False, True, False]
    assert found.policy.cost_delta == 5


def test_a_coordinator_reads_and_a_stranger_finds_nothing(staff):
    coordinator, director = staff
    row = a_version(director)
    stranger, _ = staff_of()

    assert queries.get(coordinator, row.ref) is row
    assert list(queries.every_version(COMMAND)) == [row.district]
    with pytest.raises(RecordNotFound):
        queries.get(stranger, row.ref)
    with pytest.raises(NotPermitted):
        queries.history(stranger, row.district, TODAY)


def test_a_base_that_was_overtaken_still_tells_what_a_version_changed(staff):
    _, director = staff
    an_approved_version(director)
    row = a_version(director, cost_delta=5)

    rows = queries.approved(row.district_id)

    assert (queries.base_of(row, rows).cost_delta, queries.policy_of(row, rows).cost_delta) == (10, 5)
    assert queries.current(director, row.district_id, TODAY, with_examples=True).transport is not None


def test_the_directors_of_a_district_are_those_who_are_active(staff):
    _, director = staff

    assert [user.id for user in queries.directors(director, district_of(director))] == [director.user_id]


def test_a_preview_counts_what_a_threshold_would_change(staff):
    coordinator, director = staff
    kept = a_ranking(coordinator)
    row = a_version(director, age_limit_months=24)

    found = preview(director, row)

    assert (found.students, found.looked_at, [line.student for line in found.touched]) == (
        1,
        1,
        [kept.student.ref],
    )
    assert found.verdicts(Verdict.NOT_ELIGIBLE) == (1, 3)
    assert found.total(lambda change: change.verdicts_changed) == 2
    assert not found.weights_only


def test_a_preview_of_weights_alone_changes_no_verdict_and_no_tier(staff):
    coordinator, director = staff
    a_ranking(coordinator)

    found = preview(director, a_version(director, weights={"services": 420, "ride": 707}))

    assert found.weights_only
    assert found.total(lambda change: change.verdicts_changed + change.tiers_changed) == 0


def test_a_preview_looks_at_the_latest_ranking_of_each_student_of_the_district_only(staff):
    coordinator, director = staff
    a_ranking(coordinator)
    a_ranking()
    archived = a_ranking(coordinator)
    archived.student.archived = True
    db.session.flush()

    assert preview(director, a_version(director)).students == 1


def test_a_preview_stops_when_its_time_is_up_and_says_so(staff):
    coordinator, director = staff
    a_ranking(coordinator)

    found = preview(director, a_version(director), seconds=-1.0)

    assert (found.students, found.looked_at, found.touched) == (1, 0, ())


def test_the_profile_of_a_kept_ranking_is_read_without_its_options(staff):
    row = a_ranking(staff[0])

    assert kept_student(row.result) == result_of(row).student


def test_the_policys_own_priorities_give_the_kept_order(staff):
    coordinator, _ = staff
    row = a_ranking(coordinator)

    found = tried(coordinator, row, {})

    assert (found.differ, found.as_kept, found.change.moves) == (False, True, ())
    assert found.change.kept == found.change.ranked == 2


def test_other_priorities_move_programs_inside_their_group_only(staff):
    coordinator, _ = staff
    row = a_ranking(coordinator)

    found = tried(coordinator, row, {Criterion.RIDE: Emphasis.MUCH_MORE})

    assert found.differ
    assert sum(found.weights.values()) == 4096
    assert (found.change.blocks_changed, found.change.tiers_changed) == (0, 0)


def test_a_purged_ranking_has_nothing_to_try(staff):
    coordinator, _ = staff
    row = a_ranking(coordinator)
    row.result = b""

    with pytest.raises(RecordNotFound):
        tried(coordinator, row, {})


def outcomes(since=None):
    db.session.flush()
    return [one.outcome for one in verified(COMMAND, since)]


def test_a_kept_ranking_is_computed_the_same_again(staff):
    a_ranking(staff[0])

    assert outcomes() == [Verification.SAME]


def test_a_result_that_comes_out_otherwise_differs_or_is_the_engines(staff):
    ours, older = a_ranking(staff[0]), a_ranking(staff[0])
    older.engine_version = "2020.1"
    for row in (ours, older):
        row.policy = row.policy.replace('"ride":307,"start":204', '"ride":204,"start":307')

    assert outcomes() == [Verification.DIFFERS, Verification.ENGINE_CHANGED]


def test_what_cannot_be_read_any_more_differs_and_what_is_gone_is_purged(staff):
    unreadable, gone, newer = (a_ranking(staff[0]) for _ in range(3))
    unreadable.policy = "{}"
    gone.result = b""
    newer.today = TODAY + timedelta(1)

    assert outcomes()[:2] == [Verification.DIFFERS, Verification.PURGED]
    assert len(outcomes(TODAY + timedelta(1))) == 1


def test_only_the_command_recomputes_everything(staff):
    with pytest.raises(NotPermitted):
        next(verified(staff[1]))


@pytest.mark.parametrize(
    ("same", "kept_engine", "outcome"),
    [
        (True, "1", Verification.SAME),
        (False, "1", Verification.ENGINE_CHANGED),
        (False, "2", Verification.DIFFERS),
    ],
)
def test_a_difference_is_the_engines_where_another_one_ranked(same, kept_engine, outcome):
    assert verification(same=same, kept_engine=kept_engine, engine="2") is outcome
