"""Rank programs for one student: every program once, in order, each step explained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matching import explanation
from matching.catalogue import Catalogue
from matching.checks import check_is, is_whole
from matching.draws import Draws
from matching.exceptions import MatchingError
from matching.policy import Policy
from matching.profiles import NeedProfile, ProgramProfile
from matching.ranked import VERDICTS, ranked_program
from matching.ranking_confidence import Confidences
from matching.results import (
    RankedProgram,
    Ranking,
)
from matching.scoring import Evaluation, evaluate
from matching.vocabulary import Verdict

MOST_CONFIDENT = 1_000_000


def rank_programs(
    student: NeedProfile,
    programs: Iterable[ProgramProfile] | Catalogue,
    policy: Policy,
    *,
    seed: str,
    today: date,
    draws: Draws | None = None,
    confidence_top: int | None = None,
) -> Ranking:
    """Every program exactly once, in order, each with its verdict, reasons, questions and cost.

    Parameters
    ----------
    programs : programs, or a Catalogue compiled from them.
    seed : decides only between options equal in everything else; use one per student.
    today : the day on which facts are read; nothing here looks at a clock.
    draws : plausible weightings for the confidence of each option (``draws_of(policy)``); it is worked out
        when an option is looked at and changes no order. Without draws there is none.
    confidence_top : give confidence only to the groups of the first so many options; to all by default.

    Raises
    ------
    InvalidProfile : two programs with one key.
    MatchingError : an argument that is not what it must be.
    """
    if confidence_top is not None and not is_whole(confidence_top, 1, MOST_CONFIDENT):
        raise MatchingError("confidence_top", f"must be a whole number from 1 to {MOST_CONFIDENT}")
    if draws is not None:
        check_is("draws", draws, Draws)
    evaluation = evaluate(student, Catalogue.compile(programs), policy, seed=seed, today=today)
    confidences = None if draws is None else Confidences(evaluation, draws, confidence_top)
    catalogue = evaluation.asked.catalogue
    rides_are_examples = policy.transport is not None and policy.transport.example
    return Ranking(
        student_code=student.code,
        policy_version=policy.version,
        today=today,
        seed=seed,
        options=_Options(evaluation, confidences),
        verdicts=_counted(evaluation.verdict[evaluation.best]),
        team_questions=explanation.team_questions(evaluation.asked, evaluation.open_needs()),
        rests_on_examples=rides_are_examples or _holds_examples(catalogue),
    )


def _holds_examples(catalogue: Catalogue) -> bool:
    """Whether any room, seat or price is an example figure; looked up once for a catalogue."""

    def made() -> bool:
        rooms = [option.room for option in catalogue.options if option.room is not None]
        if any(room.example or (room.seats is not None and room.seats.example) for room in rooms):
            return True
        return any(price.example for program in catalogue.programs for price in program.prices)

    return bool(catalogue.remember("holds examples", made))


def _counted(codes: NDArray[np.int8]) -> dict[Verdict, int]:
    """How many programs have each verdict."""
    counts = np.bincount(codes, minlength=len(VERDICTS)).tolist()
    return {verdict: counts[code] for code, verdict in VERDICTS.items()}


def count_verdicts(
    student: NeedProfile, programs: Iterable[ProgramProfile] | Catalogue, policy: Policy, *, today: date
) -> Mapping[Verdict, int]:
    """How many programs have each verdict: what an intake form shows beside its questions."""
    return rank_programs(student, programs, policy, seed="", today=today).verdicts


class _Options(Sequence[RankedProgram]):
    """The ranked programs, each made when it is first looked at."""

    def __init__(self, evaluation: Evaluation, confidences: Confidences | None) -> None:
        self._evaluation = evaluation
        self._confidences = confidences
        self._made: dict[int, RankedProgram] = {}

    def __len__(self) -> int:
        return len(self._evaluation.best)

    @overload
    def __getitem__(self, place: int) -> RankedProgram: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RankedProgram]: ...
    def __getitem__(self, place: int | slice) -> RankedProgram | Sequence[RankedProgram]:
        if isinstance(place, slice):
            return [self[index] for index in range(*place.indices(len(self)))]
        index = range(len(self))[place]
        if index not in self._made:
            confidence = None if self._confidences is None else self._confidences.of(index)
            self._made[index] = ranked_program(self._evaluation, index, confidence)
        return self._made[index]

    def __iter__(self) -> Iterator[RankedProgram]:
        return (self[index] for index in range(len(self)))
