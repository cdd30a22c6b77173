"""A kept ranking under other priorities: computed from what was kept with it, and not kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.placing import placed_programs
from matching.policy import Policy
from matching.vocabulary import Criterion
from referral.errors import RecordNotFound
from referral.models.rankings import Ranking
from referral.queries.rankings import result_of
from referral.queries.recomputing import is_purged, kept_inputs
from referral.rules.order_changes import OrderChange, order_change
from referral.rules.permissions import Actor
from referral.rules.policies import Emphasis, emphasized


@dataclass(frozen=True)
class TriedPriorities:
    """What other weights would do to a ranking. ``as_kept``: the policy's own still give the kept order."""

    policy: Policy
    weights: Mapping[Criterion, int]
    change: OrderChange
    as_kept: bool

    @property
    def differ(self) -> bool:
        """Whether the weights are others than the policy's."""
        return dict(self.weights) != dict(self.policy.weights)


def tried(actor: Actor, row: Ranking, emphases: Mapping[Criterion, Emphasis]) -> TriedPriorities:
    """The ranking with some criteria mattering more or less than in the policy it was made under.

    Raises
    ------
    RecordNotFound : its content was purged.
    """
    if is_purged(row):
        raise RecordNotFound(kind="ranking")
    kept = kept_inputs(actor, row)
    weights = emphasized(kept.policy.weights, emphases)
    before, after = (
        placed_programs(
            kept.student, kept.catalogue, kept.policy, seed=kept.seed, today=kept.today, tried_weights=one
        )
        for one in (kept.policy.weights, weights)
    )
    shown = [option.program_key for option in result_of(row).ranking.ranked]
    return TriedPriorities(
        policy=kept.policy,
        weights=weights,
        change=order_change(before, after),
        as_kept=shown == [one.program_key for one in before if not one.ruled_out],
    )
