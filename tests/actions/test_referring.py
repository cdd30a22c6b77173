"""What is said to a program when a student is referred to it."""

import pytest

from referral.actions.referring import Chosen, refer
from referral.errors import InvalidInput
from tests.referrals import NOW, a_cast

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Chosen("bridge", override_reason="because"), "override_reason-bridge"),
        (Chosen("bridge", phrases=("hello",)), "phrases-bridge"),
    ],
)
def test_reasons_and_phrases_are_those_of_the_lists(chosen, field):
    cast = a_cast()

    with pytest.raises(InvalidInput) as refused:
        refer(cast.coordinator, cast.ranking.ref, [chosen], submit=True, now=NOW)
    assert field in {problem.field for problem in refused.value.errors}
