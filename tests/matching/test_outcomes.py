"""The acceptance model: what is shown at which count, what is estimated, and that nothing ranks by it."""

import ast
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from matching.acceptance_prior import PRIOR_2026_1, Prior
from matching.calibration import calibration
from matching.exceptions import MatchingError
from matching.logistic import fit_logistic
from matching.outcomes import (
    AcceptanceModel,
    Evidence,
    Outcome,
    acceptance_model,
    share,
    values_of,
)
from matching.vocabulary import Criterion
from tests.matching.small_rankings import a_program, a_ranking, a_room, a_student

MATCHING = Path(__file__).parents[2] / "matching"
FULL, NONE = (1000,) * 12, (0,) * 12
FIRST_DAY = date(2026, 1, 5)


def outcomes(
    n: int, n_accepted: int, program: str = "bridge", values: tuple[int, ...] = FULL
) -> list[Outcome]:
    return [
        Outcome(program, values, accepted=number < n_accepted, decided_on=FIRST_DAY + timedelta(number))
        for number in range(n)
    ]


def drawn_outcomes(n: int, seed: int = 1, effect: float = 4.0) -> list[Outcome]:
    """Answers that depend on the first criterion alone."""
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 1001, (n, 12))
    accepted = rng.random(n) < 1 / (1 + np.exp(effect / 2 - effect * values[:, 0] / 1000))
    return [
        Outcome(f"p{index % 7}", tuple(map(int, row)), accepted=bool(answer), decided_on=FIRST_DAY)
        for index, (row, answer) in enumerate(zip(values, accepted, strict=True))
    ]


def changed(**numbers) -> Prior:
    known = {name: getattr(PRIOR_2026_1, name) for name in PRIOR_2026_1.__slots__}
    return Prior(**known | numbers)


