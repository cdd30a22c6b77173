"""A kept ranking computed again from what was kept with it: the same to the last bit."""

from sqlalchemy import select

from matching import rank_programs
from referral.formats.kept_rankings import KeptResult, kept_result, unpack_policy, unpack_snapshot
from referral.models.base import db
from referral.models.rankings import DirectorySnapshot, Ranking
from referral.queries.catalog import catalog_of
from referral.queries.rankings import result_of
from referral.rules.permissions import Actor, Permission, check


def computed_again(actor: Actor, row: Ranking) -> KeptResult:
    """What the profile, policy, directory, seed and day of a ranking give now."""
    check(actor, Permission.RANKING_READ, row.student.district_id)
    content = db.session.scalars(
        select(DirectorySnapshot.content).where(DirectorySnapshot.digest == row.snapshot_digest)
    ).one()
    catalog = catalog_of(unpack_snapshot(content), today=row.today, with_examples=row.with_examples)
    student = result_of(row).student
    policy = unpack_policy(row.policy)
    ranking = rank_programs(student, catalog.profiles, policy, seed=row.seed, today=row.today)
    return kept_result(student, ranking, catalog.profiles)
