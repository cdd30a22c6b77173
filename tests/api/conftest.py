"""Two sides and clients of the API: `api_of("collaborative")` brings a token of the first side's own."""

from collections.abc import Callable

import pytest

from referral.rules.permissions import Role
from tests.tokens import TokenClient, a_token, token_client
from tests.world import Side, two_sides

KINDS = {"district": Role.DIRECTOR, "collaborative": Role.COLLABORATIVE_STAFF}


@pytest.fixture
def sides(prepared) -> tuple[Side, Side]:
    return prepared(two_sides)


@pytest.fixture
def api_of(app, saved, sides) -> Callable[..., TokenClient]:
    """A client with a new token of a district or a collaborative."""

    def make(kind: str, side: Side | None = None) -> TokenClient:
        place = (side or sides[0]).places[KINDS[kind]]
        return token_client(app, saved(a_token, place)[1])

    return make
