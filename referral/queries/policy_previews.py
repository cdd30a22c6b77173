"""What a proposed policy would move: the district's latest rankings computed under both, nothing saved."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from matching.placing import Placed, placed_programs
from matching.policy import Policy
from matching.vocabulary import Verdict
from referral.formats.kept_rankings import kept_student
from referral.models.base import db
from referral.models.policies import PolicyVersion
from referral.models.rankings import Ranking
from referral.models.students import Student
from referral.queries import policies
from referral.queries.rankings import visible
from referral.queries.recomputing import catalogue_of, is_purged
from referral.rules.order_changes import OrderChange, order_change
from referral.rules.permissions import Actor, Permission, check

MOST_STUDENTS = 200
SECONDS = 4.0


@dataclass(frozen=True)
class StudentPreview:
    """What would change for one student, against the inputs of the latest ranking."""

    student: str
    ranking: str
    change: OrderChange


@dataclass(frozen=True)
class Preview:
    """What a version would change for the students of its district that could be looked at in time."""

    students: int
    looked_at: int
    lines: tuple[StudentPreview, ...]
    weights_only: bool

    @property
    def touched(self) -> tuple[StudentPreview, ...]:
        """Students for whom anything moves in the first ten, or a verdict or fit changes."""
        return tuple(
            line
            for line in self.lines
            if line.change.top_moves or line.change.verdicts_changed or line.change.blocks_changed
        )

    def total(self, count: Callable[[OrderChange], int]) -> int:
        """A count of changes over all students that were looked at."""
        return sum(count(line.change) for line in self.lines)

    def verdicts(self, verdict: Verdict) -> tuple[int, int]:
        """How many programs have a verdict, over all students, before and after."""
        return (
            self.total(lambda change: change.verdicts_before[verdict]),
            self.total(lambda change: change.verdicts_after[verdict]),
        )


def preview(actor: Actor, row: PolicyVersion, *, seconds: float = SECONDS) -> Preview:
    """What the version would move against its base, within a time."""
    check(actor, Permission.POLICY_READ, row.district_id)
    earlier = policies.approved(row.district_id)
    before, after = policies.base_of(row, earlier), policies.policy_of(row, earlier)
    rows = _latest_rankings(actor, row.district_id)
    deadline = time.monotonic() + seconds
    lines = []
    for ranking in rows[:MOST_STUDENTS]:
        if time.monotonic() > deadline:
            break
        lines.append(_previewed(ranking, before, after))
    return Preview(len(rows), len(lines), tuple(lines), weights_only=set(row.changes) == {"weights"})


def _previewed(ranking: Ranking, before: Policy, after: Policy) -> StudentPreview:
    old, new = _placed(ranking, before), _placed(ranking, after)
    return StudentPreview(ranking.student.ref, ranking.ref, order_change(old, new))


def _placed(ranking: Ranking, policy: Policy) -> tuple[Placed, ...]:
    return placed_programs(
        kept_student(ranking.result),
        catalogue_of(ranking),
        policies.priced(policy, with_examples=ranking.with_examples),
        seed=ranking.seed,
        today=ranking.today,
    )


def _latest_rankings(actor: Actor, district_id: int) -> Sequence[Ranking]:
    """The latest ranking of each student who is not archived and whose content is there, latest first."""
    latest = select(func.max(Ranking.id)).group_by(Ranking.student_id)
    rows = db.session.scalars(
        visible(actor)
        .where(Student.district_id == district_id, ~Student.archived, Ranking.id.in_(latest))
        .options(contains_eager(Ranking.student), joinedload(Ranking.profile_version))
        .order_by(Ranking.made_at.desc(), Ranking.id.desc())
    ).all()
    return [row for row in rows if not is_purged(row)]
