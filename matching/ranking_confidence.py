"""Confidence of one ranking: among equally restrictive options, who leads how often and what would tell.

Only options of one block and tier are compared, under every kept weighting and a filling of the cells that
are not known. Display only: the order is made without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.confidence import MOST_PACKED, packed_best
from matching.draws import DRAW_RANGE, Draws
from matching.policy import WEIGHT_SUM
from matching.results import Confidence, OpenCell
from matching.scoring import Evaluation
from matching.vocabulary import Certainty, Criterion

CRITERIA = tuple(Criterion)
CLEAR_SHARE = 0.8
LIKELY_SHARE = 0.5
TOP_RANKS = 3
BLOCK_DRAWS = 256
DRAW_BITS = 16
FACTOR_DRAWS = 1000

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Group:
    """Options of one block and tier in the order of the ranking: values (n_options, n_criteria) and keys."""

    low: Ints
    high: Ints
    option_keys: tuple[str, ...]
    program_keys: tuple[str, ...]

    @property
    def open_cells(self) -> list[tuple[int, int]]:
        """Option and criterion of every cell whose value is a range."""
        return [(int(option), int(column)) for option, column in np.argwhere(self.high > self.low)]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Scores of a group in every draw, (n_options, n_draws), and the draws of each open cell."""

    scores: NDArray[np.float32]
    fillings: Mapping[tuple[int, int], NDArray[np.uint16]]


@dataclass(frozen=True, slots=True)
class Confidences:
    """The confidence of each place of a ranking; a group is worked out when one of it is first asked for."""

    evaluation: Evaluation
    draws: Draws
    _made: dict[int, Confidence] = field(default_factory=dict)

    def of(self, place: int) -> Confidence | None:
        """The confidence at one place of the order; None for an option that is ruled out."""
        keys, best = self.evaluation.keys, self.evaluation.best
        row = best[place]
        if keys.block[row] == order.RULED_OUT_BLOCK:
            return None
        if place not in self._made:
            alike = (keys.block[best] == keys.block[row]) & (keys.tier[best] == keys.tier[row])
            places = np.flatnonzero(alike)
            found = group_confidence(self._group(best[places]), self.draws)
            self._made.update(zip(places.tolist(), found, strict=True))
        return self._made[place]

    def _group(self, rows: NDArray[np.intp]) -> Group:
        options = [self.evaluation.asked.catalogue.options[row] for row in rows.tolist()]
        return Group(
            low=self.evaluation.low[:, rows].T,
            high=self.evaluation.high[:, rows].T,
            option_keys=tuple(option.key for option in options),
            program_keys=tuple(option.program.key for option in options),
        )


def group_confidence(group: Group, draws: Draws) -> tuple[Confidence, ...]:
    """The confidence of each option of a group; a tie goes to the earlier option."""
    n_options = len(group.option_keys)
    sampled = sampled_scores(group, draws)
    best = best_places(sampled.scores, min(TOP_RANKS, n_options))
    first = best[:, 0]
    first_shares = np.bincount(first, minlength=n_options) / draws.n_draws
    top_shares = np.bincount(best.ravel(), minlength=n_options) / draws.n_draws
    central = _central(first, draws.weights, n_options)
    factors = _factors(group, sampled, central)
    own, of_group = _questions(group, sampled, first)
    rivals = [_rival(first_shares, option) for option in range(n_options)]
    return tuple(
        Confidence(
            label=label(float(first_shares[option])),
            group_size=n_options,
            first_share=float(first_shares[option]),
            top_share=float(top_shares[option]),
            above_next=_above_next(sampled.scores, option),
            rival_key=None if rival is None else group.program_keys[rival],
            rival_when=_weighs_more(central, option, rival),
            central_weights=_by_criterion(central[option]),
            confidence_factor=factors[option],
            question=own.get(option),
            group_question=of_group,
        )
        for option, rival in enumerate(rivals)
    )


def sampled_scores(group: Group, draws: Draws) -> Sampled:
    """Scores of each option under each weighting, open cells filled by their own draws.

    A cell's draws depend on its option's key and its criterion alone, so another option shifts nothing.
    Whole numbers throughout: exact in float32.
    """
    weights = np.ascontiguousarray(draws.weights.T, dtype=np.float32)
    scores = group.low.astype(np.float32) @ weights
    fillings = {}
    for option, column in group.open_cells:
        filling = draws.cell(group.option_keys[option], CRITERIA[column])
        above = filled(filling, int(group.high[option, column] - group.low[option, column]))
        weighted = above.astype(np.float32)
        weighted *= weights[column]
        scores[option] += weighted
        fillings[option, column] = filling
    return Sampled(scores, fillings)


