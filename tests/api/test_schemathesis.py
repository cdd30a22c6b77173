"""The app against its own OpenAPI document: schemathesis makes requests, right ones and wrong ones."""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from referral.formats.api_operations import OPERATIONS, PREFIX
from referral.rules.permissions import Role
from tests.tokens import a_token

EXAMPLES = 400 if os.environ.get("PLACEWELL_TESTS") == "long" else 12
# A right document may still be refused by a rule, like more seats enrolled than licensed.
TOO_STRICT = {"positive_data_acceptance"}
OURS = ("slug", "key", "ref")


@pytest.fixture(scope="module")
def schemas() -> dict[int, Any]:
    """The document of each app, read once: what schemathesis makes of it stays with it."""
    return {}


@pytest.fixture
def schema(demo_app, schemas):
    if id(demo_app) not in schemas:
        schemas[id(demo_app)] = schemathesis.openapi.from_wsgi(f"{PREFIX}/openapi.json", demo_app)
    return schemas[id(demo_app)]


@pytest.fixture
def own(sides) -> dict[str, str]:
    names = sides[0].names
    return {"slug": names["program"], "key": names["key"], "ref": names["referral"]}


def run(schema, operation, *, token: str, mode: GenerationMode, own: dict[str, Any] | None = None) -> None:
    """Send what schemathesis makes up for an operation; with `own`, about what is the token's own."""
    made = schema[operation.path][operation.method].as_strategy(generation_mode=mode)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=made)
    def send(case):
        if own is not None and case.path_parameters:
            case.path_parameters = {name: own[name] for name in case.path_parameters}
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"},
            excluded_checks=[check for check in CHECKS.get_all() if check.__name__ in TOO_STRICT],
        )

    send()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_what_the_document_promises_holds_for_right_requests(schema, saved, sides, own, operation):
    _, token = saved(a_token, sides[0].places[Role.COLLABORATIVE_STAFF])

    run(schema, operation, token=token, mode=GenerationMode.POSITIVE)
    run(schema, operation, token=token, mode=GenerationMode.POSITIVE, own=own)


WRONG = [one for one in OPERATIONS if one.asked or one.sent]


@pytest.mark.parametrize("operation", WRONG, ids=lambda one: one.name)
def test_what_the_document_promises_holds_for_wrong_requests(schema, saved, sides, own, operation):
    _, token = saved(a_token, sides[0].places[Role.COLLABORATIVE_STAFF])

    run(schema, operation, token=token, mode=GenerationMode.NEGATIVE, own=own)
