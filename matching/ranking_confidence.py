"""Confidence of one ranking: among equally restrictive options, who leads how often and what would tell.

Only options of one block and tier are compared, under every kept weighting and a filling of the cells that
are not known. Display only: the order is made without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching import order
from matching.draws import Draws, whole_shares
from matching.policy import WEIGHT_SUM
from matching.results import Confidence
from matching.sampling import CRITERIA, Group, Sampled, best_places, first_shares_at, sampled_scores
from matching.scoring import Evaluation
from matching.settling import telling_cells
from matching.vocabulary import Certainty, Criterion

CLEAR_SHARE = 0.8
LIKELY_SHARE = 0.5
TOP_RANKS = 3


@dataclass(frozen=True, slots=True)
class Confidences:
    """The confidence of each place of a ranking; a group is worked out when one of it is first asked for.

    With ``top`` only the groups in which one of the first so many options stands have one.
    """

    evaluation: Evaluation
    draws: Draws
    top: int | None = None
    _made: dict[int, Confidence | None] = field(default_factory=dict)

    def of(self, place: int) -> Confidence | None:
        """The confidence at one place of the order; None for an option ruled out or beyond the top."""
        if place not in self._made:
            self._made.update(self._of_group(place))
        return self._made[place]

    def _of_group(self, place: int) -> Mapping[int, Confidence | None]:
        """The confidence of each place of the group in which one place stands."""
        keys, best = self.evaluation.keys, self.evaluation.best
        block, tier = keys.block[best], keys.tier[best]
        alike = (block == block[place]) & (tier == tier[place])
        places = np.flatnonzero(alike).tolist()
        if block[place] == order.RULED_OUT_BLOCK or (self.top is not None and places[0] >= self.top):
            return dict.fromkeys(places)
        found = group_confidence(self._group(best[places]), self.draws)
        return dict(zip(places, found, strict=True))

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
    own, of_group = telling_cells(group, draws, first)
    rivals = _rivals(first_shares)
    above_next = [*np.mean(sampled.scores[:-1] > sampled.scores[1:], axis=1).tolist(), None]
    return tuple(
        Confidence(
            label=label(float(first_shares[option])),
            group_size=n_options,
            first_share=float(first_shares[option]),
            top_share=float(top_shares[option]),
            above_next=above_next[option],
            rival_key=None if rival is None else group.program_keys[rival],
            rival_when=_weighs_more(central, option, rival),
            central_weights=_by_criterion(central[option]),
            confidence_factor=factors.get(option),
            question=own.get(option),
            group_question=of_group,
        )
        for option, rival in enumerate(rivals)
    )


def label(first_share: float) -> Certainty:
    """Clear from 80 % of the draws, likely from half of them, else close."""
    if first_share >= CLEAR_SHARE:
        return Certainty.CLEAR
    return Certainty.LIKELY if first_share >= LIKELY_SHARE else Certainty.CLOSE


Weightings = list[NDArray[np.float64] | None]


def _central(first: NDArray[np.uint32], weights: NDArray[np.uint16], n_options: int) -> Weightings:
    """Mean weighting, summing to 1, of the draws in which each option leads."""
    counts = np.bincount(first, minlength=n_options)
    sums = np.stack([np.bincount(first, column, n_options) for column in weights.T], axis=1)
    return [
        total / count / WEIGHT_SUM if count else None
        for total, count in zip(sums, counts.tolist(), strict=True)
    ]


def _factors(group: Group, sampled: Sampled, central: Weightings) -> dict[int, float]:
    """Share of first ranks at each leading option's own central weights, over fillings of the open cells."""
    leading = np.array([option for option, weighting in enumerate(central) if weighting is not None])
    weightings = whole_shares(np.array([weighting for weighting in central if weighting is not None]))
    shares = first_shares_at(group, sampled, weightings, leading)
    return dict(zip(leading.tolist(), shares.tolist(), strict=True))


def _rivals(first_shares: NDArray[np.float64]) -> list[int | None]:
    """For each option the one that leads most often where it does not; None where it leads always."""
    leading: list[int | None] = [
        *np.argsort(-first_shares, kind="stable")[: np.count_nonzero(first_shares)].tolist()
    ]
    most, second = [*leading, None][:2]
    return [second if option == most else most for option in range(len(first_shares))]


def _weighs_more(central: Weightings, option: int, rival: int | None) -> Criterion | None:
    """The criterion whose weight rises most from where this option leads to where its rival does."""
    there, here = None if rival is None else central[rival], central[option]
    if there is None or here is None:
        return None
    return CRITERIA[int(np.argmax(there - here))]


def _by_criterion(weighting: NDArray[np.float64] | None) -> dict[Criterion, float] | None:
    return None if weighting is None else dict(zip(CRITERIA, weighting.tolist(), strict=True))
