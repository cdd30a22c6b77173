"""What the pages of policies show: numbers in words, changes, what a version would move, what stays put."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.policy import Policy
from matching.vocabulary import Criterion, Verdict
from referral.queries.policy_previews import Preview, StudentPreview
from referral.queries.priorities import TriedPriorities
from referral.rules.order_changes import Move
from referral.rules.policies import OTHER_NUMBERS, WEIGHTS, number_groups
from referral.wording.policies import GROUPS, changed_sentence, move_words, number_label, share_words
from referral.wording.policy_values import value_words
from referral.wording.rankings.order import BLOCKS, TIERS
from referral.wording.rankings.terms import inside

MOVES_SHOWN = 4
NOT_SHOWN = frozenset({"version", "author", "adopted_on", "reason", "choices"})
BLOCK_NAMES = {block.number: block.heading for block in BLOCKS}


@dataclass(frozen=True)
class NumberShown:
    """One number of a policy: what it is, what it is now, and why; what it was where that differs."""

    label: str
    value: str
    reason: str
    author: str
    on: object
    source: str
    before: str = ""


def numbers_shown(policy: Policy) -> dict[str, list[NumberShown]]:
    """Every number of a policy, group by group, by the heading of the group."""
    groups = dict(number_groups())
    named = {name for names in groups.values() for name in names}
    rest = tuple(name for name in policy.choices if name not in named | NOT_SHOWN | {WEIGHTS})
    groups[OTHER_NUMBERS] = (*groups.get(OTHER_NUMBERS, ()), *rest)
    return {GROUPS[key]: [number_shown(policy, name) for name in names] for key, names in groups.items()}


def number_shown(policy: Policy, name: str, before: Policy | None = None) -> NumberShown:
    """One number with its reason; with what it was where a policy before is given."""
    choice = policy.choices[name]
    was = "" if before is None else value_words(name, getattr(before, name))
    value = value_words(name, getattr(policy, name))
    return NumberShown(number_label(name), value, choice.reason, choice.author, choice.on, choice.source, was)


def weights_shown(policy: Policy, before: Policy | None = None) -> list[dict[str, str | int]]:
    """Each criterion with its weight and share, and what they were in the policy before."""
    old = (before or policy).weights
    return [
        {
            "label": one.label,
            "weight": policy.weights[one],
            "share": share_words(policy.weights[one]),
            "was": old[one],
            "was_share": share_words(old[one]),
        }
        for one in Criterion
    ]


def changes_shown(before: Policy, after: Policy, names: list[str]) -> list[NumberShown]:
    """The single numbers that a version changes, before and after."""
    return [number_shown(after, name, before) for name in names if name != WEIGHTS]


def preview_shown(found: Preview, names: Mapping[str, str]) -> dict[str, object]:
    """What a version would move, as figures and a line for each student it touches."""
    return {
        "preview": found,
        "new_first": found.total(lambda change: int(change.new_first)),
        "what_changes": changed_sentence(
            verdicts=found.total(lambda change: change.verdicts_changed),
            settings=found.total(lambda change: change.tiers_changed),
            groups=found.total(lambda change: change.blocks_changed),
            weights_only=found.weights_only,
        ),
        "verdict_rows": [(verdict.label, *found.verdicts(verdict)) for verdict in Verdict],
        "student_rows": [_student_row(line, names) for line in found.touched],
    }


def _student_row(line: StudentPreview, names: Mapping[str, str]) -> dict[str, object]:
    moves = line.change.top_moves
    return {
        "student": line.student,
        "ranking": line.ranking,
        "first": _first_words(line.change.moves, names),
        "moves": [_move_sentence(move, names) for move in moves[:MOVES_SHOWN]],
        "further": max(0, len(moves) - MOVES_SHOWN),
        "blocks": line.change.blocks_changed,
        "verdicts": line.change.verdicts_changed,
    }


def _first_words(moves: Sequence[Move], names: Mapping[str, str]) -> str:
    """Which program takes the first place of all; the same where nobody moves there."""
    new = next((move.program_key for move in moves if move.after == 1), None)
    return "The same" if new is None else f"{names.get(new, new)} instead"


def _move_sentence(move: Move, names: Mapping[str, str]) -> str:
    return f"{names.get(move.program_key, move.program_key)}: {move_words(move.before, move.after)}"


def tried_shown(found: TriedPriorities, names: Mapping[str, str]) -> dict[str, object]:
    """What other priorities do to one ranking: who stays first, who moves, and what cannot move."""
    change = found.change
    return {
        "firsts": [
            {
                "group": f"{BLOCK_NAMES[first.block]}, {inside(TIERS[first.tier])}",
                "before": names.get(first.before or "", ""),
                "after": names.get(first.after or "", ""),
                "stays": first.stays,
            }
            for first in change.firsts
        ],
        "moves": [
            {
                "name": names.get(move.program_key, move.program_key),
                "before": move.before,
                "after": move.after,
                "words": move_words(move.before, move.after),
                "tier": TIERS[move.tier],
            }
            for move in change.moves
        ],
        "weight_rows": [
            {
                "label": one.label,
                "was": found.policy.weights[one],
                "was_share": share_words(found.policy.weights[one]),
                "weight": found.weights[one],
                "share": share_words(found.weights[one]),
            }
            for one in Criterion
        ],
    }
