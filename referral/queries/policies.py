"""The policy that ranks today."""

from functools import cache

from matching.policy import Policy
from matching.policy_2026_1 import POLICY_2026_1, with_example_transport


@cache
def current(*, with_examples: bool = False) -> Policy:
    """The policy in force; with example figures it also prices rides, by a made-up rate tagged as such."""
    return with_example_transport(POLICY_2026_1) if with_examples else POLICY_2026_1