@pytest.mark.parametrize(
    ("n", "evidence"),
    [
        (0, Evidence.TOO_FEW),
        (9, Evidence.TOO_FEW),
        (10, Evidence.BASE_RATE),
        (29, Evidence.BASE_RATE),
        (30, Evidence.MODEL),
    ],
)
def test_what_is_shown_depends_on_the_count_of_outcomes(n: int, evidence: Evidence) -> None:
    model = acceptance_model(outcomes(n, n // 2))

    estimate = model.estimate("bridge", FULL)

    assert model.evidence is evidence
    assert (estimate is None) == (evidence is Evidence.TOO_FEW)
    assert estimate is None or estimate.evidence is evidence


def test_a_base_rate_has_the_beta_interval_of_its_counts() -> None:
    # 10 of 10 accepted with one outcome of each kind beforehand is Beta(11, 1), whose share x has x ** 11.
    estimate = acceptance_model(outcomes(10, 10)).estimate("bridge", FULL)

    assert estimate.probability == pytest.approx(11 / 12)
    assert estimate.low == pytest.approx(0.05 ** (1 / 11))
    assert estimate.high == pytest.approx(0.95 ** (1 / 11))


def test_a_base_rate_is_the_same_for_every_referral() -> None:
    model = acceptance_model(outcomes(20, 8))

    assert model.estimate("bridge", FULL).probability == model.estimate("other", NONE).probability


@pytest.mark.parametrize("n", [12, 40])
def test_an_estimate_says_its_counts_its_base_rate_and_its_date(n: int) -> None:
    estimate = acceptance_model(outcomes(n, n // 4) + outcomes(2, 0, "harbor")).estimate("harbor", FULL)

    assert (estimate.n_outcomes, estimate.n_of_program) == (n + 2, 2)
    assert estimate.base_rate == pytest.approx(n // 4 / (n + 2))
    assert estimate.latest_on == FIRST_DAY + timedelta(n - 1)


def test_a_program_that_accepts_more_is_estimated_higher_and_an_unknown_one_between_and_less_surely() -> None:
    model = acceptance_model(outcomes(40, 36, "eager") + outcomes(40, 4, "wary"))

    eager, wary, new = (model.estimate(key, FULL) for key in ("eager", "wary", "new"))

    assert eager.probability > new.probability > wary.probability
    assert new.high - new.low > max(eager.high - eager.low, wary.high - wary.low)


def test_the_effect_of_a_program_is_drawn_to_zero() -> None:
    few = acceptance_model(outcomes(60, 30) + outcomes(2, 2, "eager"))
    many = acceptance_model(outcomes(60, 30) + outcomes(40, 40, "eager"))

    assert 0.5 < few.estimate("eager", FULL).probability < many.estimate("eager", FULL).probability


def test_without_a_spread_of_effects_the_practitioners_are_believed() -> None:
    certain = changed(effect_spread=1e-6, intercept_spread=1e-6, program_spread=1e-6)

    estimate = acceptance_model(outcomes(30, 0), prior=certain).estimate("bridge", FULL)

    expected = share(sum(certain.effects.values()) + certain.intercept)
    assert estimate.probability == pytest.approx(expected, abs=1e-4)
    assert estimate.high - estimate.low < 1e-4


def test_all_met_is_about_four_in_five_by_the_proposed_prior() -> None:
    assert share(sum(PRIOR_2026_1.effects.values()) + PRIOR_2026_1.intercept) == pytest.approx(0.8, abs=0.02)


def test_the_effect_that_made_the_outcomes_is_found() -> None:
    model = acceptance_model(drawn_outcomes(3000), prior=changed(effect_spread=10.0))

    low, high = (model.estimate("p1", (first, *[500] * 11)).probability for first in (0, 1000))

    assert np.log(high / (1 - high)) - np.log(low / (1 - low)) == pytest.approx(4.0, abs=0.5)


def test_scikit_learn_finds_the_same_where_it_has_the_same_model() -> None:
    # scikit-learn knows no prior mean, no lower bound and no prior on the intercept: take all three away.
    known = drawn_outcomes(400)
    shares = np.array([outcome.values for outcome in known]) / 1000
    accepted = np.array([outcome.accepted for outcome in known], float)
    plain = changed(
        effects=dict.fromkeys(Criterion, 0.0),
        effect_spread=1.0,
        intercept=0.0,
        intercept_spread=1e3,
        program_spread=1e-6,
    )

    ours = fit_logistic(shares, [outcome.program_key for outcome in known], accepted, plain).coefficients
    held = ours[:12] > 0
    theirs = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000).fit(shares[:, held], accepted)

    assert ours[:12][held] == pytest.approx(theirs.coef_[0], abs=1e-3)
    assert ours[12] == pytest.approx(theirs.intercept_[0], abs=1e-3)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 1000), min_size=12, max_size=12), st.integers(0, 11))
def test_a_better_fit_never_lowers_an_estimate(seed: int, values: list[int], criterion: int) -> None:
    model = acceptance_model(drawn_outcomes(30, seed, effect=-3.0))
    better = [*values[:criterion], 1000, *values[criterion + 1 :]]

    assert model.estimate("p0", better).probability >= model.estimate("p0", values).probability - 1e-12


@settings(deadline=None, max_examples=20)
@given(st.integers(30, 60), st.integers(0, 10**6), st.sampled_from(["p0", "new"]))
def test_an_estimate_lies_within_its_interval_and_between_0_and_1(n: int, seed: int, program: str) -> None:
    estimate = acceptance_model(drawn_outcomes(n, seed)).estimate(program, FULL)

    assert 0 < estimate.low < estimate.probability < estimate.high < 1


def test_the_order_of_the_outcomes_changes_nothing() -> None:
    known = drawn_outcomes(60)

    forward, backward = acceptance_model(known), acceptance_model(known[::-1])

    assert forward.estimate("p1", FULL).probability == pytest.approx(
        backward.estimate("p1", FULL).probability, abs=1e-6
    )


@pytest.mark.parametrize(("logit", "expected"), [(0, 0.5), (1000, 1.0), (-1000, 0.0)])
def test_a_share_is_computed_for_any_logit(logit: float, expected: float) -> None:
    assert share(logit) == expected


def test_an_outcome_keeps_the_values_of_the_option_it_came_from() -> None:
    option = a_ranking(a_student("S-1"), a_program("bridge", a_room("r", (6, 14)))).options[0]

    outcome = Outcome.of(option, accepted=True, decided_on=FIRST_DAY)

    assert outcome.program_key == "bridge"
    assert outcome.values == values_of(option) == tuple(value.middle for value in option.criteria)


@pytest.mark.parametrize("values", [(1,) * 11, (1001,) * 12, (-1,) * 12, (float("nan"),) * 12])
def test_values_that_cannot_be_used_are_named(values) -> None:
    with pytest.raises(MatchingError, match="values: "):
        Outcome("bridge", values, accepted=True, decided_on=FIRST_DAY)
    with pytest.raises(MatchingError, match="values: "):
        AcceptanceModel(PRIOR_2026_1, 0, 0, {}, None, None).estimate("bridge", values)


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("effects", {Criterion.RIDE: 1.0}),
        ("effects", dict.fromkeys(Criterion, -0.1)),
        ("effects", dict.fromkeys(Criterion, float("nan"))),
        ("intercept", float("inf")),
        ("effect_spread", 0.0),
        ("program_spread", float("nan")),
        ("beta_refused", 0.0),
    ],
)
def test_a_prior_that_does_not_hold_together_is_refused(field: str, number) -> None:
    with pytest.raises(MatchingError, match=f"{field}: "):
        changed(**{field: number})


