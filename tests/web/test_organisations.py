"""The administrator's pages for organizations and memberships."""

import pytest

from tests.factories import a_collaborative, a_district, a_membership, an_organisation
from tests.pages import page

FACTS = {"name": "Example Public Schools", "kind": "district", "status": "active", "version": "1"}


@pytest.fixture
def admin(signed_in):
    return signed_in("site_administrator")


@pytest.fixture
def lexington(saved):
    return saved(a_district, name="Lexington", slug="lexington")


@pytest.fixture
def labbb(saved):
    return saved(a_collaborative, name="LABBB Collaborative", slug="labbb")


def test_an_organization_is_added_with_a_short_name_made_from_its_name(admin):
    page(admin.get("/organizations/add"))
    answer = admin.post("/organizations/add", data=FACTS | {"state": "ma", "town": " Example "})

    assert (answer.status_code, answer.location) == (303, "/organizations/example-public-schools")
    assert "Example, MA" in page(admin.get(answer.location)).main.get_text()


def test_a_short_name_is_not_given_twice(admin, lexington):
    answer = admin.post("/organizations/add", data=FACTS | {"slug": "lexington"})

    assert answer.status_code == 422
    assert "Another organization" in page(answer).select_one("#slug-error").get_text()


def test_every_field_at_fault_is_named(admin):
    answer = admin.post(
        "/organizations/add",
        data=FACTS
        | {"state": "Mass", "source_address": "labbb.com", "source_year": "12", "member_list_complete": "y"},
    )

    faults = {tag["id"] for tag in page(answer).select("[id$=-error]")}
    assert faults == {
        "state-error",
        "source_address-error",
        "source_year-error",
        "member_list_complete-error",
    }


def test_facts_are_edited_and_the_kind_stays(admin, lexington):
    page(admin.get("/organizations/lexington/edit"))
    answer = admin.post(
        "/organizations/lexington/edit",
        data={
            "name": "Lexington Public Schools",
            "status": "active",
            "kind": "collaborative",
            "version": "1",
        },
    )

    shown = page(admin.get(answer.location))
    assert shown.h1.get_text() == "Lexington Public Schools"
    assert "School district" in shown.main.get_text()


def test_a_stale_edit_is_refused(admin, lexington):
    edit = {"name": "First", "slug": "lexington", "status": "active", "version": "1"}
    admin.post("/organizations/lexington/edit", data=edit)

    answer = admin.post("/organizations/lexington/edit", data=edit | {"name": "Second"})

    assert answer.status_code == 409
    assert "Someone saved this after you opened the page" in page(answer).main.get_text()


def test_the_list_is_searched_and_filtered_in_the_address(admin, lexington, labbb):
    soup = page(admin.get("/organizations?q=LEX&kind=district"))

    assert [row.get_text(strip=True) for row in soup.select("tbody th")] == ["Lexington"]


def test_percent_stands_for_itself_in_a_search(admin, lexington):
    assert not page(admin.get("/organizations?q=%25")).select("tbody th")


def test_the_list_has_pages_that_keep_the_search(admin, saved):
    for number in range(51):
        saved(a_district, name=f"District {number:03}")

    first = page(admin.get("/organizations?q=District"))
    second = page(admin.get(first.select_one("[rel=next]")["href"]))

    assert len(first.select("tbody tr")) == 50
    assert [row.get_text(strip=True) for row in second.select("tbody th")] == ["District 050"]


def test_a_member_is_added_by_name_and_shown_on_both_sides(admin, lexington, labbb):
    page(admin.get("/organizations/labbb/members/add"))
    answer = admin.post(
        "/organizations/labbb/members/add", data={"district": "lexington", "valid_from": "2020-07-01"}
    )

    assert answer.location == "/organizations/labbb"
    assert "Lexington" in page(admin.get("/organizations/labbb")).select_one("tbody").get_text()
    assert "LABBB" in page(admin.get("/organizations/lexington")).select_one("tbody").get_text()


def test_a_mistyped_district_gets_the_nearest_name(admin, lexington, labbb):
    answer = admin.post(
        "/organizations/labbb/members/add", data={"district": "Lexingtn", "valid_from": "2020-07-01"}
    )

    assert "Did you mean: Lexington?" in page(answer).select_one("#district-error").get_text()


def test_overlapping_memberships_are_refused(admin, saved, lexington, labbb):
    saved(a_membership, lexington, labbb)

    answer = admin.post(
        "/organizations/labbb/members/add", data={"district": "Lexington", "valid_from": "2024-07-01"}
    )

    assert "already" in page(answer).select_one("#valid_from-error").get_text()


def test_a_membership_gets_its_last_day(admin, saved, lexington, labbb):
    saved(a_membership, lexington, labbb)
    address = "/organizations/labbb/members/lexington/2020-07-01"

    page(admin.get(address))
    admin.post(address, data={"valid_from": "2020-07-01", "valid_to": "2025-06-30"})

    assert "Jun 30, 2025" in page(admin.get("/organizations/labbb")).main.get_text()


def test_a_membership_cannot_end_before_it_starts(admin, saved, lexington, labbb):
    saved(a_membership, lexington, labbb)

    answer = admin.post(
        "/organizations/labbb/members/lexington/2020-07-01",
        data={"valid_from": "2020-07-01", "valid_to": "2019-06-30"},
    )

    assert "before" in page(answer).select_one("#valid_to-error").get_text()


def test_a_membership_entered_by_mistake_is_removed(admin, saved, lexington, labbb):
    saved(a_membership, lexington, labbb)

    admin.post("/organizations/labbb/members/lexington/2020-07-01/remove")

    assert "No membership is on record" in page(admin.get("/organizations/labbb")).main.get_text()


@pytest.mark.parametrize("day", ["2020-07-02", "yesterday"])
def test_a_membership_that_is_not_there_is_not_found(admin, lexington, labbb, day):
    assert admin.get(f"/organizations/labbb/members/lexington/{day}").status_code == 404


@pytest.mark.parametrize("kind", ["district", "collaborative", "cooperative", "state_agency", "platform"])
def test_every_kind_of_organization_has_its_page(admin, saved, kind):
    made = saved(an_organisation, kind)

    assert page(admin.get(f"/organizations/{made.slug}")).h1.get_text() == made.name
