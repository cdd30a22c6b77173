"""What is done to rankings: make one, note on it, put a program at another place and take that back."""

from datetime import date

from sqlalchemy import bindparam, exists, select

from matching import rank_programs
from matching.vocabulary import Verdict
from referral.actions import audit
from referral.actions.once import add_once
from referral.actions.weight_draws import keep_draws
from referral.errors import RecordNotFound
from referral.formats.kept_rankings import (
    ENGINE_VERSION,
    KeptResult,
    kept_result,
    pack,
    pack_policy,
)
from referral.models.base import db, utc_now
from referral.models.rankings import DirectorySnapshot, Ranking, RankingNote, RankingOverride
from referral.queries import catalogues, policies, students
from referral.queries import rankings as queries
from referral.queries.catalogues import Snapshot
from referral.queries.need_profiles import profile_of
from referral.rules.note_identity import UNKNOWN, KnownIdentity, check_names_nobody
from referral.rules.permissions import Actor, Permission, check
from referral.rules.rankings import FULL_OPTIONS, check_note, check_override, plain_text
from referral.rules.references import ReferenceKind, make_reference


def rank_for(actor: Actor, student_ref: str, *, today: date, with_examples: bool = False) -> Ranking:
    """A new ranking for the student's latest profile, kept as shown."""
    student, version = students.latest(actor, student_ref)
    check(actor, Permission.RANKING_MAKE, student.district_id)
    profile = profile_of(student, version)
    policy = policies.current(actor, student.district_id, today, with_examples=with_examples)
    catalogue, snapshot = catalogues.with_snapshot(actor, today, with_examples=with_examples)
    draws_digest, draws = keep_draws(policy)
    ranking = rank_programs(
        profile,
        catalogue,
        policy,
        seed=student.ref,
        today=today,
        draws=draws,
        confidence_top=FULL_OPTIONS,
    )
    result = kept_result(profile, ranking, catalogue)
    kept = Ranking(
        ref=make_reference(ReferenceKind.RANKING),
        student_id=student.id,
        profile_version_id=version.id,
        made_by_id=actor.user_id or None,
        today=today,
        seed=student.ref,
        engine_version=ENGINE_VERSION,
        policy_version=policy.version,
        policy=pack_policy(policy),
        snapshot_digest=_kept_snapshot(snapshot),
        draws_digest=draws_digest,
        with_examples=with_examples,
        **_summary(result),
    )
    db.session.add(kept)
    db.session.flush()
    audit.record(
        actor,
        "ranking:record:made",
        "ranking",
        kept.ref,
        student=student.ref,
        profile_version=version.number,
        policy=policy.version,
    )
    return kept


def _summary(result: KeptResult) -> dict[str, object]:
    verdicts = result.ranking.verdicts
    first = next((option for option in result.ranking.options if option.rank == 1), None)
    return {
        "rests_on_examples": result.ranking.rests_on_examples,
        "eligible": verdicts.get(Verdict.ELIGIBLE, 0),
        "to_confirm": verdicts.get(Verdict.TO_CONFIRM, 0),
        "ruled_out": verdicts.get(Verdict.NOT_ELIGIBLE, 0),
        "first_name": result.programs[first.program_key].name if first else None,
        "result": pack(result),
    }


def _kept_snapshot(snapshot: Snapshot) -> str:
    """The digest of the directory's records, stored unless an earlier ranking did so."""
    if not db.session.scalar(_IS_KEPT, {"digest": snapshot.digest}):
        add_once(DirectorySnapshot, digest=snapshot.digest, content=snapshot.content)
    return snapshot.digest


_IS_KEPT = select(exists().where(DirectorySnapshot.digest == bindparam("digest")))


def note(actor: Actor, ref: str, text: str, *, known: KnownIdentity = UNKNOWN) -> RankingNote:
    """A director's note on a ranking; ``known`` is what the vault knows of the student, and is not in it."""
    row = queries.get(actor, ref)
    check(actor, Permission.RANKING_OVERRIDE, row.student.district_id)
    text = check_note(text)
    check_names_nobody(text, known, field="text")
    made = RankingNote(ranking_id=row.id, author_id=actor.user_id or None, text=text)
    db.session.add(made)
    audit.record(actor, "ranking:note:added", "ranking", row.ref, length=len(made.text))
    return made


def override(
    actor: Actor,
    ref: str,
    *,
    program_key: str,
    place: int,
    reason: str,
    note_text: str = "",
    known: KnownIdentity = UNKNOWN,
) -> RankingOverride:
    """A program put at another place by the director, with the reason; the tool's order stays on record."""
    row = queries.get(actor, ref)
    check(actor, Permission.RANKING_OVERRIDE, row.student.district_id)
    note_text = plain_text(note_text)
    check_names_nobody(note_text, known)
    earlier = queries.overrides(row)
    shown = queries.result_of(row)
    chosen = check_override(
        program_key,
        place,
        reason,
        note_text,
        ranked=[option.program_key for option in shown.ranking.ranked],
        moved=[one.program_key for one in earlier if one.withdrawn_at is None],
    )
    made = RankingOverride(
        ranking_id=row.id,
        number=len(earlier) + 1,
        program_key=program_key,
        place=place,
        reason=chosen.value,
        note=note_text,
        made_by_id=actor.user_id or None,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(
        actor,
        "ranking:order:overridden",
        "ranking",
        row.ref,
        program=program_key,
        place=place,
        reason=chosen.value,
    )
    return made


def withdraw_override(actor: Actor, ref: str, number: int) -> RankingOverride:
    """An override taken back; both stay on record.

    Raises
    ------
    RecordNotFound : there is no standing override of this number.
    """
    row = queries.get(actor, ref)
    check(actor, Permission.RANKING_OVERRIDE, row.student.district_id)
    for one in queries.overrides(row):
        if one.number == number and one.withdrawn_at is None:
            one.withdrawn_at, one.withdrawn_by_id = utc_now(), actor.user_id or None
            audit.record(
                actor, "ranking:order:restored", "ranking", row.ref, program=one.program_key, number=number
            )
            return one
    raise RecordNotFound(kind="override")


def order_by_value(actor: Actor, ref: str) -> Ranking:
    """The ranking, after a line on record that this user looked at it by value, setting as a column."""
    row = queries.get(actor, ref)
    audit.record(actor, queries.BY_VALUE_TAG, "ranking", row.ref)
    return row
