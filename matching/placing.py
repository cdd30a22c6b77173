"""Where each program stands, without its reasons: what comparing two policies or two weightings needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from matching import order
from matching.catalogue import Catalogue
from matching.policy import Policy
from matching.policy_checks import check_weights
from matching.profiles import NeedProfile, ProgramProfile
from matching.ranked import VERDICTS
from matching.scoring import evaluate
from matching.vocabulary import Criterion, Verdict


@dataclass(frozen=True, slots=True)
class Placed:
    """A program at its place, 1 first; ``value`` is 0 to 4,096,000. A program of block 5 is ruled out."""

    program_key: str
    place: int
    verdict: Verdict
    block: int
    tier: int
    value: int

    @property
    def ruled_out(self) -> bool:
        """Whether a gate fails."""
        return self.block == order.RULED_OUT_BLOCK


def placed_programs(
    student: NeedProfile,
    programs: Iterable[ProgramProfile] | Catalogue,
    policy: Policy,
    *,
    seed: str,
    today: date,
    tried_weights: Mapping[Criterion, int] | None = None,
) -> tuple[Placed, ...]:
    """Every program once, in the order of ``rank_programs``.

    Parameters
    ----------
    tried_weights : other weights for the value alone. Gates, adequacy and tiers stay those of the policy,
        as they do when confidence draws weights; so weights move a program only inside its block and tier.

    Raises
    ------
    InvalidPolicy : tried weights that do not name each criterion once or do not sum to 4096.
    """
    evaluation = evaluate(student, Catalogue.compile(programs), policy, seed=seed, today=today)
    catalogue, keys, best = evaluation.asked.catalogue, evaluation.keys, evaluation.best
    if tried_weights is not None:
        check_weights(tried_weights)
        row = np.array([tried_weights[criterion] for criterion in Criterion], np.int64)
        keys = replace(keys, value=row @ evaluation.middle)
        best = order.best_rooms(order.ordered(keys, catalogue, policy, seed)[0], catalogue)
    return tuple(
        Placed(
            program_key=catalogue.options[option].program.key,
            place=place,
            verdict=VERDICTS[int(evaluation.verdict[option])],
            block=int(keys.block[option]),
            tier=int(keys.tier[option]),
            value=int(keys.value[option]),
        )
        for place, option in enumerate(best.tolist(), start=1)
    )


__all__ = ["Placed", "placed_programs"]
