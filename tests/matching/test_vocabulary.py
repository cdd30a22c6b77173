"""The closed lists are complete: each word has a label, each list says what it means or who says so."""

import enum

import pytest

from matching import vocabulary
from matching.vocabulary import FEDERAL_ENVIRONMENT, MA_SIMS_CODE, SETTING_TIER, Setting, Term

LISTS = [
    one
    for one in vars(vocabulary).values()
    if isinstance(one, enum.EnumMeta) and issubclass(one, Term) and one is not Term
]


@pytest.mark.parametrize("terms", LISTS, ids=lambda terms: terms.__name__)
def test_every_word_has_a_label_of_its_own(terms):
    labels = list(terms.labels().values())

    assert all(labels)
    assert len(set(labels)) == len(labels) == len(terms)


@pytest.mark.parametrize("terms", LISTS, ids=lambda terms: terms.__name__)
def test_every_list_says_what_it_is_and_each_word_what_it_means_or_who_says_so(terms):
    assert terms.__doc__
    assert not terms.__doc__.startswith("One entry of a closed list")
    assert [term.name for term in terms if not (term.definition or term.source)] == []


@pytest.mark.parametrize("terms", LISTS, ids=lambda terms: terms.__name__)
def test_values_are_short_codes_that_read_back(terms):
    for term in terms:
        assert terms(str(term)) is term
        assert len(term.value) <= 30


def test_every_list_of_the_vocabulary_is_public():
    assert {terms.__name__ for terms in LISTS} <= set(vocabulary.__all__)


def test_every_setting_has_a_tier_and_a_federal_environment():
    assert set(SETTING_TIER) == set(FEDERAL_ENVIRONMENT) == set(Setting)
    assert list(SETTING_TIER.values()) == sorted(SETTING_TIER.values())
    assert set(MA_SIMS_CODE) <= set(Setting)
