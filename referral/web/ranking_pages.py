"""What the pages of a ranking show beside its options: head, changes, comparison, ruled out, Team sheet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from matching.results import GateResult, RankedProgram
from matching.vocabulary import ChangeBy
from referral.formats.kept_rankings import KeptResult
from referral.models.rankings import Ranking
from referral.queries import rankings as queries
from referral.queries.students import answers_of
from referral.rules.students import age_band
from referral.web.ranked_options import OptionShown, option_shown
from referral.wording.rankings import change_sentence, gate_sentence, question_sentence
from referral.wording.rankings.confidence import TOP_ONLY, best_question_sentence
from referral.wording.rankings.gates import FAMILY_LABELS
from referral.wording.rankings.order import EXAMPLES_FIRST, PUBLISHED_FIRST, TIERS, counts_sentence
from referral.wording.rankings.team import GROUPS, HEADING, team_status_sentence
from referral.wording.rankings.terms import subject

DIFFERENCES = 4
MARKS = {"yes": "", "ask": "To ask: ", "no": "Against: ", "warn": "Look at: "}
ON_THE_SHEET = 4
HARDEST_FIRST = (ChangeBy.NOBODY, ChangeBy.STATE, ChangeBy.TEAM, ChangeBy.PROGRAM, ChangeBy.DATE)


def head_shown(row: Ranking) -> dict[str, Any]:
    """Who is ranked, what the ranking rests on, and what to ask the Team once."""
    answers = answers_of(row.profile_version)
    band = age_band(answers)
    kept = queries.result_of(row)
    names = {key: label.name for key, label in kept.programs.items()}
    who = [
        row.student.ref,
        f"Ages {band.label}" if band else "Age not known",
        answers.primary_category.label if answers.primary_category else "primary need not known",
        row.student.district.name,
    ]
    return {
        "ranking": row,
        "who": who,
        "rests_on": EXAMPLES_FIRST if row.rests_on_examples else PUBLISHED_FIRST,
        "counts": counts_sentence(kept.ranking),
        "team_status": team_status_sentence(answers.team_status, answers.team_status_on),
        "team_questions": [question_sentence(question) for question in kept.ranking.team_questions],
        "names": names,
        "one_thing": best_question_sentence(kept.ranking, names),
        "confidence_note": _confidence_note(kept.ranking.ranked),
    }


def _confidence_note(options: Sequence[RankedProgram]) -> str:
    """That only the first options say how sure their place is; "" where all do or none does."""
    have = {option.confidence is not None for option in options}
    return TOP_ONLY if len(have) > 1 else ""


def comparison_shown(kept: KeptResult, keys: Sequence[str], *, costs: bool) -> dict[str, Any]:
    """The options side by side, and in words where each one differs from the others."""
    names = {key: label.name for key, label in kept.programs.items()}
    options = [
        option_shown(kept.ranking.option(key), kept.programs[key], kept.student, names=names, costs=costs)
        for key in keys
    ]
    return {
        "options": options,
        "differences": _differences(options),
        "columns": [{"label": "Fact"}, *({"label": option.name} for option in options)],
    }


def _differences(options: Sequence[OptionShown]) -> list[tuple[str, list[str]]]:
    """For each option what speaks for it, or must be asked, that is not so of every other."""
    said = [
        {str(reason["text"]): str(reason["kind"]) for reason in (*option.reasons, *option.more_reasons)}
        | dict.fromkeys(option.gaps, "warn")
        for option in options
    ]
    common = set.intersection(*({*one.items()} for one in said))
    return [
        (option.name, [f"{MARKS[kind]}{text}" for text, kind in own.items()][:DIFFERENCES])
        for option, own in zip(options, (_besides(one, common) for one in said), strict=True)
    ]


def _besides(said: Mapping[str, str], common: Collection[tuple[str, str]]) -> dict[str, str]:
    return {text: kind for text, kind in said.items() if (text, kind) not in common}


def ruled_out_shown(kept: KeptResult, gate: str) -> dict[str, Any]:
    """Every program that is ruled out, grouped by what would change it; all, or those with one reason."""
    out = kept.ranking.ruled_out
    families = dict.fromkeys(one.family for option in out for one in option.failed)
    chosen = [option for option in out if not gate or gate in {one.family for one in option.failed}]
    groups: dict[ChangeBy, list[RankedProgram]] = {}
    for option in chosen:
        groups.setdefault(_hardest(option), []).append(option)
    return {
        "gate": gate if gate in families else "",
        "gates": {"": "Every reason"} | {family: FAMILY_LABELS.get(family, family) for family in families},
        "total": len(out),
        "shown": len(chosen),
        "groups": [
            {
                "heading": heading,
                "about": about,
                "programs": [_ruled_out(option, kept, by) for option in groups[by]],
            }
            for by, (heading, about) in GROUPS.items()
            if by in groups
        ],
    }


def _hardest(option: RankedProgram) -> ChangeBy:
    """Who must change something before the program could be an option: the hardest of all its reasons."""
    needed = {gate.change_by for gate in option.failed}
    return next((by for by in HARDEST_FIRST if by in needed), ChangeBy.NOBODY)


def _ruled_out(option: RankedProgram, kept: KeptResult, heading: ChangeBy) -> Mapping[str, Any]:
    """One program with its reasons; who could change one is said where the group's heading does not."""
    label = kept.programs[option.program_key]
    return {
        "key": label.key,
        "name": label.name,
        "agency": label.agency,
        "failed": [
            {"kind": "no", "text": _reason(gate, said=gate.change_by is heading)} for gate in option.failed
        ],
        "all_of": len(option.changes) if len(option.changes) > 1 else 0,
        "unknown": [gate_sentence(gate) for gate in option.unknown],
    }


def _reason(gate: GateResult, *, said: bool) -> str:
    change = "" if said else change_sentence(gate)
    return f"{gate_sentence(gate)} {change}." if change else gate_sentence(gate)


def team_sheet_shown(kept: KeptResult) -> dict[str, Any]:
    """The first options by setting and by name, so that no place in an order can be read out of it."""
    ranked = [option for option in kept.ranking.ranked if option.block <= 3]
    names = {key: label.name for key, label in kept.programs.items()}
    shown = [
        option_shown(option, kept.programs[option.program_key], kept.student, names=names, costs=False)
        for option in ranked[:ON_THE_SHEET]
    ]
    return {
        "team_heading": HEADING,
        "settings": [
            (TIERS[tier], sorted(_of_tier(shown, tier), key=lambda option: option.name.casefold()))
            for tier in sorted({option.tier for option in shown})
        ],
        "others": len(ranked) - len(shown),
        "needs": [
            subject(f"need:{dimension}") for dimension, level in kept.student.levels.items() if level.low
        ],
    }


def _of_tier(options: Iterable[OptionShown], tier: int) -> list[OptionShown]:
    return [option for option in options if option.tier == tier]
