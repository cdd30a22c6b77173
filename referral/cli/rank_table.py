"""A ranking as lines of text for the terminal."""

from collections.abc import Iterable, Iterator, Mapping

from matching import NeedProfile, ProgramProfile
from matching.results import RankedProgram, Ranking
from referral.wording.rankings import asked_sentences, gate_sentence, question_sentence
from referral.wording.rankings.confidence import ONE_THING, best_question_sentence, confidence_sentence
from referral.wording.rankings.costs import cost_sentence
from referral.wording.rankings.options import (
    fit_sentences,
    need_words,
    ride_sentence,
    seats_age,
    seats_sentence,
    student_words,
)
from referral.wording.rankings.order import (
    BLOCKS,
    EXAMPLES_FIRST,
    PUBLISHED_FIRST,
    TIERS,
    counts_sentence,
    order_sentence,
)

WEIGHT_SUM = 4096
IN_FULL = 10
REASONS = 3
Programs = Mapping[str, ProgramProfile]


def ranking_lines(
    student: NeedProfile, ranking: Ranking, programs: Iterable[ProgramProfile]
) -> Iterator[str]:
    """The whole ranking: words first, the first options in full, every program once."""
    by_key = {program.key: program for program in programs}
    who = [ranking.student_code, *student_words(student), *need_words(student)]
    yield ", ".join(who)
    yield EXAMPLES_FIRST if ranking.rests_on_examples else PUBLISHED_FIRST
    yield counts_sentence(ranking)
    if ranking.team_questions:
        yield "Ask the Team once:"
        yield from (f"  ? {question_sentence(question)}" for question in ranking.team_questions)
    names = {key: program.name for key, program in by_key.items()}
    one_thing = best_question_sentence(ranking, names)
    if one_thing:
        yield f"{ONE_THING} {one_thing}"
    for block in BLOCKS:
        options = [option for option in ranking.options if option.block == block.number]
        if options:
            yield ""
            yield f"{block.heading} ({len(options)})"
            for option in options:
                yield from _option_lines(option, student, by_key)
    yield from _ruled_out_lines(ranking, by_key)
    yield ""
    yield f"Policy {ranking.policy_version}, {ranking.today}. The Team decides."


def _option_lines(option: RankedProgram, student: NeedProfile, programs: Programs) -> Iterator[str]:
    program = programs[option.program_key]
    head = f"{option.rank:>4}. {program.name} ({program.operator.name})"
    if option.rank is None or option.rank > IN_FULL:
        yield f"{head}: {option.value // WEIGHT_SUM} of 1000"
        return
    yield head
    if option.confidence is not None:
        names = {key: one.name for key, one in programs.items()}
        yield f"      {confidence_sentence(option.confidence, names)}"
    yield f"      {TIERS[option.tier]}{'' if option.tier_is_certain else ' (not certain)'}"
    yield from (f"      + {sentence}" for sentence in fit_sentences(option, student)[:REASONS])
    yield from (f"      ? {sentence}" for sentence in asked_sentences(option.questions)[:REASONS])
    age = seats_age(option.seats)
    example = " [example]" if option.seats.example else ""
    yield f"      Seats: {seats_sentence(option.seats)}{', ' if age else ''}{age}{example}"
    yield f"      Ride: {ride_sentence(option.ride)}"
    yield f"      Cost: {cost_sentence(option.cost)}{' [example]' if option.cost.example else ''}"
    yield (
        f"      Value: {option.value // WEIGHT_SUM} of 1000, from {option.value_low // WEIGHT_SUM} "
        f"to {option.value_high // WEIGHT_SUM}. {order_sentence(option, student)}"
    )


def _ruled_out_lines(ranking: Ranking, programs: Programs) -> Iterator[str]:
    if not ranking.ruled_out:
        return
    yield ""
    yield f"Ruled out ({len(ranking.ruled_out)})"
    for option in ranking.ruled_out:
        program = programs[option.program_key]
        yield f"   -  {program.name} ({program.operator.name})"
        yield from (f"      - {gate_sentence(gate)}" for gate in option.failed)
