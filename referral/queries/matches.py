"""How many programs the answers of an intake leave, and the names by which programs are chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching import count_verdicts
from matching.vocabulary import ProgramStatus, Verdict
from referral.models.organisations import Organisation
from referral.queries import catalogues, policies, programs
from referral.queries.need_profiles import profile_in
from referral.rules.answers import Answers
from referral.rules.permissions import Actor

NO_CODE = "D-COUNT"


@dataclass(frozen=True)
class Matches:
    """Programs that run: those that still match, for certain or with a question, and those ruled out."""

    eligible: int
    to_confirm: int
    ruled_out: int

    @property
    def possible(self) -> int:
        """Programs that still match."""
        return self.eligible + self.to_confirm

    @property
    def total(self) -> int:
        """All programs that run."""
        return self.possible + self.ruled_out


def matches(
    actor: Actor, district: Organisation, answers: Answers, *, today: date, with_examples: bool = False
) -> Matches:
    """How many programs match what is answered so far."""
    catalogue = catalogues.compiled(actor, today, with_examples=with_examples)
    counted = count_verdicts(
        profile_in(district, answers, code=NO_CODE),
        catalogue,
        policies.current(actor, district.id, today, with_examples=with_examples),
        today=today,
    )
    closed = sum(program.status is ProgramStatus.CLOSED for program in catalogue.programs)
    return Matches(
        eligible=counted[Verdict.ELIGIBLE],
        to_confirm=counted[Verdict.TO_CONFIRM],
        ruled_out=max(0, counted[Verdict.NOT_ELIGIBLE] - closed),
    )


def program_names(actor: Actor) -> Mapping[str, str]:
    """Every program that may run, as "Name, Agency", by its key."""
    agencies, records = programs.records(actor)
    return {
        record.key: f"{record.name}, {agencies[record.agency].name}"
        for record in records
        if record.status is not ProgramStatus.CLOSED
    }