def test_calibration_of_a_known_effect_beats_the_base_rate_and_its_bins_come_true() -> None:
    report = calibration(drawn_outcomes(1000), seed=1)

    assert report.log_loss < report.base_loss
    assert report.brier < report.base_brier
    assert [found.n_outcomes for found in report.bins] == [100] * 10
    assert max(abs(found.predicted - found.observed) for found in report.bins) < 0.15


def test_calibration_of_answers_without_a_pattern_does_not_beat_the_base_rate() -> None:
    report = calibration(drawn_outcomes(300, effect=0.0), seed=1)

    assert report.log_loss > report.base_loss - 0.01


def test_calibration_gives_the_same_report_for_the_same_seed_and_no_bin_under_ten() -> None:
    known = drawn_outcomes(45)

    report = calibration(known, seed=7)

    assert report == calibration(known, seed=7)
    assert report.n_outcomes == sum(found.n_outcomes for found in report.bins) == 45
    assert min(found.n_outcomes for found in report.bins) >= 10


@pytest.mark.parametrize("accepted", [0, 40])
def test_calibration_can_be_read_where_all_answers_were_the_same(accepted: int) -> None:
    report = calibration(outcomes(40, accepted), seed=1)

    assert report.base_rate == accepted / 40
    assert np.isfinite([report.log_loss, report.base_loss, report.brier, report.base_brier]).all()


@pytest.mark.parametrize(("n", "folds"), [(37, 5), (100, 1), (100, 0), (0, 5)])
def test_calibration_refuses_folds_that_leave_too_few_for_a_model(n: int, folds: int) -> None:
    with pytest.raises(MatchingError, match="outcomes: "):
        calibration(outcomes(n, n // 2), seed=1, folds=folds)


def test_nothing_that_ranks_reads_the_acceptance_model() -> None:
    advisory = {"outcomes", "logistic", "acceptance_prior", "calibration"}

    readers = {path.stem for path in MATCHING.glob("*.py") for name in imported(path) if name in advisory}

    assert readers <= advisory


def imported(path: Path) -> list[str]:
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    return [(node.module or "").removeprefix("matching.") for node in nodes]
