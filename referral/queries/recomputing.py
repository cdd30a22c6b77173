"""A kept ranking computed again from what was kept with it: the same to the last bit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError
from sqlalchemy import select

from matching import Catalogue, Draws, MatchingError, NeedProfile, rank_programs
from matching.policy import Policy
from referral.formats.kept_rankings import (
    ENGINE_VERSION,
    KeptResult,
    kept_result,
    pack,
    unpack,
    unpack_policy,
    unpack_snapshot,
)
from referral.models.base import db
from referral.models.rankings import DirectorySnapshot, Ranking
from referral.queries import weight_draws
from referral.queries.catalog import catalog_of, keep
from referral.queries.rankings import result_of
from referral.rules.permissions import Actor, Permission, check
from referral.rules.rankings import FULL_OPTIONS
from referral.rules.verification import Verification, verification

BATCH_ROWS = 50
_catalogues: dict[tuple[str, date, bool], Catalogue] = {}


@dataclass(frozen=True)
class Verified:
    """One kept ranking, computed again."""

    ref: str
    made_on: date
    engine_version: str
    policy_version: str
    outcome: Verification


@dataclass(frozen=True)
class KeptInputs:
    """Everything that went into a kept ranking."""

    student: NeedProfile
    catalogue: Catalogue
    policy: Policy
    seed: str
    today: date
    draws: Draws | None


def kept_inputs(actor: Actor, row: Ranking) -> KeptInputs:
    """What a ranking was made from."""
    check(actor, Permission.RANKING_READ, row.student.district_id)
    return _inputs(row, result_of(row).student)


def _inputs(row: Ranking, student: NeedProfile) -> KeptInputs:
    draws = None if row.draws_digest is None else weight_draws.kept(row.draws_digest)
    return KeptInputs(student, catalogue_of(row), unpack_policy(row.policy), row.seed, row.today, draws)


def catalogue_of(row: Ranking) -> Catalogue:
    """The directory a ranking was made from, compiled; a few are kept in this process."""
    key = (row.snapshot_digest, row.today, row.with_examples)
    if key not in _catalogues:
        content = db.session.scalars(
            select(DirectorySnapshot.content).where(DirectorySnapshot.digest == row.snapshot_digest)
        ).one()
        catalog = catalog_of(unpack_snapshot(content), today=row.today, with_examples=row.with_examples)
        keep(_catalogues, key, Catalogue.compile(catalog.profiles))
    return _catalogues[key]


def computed_again(actor: Actor, row: Ranking) -> KeptResult:
    """What the profile, policy, directory, seed and day of a ranking give now, as it would be kept."""
    return _computed(kept_inputs(actor, row))


def _computed(inputs: KeptInputs) -> KeptResult:
    student, catalogue = inputs.student, inputs.catalogue
    ranking = rank_programs(
        student,
        catalogue,
        inputs.policy,
        seed=inputs.seed,
        today=inputs.today,
        draws=inputs.draws,
        confidence_top=FULL_OPTIONS,
    )
    return unpack(pack(kept_result(student, ranking, catalogue)))


def is_purged(row: Ranking) -> bool:
    """Whether the content of a ranking, or of the profile it was made for, is no longer there."""
    return not row.result or row.profile_version is None


def verified(actor: Actor, since: date | None = None) -> Iterator[Verified]:
    """Every kept ranking computed again, oldest first; those made from a day on where one is given."""
    check(actor, Permission.RANKINGS_VERIFY)
    last = 0
    while rows := _rows_after(last, since):
        for row in rows:
            yield Verified(row.ref, row.today, row.engine_version, row.policy_version, _outcome(row))
        last = rows[-1].id
        db.session.expunge_all()


def _rows_after(last: int, since: date | None) -> list[Ranking]:
    statement = select(Ranking).where(Ranking.id > last).order_by(Ranking.id).limit(BATCH_ROWS)
    if since is not None:
        statement = statement.where(Ranking.today >= since)
    return [*db.session.scalars(statement)]


def _outcome(row: Ranking) -> Verification:
    if is_purged(row):
        return Verification.PURGED
    return verification(same=_is_same(row), kept_engine=row.engine_version, engine=ENGINE_VERSION)


def _is_same(row: Ranking) -> bool:
    """Whether what was kept can be read and is computed again to the last bit."""
    try:
        kept = unpack(row.result)
        return _computed(_inputs(row, kept.student)) == kept
    except (ValidationError, MatchingError):
        return False
