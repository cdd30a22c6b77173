"""Blocks, tiers and the reasons of an order in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching import NeedProfile
from matching.results import RankedProgram, Ranking
from matching.vocabulary import Criterion, OrderReason, Verdict
from referral.wording.rankings.needs import matters
from referral.wording.rankings.terms import plural

TIERS: Mapping[int, str] = {
    0: "In the district, with consultation",
    1: "Class in a public school, or community-based transition",
    2: "Public separate day school",
    3: "Private separate day school",
    4: "Residential",
    5: "Home or hospital",
    6: "Not approved",
}


SHORT_TIERS: Mapping[int, str] = {
    0: "In district",
    1: "Public school or community",
    2: "Public day",
    3: "Private day",
    4: "Residential",
    5: "Home or hospital",
    6: "Not approved",
}


@dataclass(frozen=True)
class Block:
    """A group of a ranking: its heading and what belongs in it."""

    number: int
    heading: str
    about: str


BLOCKS = (
    Block(1, "Meets every must and fits", "Every must is met and the support reaches the need."),
    Block(
        2,
        "Meets every must; fit not certain",
        "Every must is met; facts that are not known decide how well the support fits.",
    ),
    Block(3, "To confirm", "Nothing rules these out; a must is not known yet, so ask."),
    Block(4, "Does not fit well enough", "Nothing rules these out, but the support falls short of the need."),
)

ORDER: Mapping[OrderReason, str] = {
    OrderReason.BLOCK: "The options below stand in a later group.",
    OrderReason.TIER: "Less restrictive than the options below.",
    OrderReason.VALUE: "Higher value than the next.",
    OrderReason.COST: "Practically the same value as the next, lower cost.",
    OrderReason.COST_PLACE: (
        "Practically the same value as the next; the cost of one is not known, and known costs are in order."
    ),
    OrderReason.START: "Same value as the next, earlier start.",
    OrderReason.RIDE: "Same value as the next, shorter ride.",
    OrderReason.KNOWN: "Same value as the next, fewer open questions.",
    OrderReason.DRAW: "Equal to the next; the order was drawn by the student's code, never by name.",
    OrderReason.LAST: "No option follows.",
}


GAINS: Mapping[Criterion, str] = {
    Criterion.SERVICES: "its related services",
    Criterion.COMMUNICATION: "communication support",
    Criterion.BEHAVIOR: "behavior support",
    Criterion.MEDICAL: "health care",
    Criterion.MOBILITY: "mobility support",
    Criterion.SENSORY: "hearing and vision support",
    Criterion.ACADEMIC: "academics",
    Criterion.RATIO: "its staffing",
    Criterion.INCLUSION: "time with peers and a way back",
    Criterion.RIDE: "the ride",
    Criterion.START: "the start date",
    Criterion.PREFERENCE: "the family's wish",
}


def order_sentence(option: RankedProgram, student: NeedProfile) -> str:
    """Why an option stands before the next one."""
    if option.order_reason is OrderReason.VALUE:
        best = _largest_gain(option.contributions, student)
        if best is not None:
            return f"Serves the needs better than the next, most of all through {GAINS[best]}."
    return ORDER[option.order_reason]


def _largest_gain(contributions: Mapping[Criterion, int], student: NeedProfile) -> Criterion | None:
    gains = {
        criterion: points
        for criterion, points in contributions.items()
        if points > 0 and matters(criterion, student)
    }
    return max(gains, key=lambda criterion: gains[criterion]) if gains else None


def counts_sentence(ranking: Ranking) -> str:
    """All programs in one sentence: how many meet every must, need an answer, are ruled out."""
    eligible = ranking.verdicts.get(Verdict.ELIGIBLE, 0)
    ask = ranking.verdicts.get(Verdict.TO_CONFIRM, 0)
    out = ranking.verdicts.get(Verdict.NOT_ELIGIBLE, 0)
    return (
        f"{plural(eligible, 'program meets', 'programs meet')} every must, "
        f"{ask} {'needs' if ask == 1 else 'need'} a question answered, "
        f"{out} {'is' if out == 1 else 'are'} ruled out{', each with its reason' if out else ''}."
    )


EXAMPLES_FIRST = (
    "This ranking rests on example figures: seats and prices tagged example are made up for the demo."
)
PUBLISHED_FIRST = "This ranking rests on published facts only; what is not published is a question to ask."
