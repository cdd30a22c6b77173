"""The weights a policy is drawn with are kept when the first ranking uses them."""

from matching import Draws, draws_of
from matching.policy import Policy
from referral.actions.once import add_once
from referral.formats.kept_draws import pack_draws, policy_digest
from referral.formats.kept_rankings import pack_policy
from referral.models.weight_draws import WeightDraws
from referral.queries import weight_draws


def keep_draws(policy: Policy) -> tuple[str, Draws]:
    """The digest and the draws of a policy as they are kept: those of an earlier ranking, or new ones."""
    digest = policy_digest(pack_policy(policy))
    draws = weight_draws.kept(digest)
    if draws is None:
        drawn = draws_of(policy)
        add_once(
            WeightDraws,
            digest=digest,
            policy_version=policy.version,
            seed=str(drawn.seed),
            content=pack_draws(drawn),
        )
        draws = weight_draws.unheld(digest) or drawn  # another writer's, if it came first
    return digest, draws
