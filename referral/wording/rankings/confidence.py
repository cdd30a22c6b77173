"""How sure a place is among equally restrictive options, and the one question that would settle most."""

from collections.abc import Iterable, Mapping

from matching.results import Confidence, OpenCell, Question, RankedProgram, Ranking
from matching.vocabulary import Asks, Certainty, Criterion
from referral.wording.rankings.questions import SAME_MATTER, question_sentence

SELDOM = 0.1  # below this an option is told by its first three ranks
TELLING = 0.01  # a question that moves less settles nothing worth asking for
TOP_RANKS = 3

MATTERS: Mapping[Criterion, str] = {
    Criterion.SERVICES: "related services matter",
    Criterion.COMMUNICATION: "communication support matters",
    Criterion.BEHAVIOR: "behavior support matters",
    Criterion.MEDICAL: "health care matters",
    Criterion.MOBILITY: "mobility support matters",
    Criterion.SENSORY: "hearing and vision support matters",
    Criterion.ACADEMIC: "academics matter",
    Criterion.RATIO: "more adults for each student matter",
    Criterion.INCLUSION: "time with peers and a way back matter",
    Criterion.RIDE: "the ride matters",
    Criterion.START: "the start date matters",
    Criterion.PREFERENCE: "the family's wish matters",
}
TAGS: Mapping[Certainty, tuple[str, str]] = {
    Certainty.CLEAR: ("clear", "good"),
    Certainty.LIKELY: ("likely", "neutral"),
    Certainty.CLOSE: ("close", "warn"),
}
ONE_THING = "If you ask one thing:"
TOP_ONLY = (
    "How sure a place is, is worked out for the first ten options and those as restrictive; "
    "the options beyond have none."
)


def percent(share: float) -> str:
    """A share as people read it; never 0 or 100 % for a share that is not."""
    if 0 < share < 0.005:
        return "less than 1 %"
    if 0.995 <= share < 1:
        return "more than 99 %"
    return f"{share:.0%}".replace("%", " %")


def confidence_sentence(confidence: Confidence, names: Mapping[str, str]) -> str:
    """Where the option stands under plausible priorities, and when it swaps with another."""
    return f"{standing_sentence(confidence)} {swap_sentence(confidence, names)}".strip()


def standing_sentence(confidence: Confidence) -> str:
    """Its first rank, or its first three where it seldom leads."""
    if confidence.group_size == 1:
        return "No other option of this group is as restrictive, so there is none to compare it with."
    equals = f"{confidence.group_size} equally restrictive options"
    if is_seldom_first(confidence):
        share = percent(confidence.top_share)
        return f"In the first three of {equals} under {share} of plausible priorities."
    return f"First among {equals} under {percent(confidence.first_share)} of plausible priorities."


def is_seldom_first(confidence: Confidence) -> bool:
    """Whether the first three ranks tell more of an option than the first."""
    return confidence.first_share < SELDOM and confidence.group_size > TOP_RANKS


def swap_sentence(confidence: Confidence, names: Mapping[str, str]) -> str:
    """With which option it swaps, and when; "" where none leads instead of it."""
    if confidence.rival_key is None or confidence.rival_when is None:
        return ""
    rival = names.get(confidence.rival_key, confidence.rival_key)
    return f"Swaps with {rival} when {MATTERS[confidence.rival_when]} more."


def confidence_tag(confidence: Confidence) -> tuple[str, str] | None:
    """The label in a word, with its kind; none where there is nobody to compare with, or it seldom leads."""
    if confidence.group_size == 1 or is_seldom_first(confidence):
        return None
    return TAGS[confidence.label]


def settling_question(option: RankedProgram, team_questions: Iterable[Question]) -> str:
    """The question that would settle most of an option's place; "" where none would."""
    cell = option.confidence.question if option.confidence else None
    if cell is None or cell.settles < TELLING:
        return ""
    return question_sentence(cell_question(cell, option.questions, team_questions))


def cell_question(cell: OpenCell, asked: Iterable[Question], team_questions: Iterable[Question]) -> Question:
    """An open value as the question one would ask: as it stands in the lists, or else of the program."""
    code, need = f"value:{cell.criterion}", f"need:{cell.criterion}"
    questions = list(asked)
    same = [one for one in questions if one.code.partition(":")[0] == SAME_MATTER.get(code)]
    exact = [one for one in (*questions, *team_questions) if one.code in (code, need)]
    return next(iter((*same, *exact)), Question(code, Asks.PROGRAM))


def best_question(ranking: Ranking) -> OpenCell | None:
    """The open value that would settle most in the first group where any would."""
    for option in ranking.options:
        cell = option.confidence.group_question if option.confidence else None
        if cell is not None and cell.settles >= TELLING:
            return cell
    return None


def best_question_sentence(ranking: Ranking, names: Mapping[str, str]) -> str:
    """The one thing to ask, about which program, and how much it could move; "" where nothing would."""
    cell = best_question(ranking)
    if cell is None:
        return ""
    option = ranking.option(cell.program_key)
    asked = cell_question(cell, option.questions, ranking.team_questions)
    whom = "the Team" if asked.asks is Asks.TEAM else names.get(cell.program_key, cell.program_key)
    size = option.confidence.group_size if option.confidence else 0
    return (
        f"Ask {whom}: {question_sentence(asked)} The answer could move the first place among {size} "
        f"equally restrictive options under {percent(cell.settles)} of plausible priorities."
    )
