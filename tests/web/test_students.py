"""The list of students, one student's page, the key slip, and who may see them."""

import pytest

from referral.actions import students as actions
from referral.models.base import db
from referral.models.users import RoleAssignment
from referral.rules.permissions import Role
from tests.databases import at_most
from tests.factories import a_district
from tests.pages import page
from tests.students import a_student, everything


@pytest.fixture
def district(saved):
    return saved(a_district, name="Concord", town="Concord", state="MA")


@pytest.fixture
def coordinator(signed_in, district):
    return signed_in("coordinator", at=district)


@pytest.fixture
def student_ref(coordinator, saved, district):
    return saved(lambda: actions.create(coordinator.actor, district.id, everything()).ref)


def test_an_empty_list_says_what_to_do(coordinator):
    soup = page(coordinator.get("/students"))

    assert "No students yet" in soup.select_one(".empty").text
    assert soup.find("a", href="/students/new")


def test_a_line_tells_age_disability_team_and_last_change(coordinator, student_ref):
    cells = [cell.text for cell in page(coordinator.get("/students")).select("tbody tr > *")]

    assert cells[0] == student_ref
    assert cells[1:5] == [
        "15 to 17 years, grade 9",
        "Sensory: deaf-blind",
        "The Team supports a placement outside the district",
        "Not ranked yet",
    ]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?band=15-17&category=deafblind&team=supports", True),
        ("?category=autism", False),
        ("?category=nonsense&page=x", True),
        ("?archived=y", False),
        ("?q=%00%27&page=2", False),
        ("?_method=POST&endpoint=x&_scheme=javascript", True),
    ],
)
def test_the_list_is_filtered_in_the_address(coordinator, student_ref, address, found):
    assert (student_ref in page(coordinator.get(f"/students{address}")).text) is found


def test_a_long_list_is_paged_with_its_filter(coordinator, saved):
    saved(lambda: [a_student(coordinator.actor, primary_category="autism") for _ in range(27)] and None)

    soup = page(coordinator.get("/students?category=autism"))
    second = page(coordinator.get(soup.find("a", rel="next")["href"]))

    assert "1–25 of 27" in " ".join(soup.select_one(".pages").text.split())
    assert "26–27 of 27" in " ".join(second.select_one(".pages").text.split())
    assert second.find("a", rel="prev")


def test_the_list_asks_the_database_a_bounded_number_of_times(coordinator, saved, engine):
    saved(lambda: [a_student(coordinator.actor) for _ in range(20)] and None)
    coordinator.get("/students")

    with at_most(9, engine):
        coordinator.get("/students")


def test_a_students_page_says_the_needs_in_words(coordinator, student_ref):
    soup = page(coordinator.get(f"/students/{student_ref}"))

    assert soup.h1.text == f"Student {student_ref}"
    assert "Tactile sign (ProTactile ASL); Tactile or object cues" in soup.text
    assert "Set by hand" in soup.text


def test_a_page_of_unknowns_names_them_in_one_line_each(coordinator, saved):
    ref = saved(lambda: a_student(coordinator.actor).ref)

    soup = page(coordinator.get(f"/students/{ref}"))

    assert "Not known yet: age when the placement would start, grade" in " ".join(soup.text.split())


def test_the_key_slip_has_the_code_a_date_and_a_blank_line(coordinator, student_ref):
    soup = page(coordinator.get(f"/students/{student_ref}/key-slip"))

    assert soup.select_one(".key-slip__code").text == student_ref
    assert soup.select_one(".key-slip__line")
    assert "Keep in the district." in soup.text


def test_a_revision_leads_to_version_two_and_version_one_stays(app, coordinator, student_ref):
    overview = coordinator.post(f"/students/{student_ref}/revise").location
    coordinator.post(f"{overview}/student", data={"version": "1", "grade": "10", "age_years": "16"})

    assert coordinator.post(f"{overview}/check").location == f"/students/{student_ref}"
    assert "Grade 10" in page(coordinator.get(f"/students/{student_ref}")).text
    earlier = page(coordinator.get(f"/students/{student_ref}/versions/1"))
    assert "This is version 1 of 2" in earlier.text
    assert "Grade 9" in earlier.text


def test_a_copy_begins_with_the_same_answers_and_another_code(coordinator, student_ref):
    overview = coordinator.post(f"/students/{student_ref}/copy").location

    made = coordinator.post(f"{overview}/check").location

    assert made != f"/students/{student_ref}"
    assert "Grade 9" in page(coordinator.get(made)).text


def test_archiving_takes_a_student_out_of_the_list_and_back(coordinator, student_ref):
    coordinator.post(f"/students/{student_ref}/archive", data={"archived": "1"})
    assert student_ref not in page(coordinator.get("/students")).select_one("main").text
    assert student_ref in page(coordinator.get("/students?archived=y")).text

    coordinator.post(f"/students/{student_ref}/archive", data={"archived": "0"})
    assert student_ref in page(coordinator.get("/students")).text


def test_who_serves_two_districts_says_which(app, saved, signed_in, district):
    other = saved(a_district, name="Acton")
    client = signed_in("coordinator", at=district)
    saved(_give_role, client.user_id, other.id)

    assert len(page(client.get("/students/new")).select("[type=radio]")) == 2
    assert page(client.post("/students/new", data={"district": "elsewhere"})).select_one(".error-summary")
    assert client.post("/students/new", data={"district": other.slug}).status_code == 303


ADDRESSES = ("", "/key-slip", "/versions/1")
DEEDS = ("/revise", "/copy", "/archive")


@pytest.mark.parametrize("ref", ["S-00000000000", "S-1", "nothing", "S-' OR 1=1"])
def test_a_missing_student_is_not_there(coordinator, ref):
    assert {coordinator.get(f"/students/{ref}{end}").status_code for end in ADDRESSES} == {404}
    assert {coordinator.post(f"/students/{ref}{end}").status_code for end in DEEDS} == {404}


def test_a_strangers_student_is_not_there(signed_in, student_ref):
    stranger = signed_in("coordinator")

    assert {stranger.get(f"/students/{student_ref}{end}").status_code for end in ADDRESSES} == {404}
    assert {stranger.post(f"/students/{student_ref}{end}").status_code for end in DEEDS} == {404}


@pytest.mark.parametrize(
    "role",
    [Role.SITE_ADMINISTRATOR, Role.COLLABORATIVE_STAFF, Role.COLLABORATIVE_ADMINISTRATOR, None],
)
def test_who_serves_no_district_sees_no_student_page(signed_in, student_ref, role):
    outsider = signed_in(role)

    for address in ("/students", "/students/new", *(f"/students/{student_ref}{end}" for end in ADDRESSES)):
        assert outsider.get(address).status_code == 403


def test_the_director_sees_the_students_of_the_district(signed_in, district, student_ref):
    director = signed_in("director", at=district)

    assert student_ref in page(director.get("/students")).text
    assert page(director.get(f"/students/{student_ref}"))


def test_a_version_never_made_is_not_there(coordinator, student_ref):
    assert coordinator.get(f"/students/{student_ref}/versions/7").status_code == 404
    assert coordinator.get(f"/students/{student_ref}/versions/{10**30}").status_code == 404


def _give_role(user_id, organisation_id):
    db.session.add(RoleAssignment(user_id=user_id, role="coordinator", organisation_id=organisation_id))
