"""From a ranking to referrals: programs chosen, phrases said, submitted; and approval of several at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from matching.vocabulary import ProgramStatus, Verdict
from referral.actions import audit, referrals
from referral.errors import FieldProblem, InvalidInput
from referral.models.base import db
from referral.models.programs import Program
from referral.models.rankings import Ranking
from referral.models.referrals import Referral
from referral.queries import rankings as ranking_queries
from referral.queries import referrals as queries
from referral.rules.permissions import Actor, Permission, check
from referral.rules.rankings import OverrideReason
from referral.rules.references import ReferenceKind, make_reference
from referral.rules.referrals import ENDED, Verb
from referral.rules.terms import Phrase

PROGRAMS_AT_ONCE = 12


@dataclass(frozen=True)
class Chosen:
    """A program chosen from a ranking, what is said to it, and why although it is ruled out."""

    slug: str
    phrases: tuple[str, ...] = ()
    override_reason: str | None = None


def refer(
    actor: Actor,
    ranking_ref: str,
    chosen: Sequence[Chosen],
    *,
    submit: bool,
    now: datetime,
    form_key: str | None = None,
) -> list[Referral]:
    """Referrals of the ranking's student to these programs, all or none, submitted if so wished.

    The same form sent twice refers once.

    Raises
    ------
    RecordNotFound, NotPermitted
    InvalidInput : none chosen, a program closed or already referred to, one ruled out without a reason.
    MoveRefused : more live referrals than the district allows.
    """
    ranking = ranking_queries.get(actor, ranking_ref)
    check(actor, Permission.REFERRAL_WRITE, ranking.student.district_id)
    queries.lock_student(ranking.student_id)
    sent = [] if form_key is None else queries.submitted_with(ranking.student, form_key)
    if sent:
        return list(sent)
    with db.session.begin_nested():
        made = _drafts(actor, ranking, chosen)
        if submit:
            for row in made:
                key = None if form_key is None else f"{form_key}:{row.program.slug}"
                referrals.move(actor, row.ref, Verb.SUBMIT, referrals.Said(form_key=key), now=now)
    return made


def move_many(actor: Actor, refs: Iterable[str], verb: Verb, *, now: datetime) -> list[Referral]:
    """The same move of several referrals, all or none."""
    with db.session.begin_nested():
        return [referrals.move(actor, ref, verb, now=now) for ref in sorted(set(refs))]


def _drafts(actor: Actor, ranking: Ranking, chosen: Sequence[Chosen]) -> list[Referral]:
    if not 1 <= len(chosen) <= PROGRAMS_AT_ONCE:
        raise InvalidInput([FieldProblem("programs", "programs_to_refer", {"most": PROGRAMS_AT_ONCE})])
    programs = {
        row.slug: row
        for row in db.session.scalars(select(Program).where(Program.slug.in_([one.slug for one in chosen])))
    }
    problems = [problem for one in chosen for problem in _problems(one, ranking, programs.get(one.slug))]
    if problems:
        raise InvalidInput(problems)
    return [_draft(actor, ranking, one, programs[one.slug]) for one in chosen]


def _problems(one: Chosen, ranking: Ranking, program: Program | None) -> Iterable[FieldProblem]:
    shown = ranking_queries.result_of(ranking)
    option = next((o for o in shown.ranking.options if o.program_key == one.slug), None)
    if program is None or option is None or program.status == ProgramStatus.CLOSED.value:
        yield FieldProblem("programs", "program_not_open", {"program": one.slug})
        return
    facts = {"program": program.name}
    if option.verdict is Verdict.NOT_ELIGIBLE and one.override_reason is None:
        yield FieldProblem(f"override_reason-{one.slug}", "ruled_out_needs_reason", facts)
    if one.override_reason not in {None, *(reason.value for reason in OverrideReason)}:
        yield FieldProblem(f"override_reason-{one.slug}", "choose_one")
    if not set(one.phrases) <= {phrase.value for phrase in Phrase}:
        yield FieldProblem(f"phrases-{one.slug}", "choose_some")
    live = select(Referral.id).where(
        Referral.student_id == ranking.student_id,
        Referral.program_id == program.id,
        Referral.state.not_in([state.value for state in ENDED]),
    )
    if db.session.scalar(live) is not None:
        yield FieldProblem("programs", "already_referred", facts)


def _draft(actor: Actor, ranking: Ranking, one: Chosen, program: Program) -> Referral:
    shown = ranking_queries.result_of(ranking)
    row = Referral(
        ref=make_reference(ReferenceKind.REFERRAL),
        student_id=ranking.student_id,
        program=program,
        district_id=ranking.student.district_id,
        collaborative_id=program.organisation_id,
        profile_version_id=ranking.profile_version_id,
        ranking_id=ranking.id,
        rank=shown.ranking.option(one.slug).rank,
        override_reason=one.override_reason,
        phrases=list(one.phrases),
        created_by_id=actor.user_id or None,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor,
        "referral:record:made",
        "referral",
        row.ref,
        student=ranking.student.ref,
        program=program.slug,
        ranking=ranking.ref,
        override_reason=one.override_reason,
    )
    return row