def filled(filling: NDArray[np.uint16], width: int) -> NDArray[np.uint32]:
    """Whole numbers 0 to width, each as likely, out of draws of 16 bits."""
    return (filling * np.uint32(width + 1)) >> np.uint32(DRAW_BITS)


def best_places(scores: NDArray[np.float32], ranks: int) -> NDArray[np.uint32]:
    """Places of the best options in every draw, best first, from scores (n_options, n_draws).

    Returns
    -------
    ndarray of shape (n_draws, ranks)
    """
    n_options, n_draws = scores.shape
    if n_options > MOST_PACKED:
        return np.argsort(-scores, axis=0, kind="stable")[:ranks].T.astype(np.uint32)
    starts = range(0, n_draws, BLOCK_DRAWS)
    blocks = (np.ascontiguousarray(scores[:, at : at + BLOCK_DRAWS].T) for at in starts)
    return np.concatenate([packed_best(block, ranks) for block in blocks])


def label(first_share: float) -> Certainty:
    """Clear from 80 % of the draws, likely from half of them, else close."""
    if first_share >= CLEAR_SHARE:
        return Certainty.CLEAR
    return Certainty.LIKELY if first_share >= LIKELY_SHARE else Certainty.CLOSE


Weightings = list[NDArray[np.float64] | None]


def _central(first: NDArray[np.uint32], weights: NDArray[np.uint16], n_options: int) -> Weightings:
    """Mean weighting, summing to 1, of the draws in which each option leads."""
    leads = [first == option for option in range(n_options)]
    return [weights[led].mean(axis=0) / WEIGHT_SUM if led.any() else None for led in leads]


def _factors(group: Group, sampled: Sampled, central: Weightings) -> list[float | None]:
    """Share of first ranks at each option's own central weights, over fillings of the open cells."""
    width = group.high - group.low
    above = {cell: filled(f[:FACTOR_DRAWS], int(width[cell])) for cell, f in sampled.fillings.items()}
    return [
        None if weighting is None else _first_share(group.low, above, weighting, option)
        for option, weighting in enumerate(central)
    ]


def _first_share(
    low: Ints,
    above: Mapping[tuple[int, int], NDArray[np.uint32]],
    weighting: NDArray[np.float64],
    option: int,
) -> float:
    n_draws = max(map(len, above.values()), default=1)
    scores = np.repeat((low @ weighting)[:, None], n_draws, axis=1)
    for (other, column), value in above.items():
        scores[other] += value * weighting[column]
    return float(np.mean(scores.argmax(axis=0) == option))


def _rival(first_shares: NDArray[np.float64], option: int) -> int | None:
    """The option that leads most often where this one does not."""
    others = first_shares.copy()
    others[option] = 0
    return int(others.argmax()) if others.any() else None


def _weighs_more(central: Weightings, option: int, rival: int | None) -> Criterion | None:
    """The criterion whose weight rises most from where this option leads to where its rival does."""
    there, here = None if rival is None else central[rival], central[option]
    if there is None or here is None:
        return None
    return CRITERIA[int(np.argmax(there - here))]


def _by_criterion(weighting: NDArray[np.float64] | None) -> dict[Criterion, float] | None:
    return None if weighting is None else dict(zip(CRITERIA, weighting.tolist(), strict=True))


def _above_next(scores: NDArray[np.float32], option: int) -> float | None:
    if option + 1 >= len(scores):
        return None
    return float(np.mean(scores[option] > scores[option + 1]))


def _questions(
    group: Group, sampled: Sampled, first: NDArray[np.uint32]
) -> tuple[dict[int, OpenCell], OpenCell | None]:
    """For each option the cell that would move its own first rank most; for the group, all first ranks.

    Moved between the draws in the lowest and in the highest third of the cell.
    """
    own: dict[int, OpenCell] = {}
    of_group: OpenCell | None = None
    third = DRAW_RANGE // 3
    n_options = len(group.option_keys)
    for (option, column), filling in sampled.fillings.items():
        lowest, highest = first[filling < third], first[filling >= DRAW_RANGE - third]
        shift = _shares(highest, n_options) - _shares(lowest, n_options)
        key, criterion = group.program_keys[option], CRITERIA[column]
        mine = OpenCell(key, criterion, float(abs(shift[option])))
        own[option] = _more_telling(own.get(option), mine)
        of_group = _more_telling(of_group, OpenCell(key, criterion, float(np.abs(shift).sum() / 2)))
    return own, of_group


def _shares(first: NDArray[np.uint32], n_options: int) -> NDArray[np.float64]:
    return np.bincount(first, minlength=n_options) / max(1, len(first))


def _more_telling(known: OpenCell | None, other: OpenCell) -> OpenCell:
    return other if known is None or other.settles > known.settles else known
