"""How well rankings agree with people's judgements, and whether they treat groups alike.

Agreement is with judgements on programs that a person looked at; programs nobody judged count nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from matching.exceptions import MatchingError
from matching.fairness import GroupFigures, fairness_gaps, largest_gaps, measures_of
from matching.invariance import Change, canonical_bytes, invariance
from matching.results import Ranking
from matching.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of one program for one student: a verdict, a grade (higher is better), or both."""

    student_code: str
    program_key: str
    verdict: Verdict | None = None
    grade: float | None = None

    def __post_init__(self) -> None:
        if self.verdict is None and self.grade is None:
            raise MatchingError("judgement", "needs a verdict or a grade")
        if self.grade is not None and not np.isfinite(self.grade):
            raise MatchingError("grade", "must be a finite number")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How rankings and judgements agree; None where no judgement allows to say.

    ``verdicts`` counts (judged, found). ``order`` is Kendall's tau-b of grades and order, -1 to 1, the mean
    over students with two different grades. ``top`` is the share of a student's k best judged programs that
    have one of the k best grades. ``regret`` is the best grade less the grade of the judged program that
    stands first, in grades. Each is a mean over students; ``n_students`` have a judgement.
    """

    n_students: int
    n_judgements: int
    verdicts: Mapping[tuple[Verdict, Verdict], int]
    same_verdict: float | None
    order: float | None
    top: float | None
    regret: float | None
    regrets: Mapping[str, float]


def agreement(judgements: Iterable[Judgement], rankings: Iterable[Ranking], *, k: int = 3) -> Agreement:
    """How the rankings agree with the judgements.

    Raises
    ------
    MatchingError : a program judged twice for a student, a judgement without its ranking, k below 1.
    """
    if k < 1:
        raise MatchingError("k", "must be at least 1")
    judged = _by_student(judgements)
    found = {ranking.student_code: _places(ranking) for ranking in rankings}
    _check_ranked(judged, found)
    graded = [_grades_in_order(rows, found[code]) for code, rows in judged.items()]
    regrets = {code: _regret(grades) for code, grades in zip(judged, graded, strict=True) if grades}
    verdicts = Counter(
        (row.verdict, found[code][row.program_key][1])
        for code, rows in judged.items()
        for row in rows
        if row.verdict is not None
    )
    same = sum(count for (said, ours), count in verdicts.items() if said is ours)
    return Agreement(
        n_students=len(judged),
        n_judgements=sum(map(len, judged.values())),
        verdicts=verdicts,
        same_verdict=same / verdicts.total() if verdicts else None,
        order=_mean([kendall_tau_b(range(len(g), 0, -1), g) for g in graded if len(set(g)) > 1]),
        top=_mean([_top_agreement(grades, k) for grades in graded if grades]),
        regret=_mean(list(regrets.values())),
        regrets=regrets,
    )


def _by_student(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    judged: dict[str, list[Judgement]] = {}
    seen = set()
    for row in judgements:
        if (row.student_code, row.program_key) in seen:
            raise MatchingError("judgements", f"judge {row.program_key} twice for one student")
        seen.add((row.student_code, row.program_key))
        judged.setdefault(row.student_code, []).append(row)
    return judged


def _places(ranking: Ranking) -> dict[str, tuple[int, Verdict]]:
    return {option.program_key: (place, option.verdict) for place, option in enumerate(ranking.options)}


def _check_ranked(
    judged: Mapping[str, list[Judgement]], found: Mapping[str, Mapping[str, tuple[int, Verdict]]]
) -> None:
    for code, rows in judged.items():
        if code not in found:
            raise MatchingError("rankings", "a judged student has no ranking")
        missing = [row.program_key for row in rows if row.program_key not in found[code]]
        if missing:
            raise MatchingError("rankings", f"have no program {missing[0]}")


def _grades_in_order(rows: Sequence[Judgement], places: Mapping[str, tuple[int, Verdict]]) -> list[float]:
    """The grades of a student's graded programs, as the ranking orders them."""
    graded = [(places[row.program_key][0], row.grade) for row in rows if row.grade is not None]
    return [grade for _, grade in sorted(graded)]


def _regret(grades: Sequence[float]) -> float:
    return max(grades) - grades[0]


def _top_agreement(grades: Sequence[float], k: int) -> float:
    """Share of the first k that reach the k-th best grade: equal grades count as equally good."""
    top = min(k, len(grades))
    bar = sorted(grades, reverse=True)[top - 1]
    return sum(grade >= bar for grade in grades[:top]) / top


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None


def kendall_tau_b(one: ArrayLike, other: ArrayLike) -> float:
    """Kendall's rank correlation with ties, -1 to 1; 0 where one side ties everything.

    Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33 (3).
    """
    first, second = np.asarray(one, float), np.asarray(other, float)
    if first.ndim != 1 or first.shape != second.shape:
        raise MatchingError("other", "must hold one number for each of the first")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise MatchingError("one", "must hold finite numbers, like the other")
    a, b = (np.sign(np.subtract.outer(side, side)) for side in (first, second))
    untied = np.sqrt(float((a != 0).sum()) * float((b != 0).sum()))
    return float((a * b).sum() / untied) if untied else 0.0


__all__ = [
    "Agreement",
    "Change",
    "GroupFigures",
    "Judgement",
    "agreement",
    "canonical_bytes",
    "fairness_gaps",
    "invariance",
    "kendall_tau_b",
    "largest_gaps",
    "measures_of",
]
