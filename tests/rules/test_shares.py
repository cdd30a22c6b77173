"""Shares of attributes: each has its source or is withheld, and every recognizable answer is spoken for."""

import pytest

from referral.rules.answers import Answers
from referral.rules.shares import ANY, Basis, factor_of, packaged


@pytest.mark.parametrize("one", packaged().values(), ids=lambda one: one.code)
def test_an_attribute_has_a_small_share_with_its_source_or_none(one):
    has_share = one.basis in (Basis.PUBLISHED, Basis.CONSERVATIVE)

    assert (one.share is not None) == has_share
    assert not has_share or (0 < one.share < 0.01 and one.year and one.source and one.note)
    assert one.label


@pytest.mark.parametrize("one", packaged().values(), ids=lambda one: one.code)
def test_an_attribute_names_answers_that_can_be_given(one):
    for name, values in one.answers.items():
        assert name in Answers.model_fields
        for value in () if values == ANY else values:
            said = value if name in ("hearing", "vision", "mobility", "lift") else [value]
            assert getattr(Answers.model_validate({name: said}), name) is not None


def test_shares_multiply_and_what_is_counted_otherwise_changes_nothing():
    assert factor_of(()) == factor_of(["deaf", "age"]) == 1
    assert factor_of(["wheelchair", "ventilator"]) == pytest.approx(1e-7)
    assert factor_of(["wheelchair", "braille"]) == 0
