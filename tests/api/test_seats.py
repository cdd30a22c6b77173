"""Seats over the API: versions as ETags, one change for each idempotency key, and the page's own rules."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from referral.models.audit import AuditEvent
from referral.models.base import db
from tests.programs import room_of
from tests.tokens import token_client

ADDRESS = "/api/v1/programs/bridge/rooms/room-1/seats"
CONFIRM = "/api/v1/programs/bridge/seats/confirm"
LAST_UPDATE = select(AuditEvent).where(AuditEvent.tag == "program:seats:updated")
SEATS = {"licensed": 9, "enrolled": 5, "held": 1, "openings": [{"on": "2027-01-01", "seats": 2}]}


@pytest.fixture
def staff(api_of):
    return api_of("collaborative")


def put(client, seats=SEATS, **headers):
    headers = {"If-Match": '"1"'} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put(ADDRESS, json=seats, headers={name: text for name, text in headers.items() if text})


def test_what_is_read_carries_its_version_as_etag(staff):
    answer = staff.get(ADDRESS)

    assert answer.headers["ETag"] == '"1"'
    assert answer.json["version"] == 1
    assert (answer.json["licensed"], answer.json["enrolled"], answer.json["open"]) == (8, 5, 2)
    assert answer.json["confirmed_on"] == "2026-11-19"
    assert staff.get(ADDRESS, headers={"If-None-Match": '"1"'}).status_code == 304


def test_a_change_on_the_version_that_was_read_is_saved_and_gives_the_next(staff):
    answer = put(staff)

    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    assert answer.json == staff.get(ADDRESS).json
    assert answer.json["licensed"] == 9


def test_a_change_without_a_version_is_refused(staff):
    answer = put(staff, If_Match=None)

    assert (answer.status_code, answer.json["code"]) == (428, "precondition_missing")


def test_a_change_on_an_old_version_is_refused_and_changes_nothing(staff):
    put(staff)

    answer = put(staff, SEATS | {"licensed": 20})

    assert (answer.status_code, answer.json["code"]) == (412, "precondition_failed")
    assert staff.get(ADDRESS).json["licensed"] == 9


def test_numbers_that_cannot_be_are_named(staff):
    answer = put(staff, {"licensed": 4, "enrolled": 5})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["licensed"]
    assert answer.json["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"licensed": "8", "enrolled": 5}, "licensed"),
        ({"licensed": 8}, "enrolled"),
        ({"licensed": 8, "enrolled": 5, "seats": 1}, "seats"),
        ({"licensed": True, "enrolled": 1}, "licensed"),
        ({"licensed": 8, "enrolled": 5, "openings": [{"on": "soon"}]}, "openings.0.on"),
    ],
)
def test_a_document_is_read_strictly(staff, sent, field):
    answer = put(staff, sent)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert answer.json["errors"][0]["detail"].startswith(field)


def test_a_request_sent_twice_is_carried_out_once(staff):
    first, second = put(staff, Idempotency_Key="k-1"), put(staff, Idempotency_Key="k-1")

    assert (first.status_code, first.json, first.headers["ETag"]) == (
        200,
        second.json,
        second.headers["ETag"],
    )
    assert second.status_code == 200
    assert staff.get(ADDRESS).json["version"] == 2


def test_a_key_that_came_with_another_request_is_refused(staff):
    put(staff, Idempotency_Key="k-1")

    answer = put(staff, SEATS | {"licensed": 12}, Idempotency_Key="k-1")

    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_a_refused_request_does_not_use_its_key(staff):
    put(staff, {"licensed": 4, "enrolled": 5}, Idempotency_Key="k-1")

    assert put(staff, Idempotency_Key="k-1").status_code == 200


@pytest.mark.parametrize("key", ["a b", "x" * 65, "é"])
def test_a_key_of_another_shape_is_refused(staff, key):
    assert put(staff, Idempotency_Key=key).json["code"] == "idempotency_key_invalid"


def test_eight_at_once_with_one_key_change_once_and_get_one_answer(app, staff):
    def send(_number):
        return put(token_client(app, staff.secret), Idempotency_Key="k-1")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))

    assert [answer.status_code for answer in answers] == [200] * 8
    assert {answer.headers["ETag"] for answer in answers} == {'"2"'}


def test_eight_at_once_without_a_key_have_one_winner(app, staff):
    def send(_number):
        return put(token_client(app, staff.secret)).status_code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, range(8)))

    assert answers == [200] + [412] * 7


def test_confirmed_seats_are_as_of_today(staff):
    answer = staff.post(CONFIRM, json={"rooms": [{"room": "room-1", "version": 1}]})

    assert answer.json["confirmed"] == 1
    assert staff.get(ADDRESS).json["confirmed_on"] == answer.json["on"]


def test_an_old_version_confirms_nothing(staff):
    put(staff)

    answer = staff.post(CONFIRM, json={"rooms": [{"room": "room-1", "version": 1}]})

    assert (answer.status_code, answer.json["code"]) == (409, "stale_update")


def test_a_room_named_twice_is_refused(staff):
    answer = staff.post(CONFIRM, json={"rooms": [{"room": "room-1", "version": 1}] * 2})

    assert (answer.status_code, answer.json["errors"][0]["detail"]) == (422, "Name each room once.")


def test_the_audit_names_the_token_and_who_made_it(staff, saved):
    put(staff)

    event = saved(lambda: db.session.scalars(LAST_UPDATE).one())
    assert event.actor_user_id is not None
    assert event.facts["door"].startswith("token:T-")
    assert saved(room_of).confirmed_by == event.actor_user_id
