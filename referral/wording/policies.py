"""Policies in plain words: what each number means, its unit, the steps of importance, states, refusals."""

import re
from collections.abc import Mapping

from referral.wording.rankings.terms import plural

REFUSALS = {
    "policy_reason_missing": "Say why in a few words.",
    "policy_reason_long": "Shorten the reason to {most} characters.",
    "policy_no_change": "Nothing differs from the policy in force. Change a number, then send it.",
    "policy_number": "This {message}.",
    "policy_weights_zero": "Let at least one criterion count.",
    "policy_day_far": "Choose a first day within the next two years.",
    "policy_decided": "This version was approved or withdrawn in the meantime.",
    "policy_base_moved": "Another version was approved since this one was proposed. Propose it again.",
    "policy_second_director": (
        "You proposed this version, and your district has another director: the other one approves it."
    ),
}

STATES = {
    "proposed": "Proposed",
    "approved": "Approved",
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
}
STATE_TAGS = {"proposed": "warn", "approved": "good", "withdrawn": "neutral", "superseded": "neutral"}

EMPHASES: Mapping[str, str] = {
    "much_less": "Much less",
    "less": "Less",
    "as_now": "As in the policy",
    "more": "More",
    "much_more": "Much more",
}

GROUPS: Mapping[str, str] = {
    "fit": "Fit and gates",
    "support": "Scales of support, staff and peers",
    "ride": "The ride",
    "start": "Start and the age of seat facts",
    "family": "Family preference",
    "cost": "Cost",
    "other": "Other numbers",
}

# Each number: what it is, and its unit.
NUMBERS: Mapping[str, tuple[str, str]] = {
    "need_fit_threshold": ("Least need fit that is called adequate", "of 1000"),
    "critical_need": ("Level from which a need cannot go without support", "level"),
    "critical_gap": ("Levels short that make a critical gap", "levels"),
    "medical_gate_from": ("Health level from which it is a must", "level"),
    "behavior_gate_from": ("Behavior level from which safety is a must", "level"),
    "age_limit_months": ("Age at which eligibility ends", "months"),
    "under_support_loss": ("Value lost for each level too little", "of 1000"),
    "over_support_loss": ("Value lost for each level too much", "of 1000"),
    "preferred_service_percent": ("A preferred service counts, of a required one", "%"),
    "ratio_zero_multiple": ("No value from so many times the students per adult", "times"),
    "return_support_points": ("Points for a way back to the district", "of 1000"),
    "ride_full_minutes": ("A ride this short has full value", "minutes"),
    "ride_default_limit_minutes": ("Longest ride where the Team names none", "minutes"),
    "ride_least_limit_minutes": ("Least limit the scale is drawn to", "minutes"),
    "ride_base_minutes": ("Estimated ride: minutes to begin with", "minutes"),
    "ride_minutes_per_mile": ("Estimated ride: minutes for each straight mile", "minutes"),
    "ride_low_share": ("Estimated ride: shortest it may be, as a share", "times"),
    "ride_high_share": ("Estimated ride: longest it may be, as a share", "times"),
    "start_zero_days": ("No value for a seat this late", "days"),
    "seats_current_days": ("A seat fact is current up to", "days"),
    "seats_ask_days": ("A seat fact still counts, with a reminder, up to", "days"),
    "seats_stale_days": ("A seat fact counts for something up to", "days"),
    "preference_not_named": ("Value of a program the family did not name", "of 1000"),
    "preference_none_stated": ("Value where the family named none", "of 1000"),
    "cost_delta": ("Values this near are practically equal, so that cost may order", "of 1000"),
    "cost_rounding_usd": ("Costs are compared to the nearest", "dollars"),
    "part_day_aide_percent": ("Price of a part-day aide, of a full-day one", "%"),
    "weights": ("How much each criterion counts", "of 4096"),
    "peer_points": ("Points for time with peers without disabilities", "of 1000"),
    "preference_points": ("Values of the first, second and third named program", "of 1000"),
    "unknown_public_setting": ("Setting of a public program that does not state it", ""),
    "reimbursements": ("State reimbursement by fiscal year", ""),
    "transport": ("Yearly price of rides", ""),
    "state_limits": ("State limits on groups: ages and sizes", ""),
    "weight_concentration": ("How near plausible weights lie to these", ""),
    "importance_classes": ("Order of importance instead of weights", ""),
}

OUTCOMES: Mapping[str, str] = {
    "same": "same",
    "differs": "differs",
    "engine_changed": "engine changed",
    "purged": "purged",
}
MEASURES: Mapping[str, str] = {
    "eligible_count": "programs that meet every must",
    "top_value": "value of the first",
    "top_tier": "restrictiveness of the first",
    "top_ride_minutes": "ride to the first in minutes",
}
NOT_SHOWN = "too few students to show"
NOTHING_SAVED = "Nothing here is saved, and the ranking stays as it was kept."
APPROVE_ALONE = "You are the only director of this district, so you may approve what you proposed."


def number_label(name: str) -> str:
    """What a number is."""
    return NUMBERS[name][0] if name in NUMBERS else name.replace("_", " ").capitalize()


def number_unit(name: str) -> str:
    """The unit of a number; "" where it has none."""
    return NUMBERS[name][1] if name in NUMBERS else ""


def in_words(message: str) -> str:
    """A message of the library with the labels of numbers in place of their names."""

    def label(found: re.Match[str]) -> str:
        return f"“{number_label(found[0])}”" if found[0] in NUMBERS and "_" in found[0] else found[0]

    return re.sub(r"[a-z_]+", label, message)


def move_words(before: int | None, after: int | None) -> str:
    """How a program moves: "up 2", "down 1", "newly ruled out"."""
    if after is None:
        return "newly ruled out"
    if before is None:
        return "no longer ruled out"
    return f"up {before - after}" if after < before else f"down {after - before}"


def kept_sentence(kept: int, ranked: int) -> str:
    """How many programs keep their place."""
    if kept == ranked:
        return f"All {ranked} ranked programs keep their place."
    return f"{kept} of {ranked} ranked programs {'keeps its' if kept == 1 else 'keep their'} place."


def changed_sentence(*, verdicts: int, settings: int, groups: int, weights_only: bool) -> str:
    """What a version changes beside the order, and why weights alone change so little."""
    said = [
        f"{plural(verdicts, 'verdict changes', 'verdicts change')}." if verdicts else "No verdict changes.",
        f"{plural(settings, 'setting is', 'settings are')} placed otherwise."
        if settings
        else "No setting is placed otherwise.",
        f"{plural(groups, 'program changes', 'programs change')} the group."
        if groups
        else "No program changes its group.",
    ]
    if weights_only:
        said.append("Weights enter no gate and no setting; they enter the need fit, which forms the groups.")
    return " ".join(said)


def share_words(weight: int) -> str:
    """A weight as a share: "20 %"."""
    return f"{weight / 40.96:.0f} %"
