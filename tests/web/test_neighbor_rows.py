"""An option beside the next one, adding up exactly."""

import itertools

from hypothesis import given, settings

from referral.web.neighbor_rows import neighbors_of
from tests.matching.examples import rank
from tests.strategies import lists_of_programs, need_profiles


def number(text):
    return int(text.replace(",", "").replace("−", "-"))


@settings(max_examples=40, deadline=None)
@given(need_profiles(), lists_of_programs(least=2))
def test_the_differences_add_up_to_that_of_the_values(student, programs):
    options = rank(student, *programs).options

    for option, following in itertools.pairwise(options):
        found = neighbors_of(option, {})
        if found is None:
            assert option.block != following.block or option.rank is None
            continue
        assert sum(number(row.difference) for row in found.rows) == option.value - following.value
        assert number(found.total.next) == following.value
        assert len(found.rows) + found.alike == len(option.criteria)
        assert all(number(row.this) - number(row.next) == number(row.difference) for row in found.rows)


@settings(max_examples=20, deadline=None)
@given(need_profiles(), lists_of_programs(least=1))
def test_the_last_option_has_none_beside_it(student, programs):
    assert neighbors_of(rank(student, *programs).options[-1], {}) is None
