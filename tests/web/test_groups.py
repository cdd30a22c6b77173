"""The room with the student in it, on the pages of a ranking."""

import pytest

from referral.rules.permissions import Role
from tests.factories import a_district
from tests.pages import page
from tests.policies import an_approved_version
from tests.rankings import a_ranking


@pytest.fixture
def district(saved):
    return saved(a_district, name="Lexington", state="MA", town="Lexington")


@pytest.fixture
def coordinator(signed_in, district):
    return signed_in(Role.COORDINATOR, at=district)


@pytest.fixture
def director(signed_in, district):
    return signed_in(Role.DIRECTOR, at=district)


def text_of(soup):
    return " ".join(soup.main.get_text(" ").split())


def sizes(limit):
    """A size of groups for the staff of the program's room, as a district's policy records it."""
    size = {"state": "MA", "code": "group_size:1:2", "limit": limit, "valid_from": "2020-01-01"}
    return [size | {"source": "A rule for tests"}]


@pytest.mark.parametrize(("limit", "flag"), [(4, "Over 4 students: would need more staff"), (5, "")])
def test_a_group_beyond_its_size_is_flagged_and_asked_about(coordinator, director, saved, limit, flag):
    """Four are in the group, so five with the student."""
    saved(an_approved_version, director.actor, state_limits=sizes(limit))
    ref = saved(a_ranking, coordinator.actor).ref

    pages = [f"/rankings/{ref}", f"/rankings/{ref}/compare?program=bridge&program=harbor"]
    for text in (text_of(page(coordinator.get(path))) for path in pages):
        assert "5 students with this one, 1 special educator and 2 aides" in text
        assert ("would need more staff" in text, flag in text) == (bool(flag), True)
    sheet = text_of(page(coordinator.get(f"/rankings/{ref}/team-sheet")))
    assert (f"Group: {flag}" in sheet) == bool(flag)


def test_without_recorded_sizes_nothing_is_said_of_a_groups_size(coordinator, saved):
    ref = saved(a_ranking, coordinator.actor).ref

    assert "with this one" not in text_of(page(coordinator.get(f"/rankings/{ref}")))


def test_a_room_whose_group_would_span_too_many_ages_is_ruled_out_with_its_reason(coordinator, saved):
    """The student will be 12 at the start; the youngest in the room will be 6 years and 10 months."""
    ref = saved(a_ranking, coordinator.actor, with_examples=False, age_years="12", start_on="2027-01-05").ref

    text = text_of(page(coordinator.get(f"/rankings/{ref}/ruled-out")))
    assert "With this student the group would span 64 months in age; the state allows 48." in text
    assert "The state's approval of a wider span, or another group, could change this." in text
