"""The list of referrals and its files, approvals, records of consent, and where they are pointed to."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine

from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import NOW, a_cast, moved, referred
from tests.web.referral_browsers import a_referral, browsers, hidden_of, send, state_of, text_of


@pytest.fixture(autouse=True)
def monday():
    """The pages read the clock of the computer."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(app, saved, prepared):
    return browsers(app, saved, prepared(a_cast, at=NOW))


def test_the_list_says_whose_turn_it_is(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    for_district = page(people.coordinator.get("/referrals"))
    for_program = page(people.staff.get("/referrals"))

    assert [ref in text_of(soup) for soup in (for_district, for_program)] == [True, True]
    assert "Program" in text_of(for_district)
    assert people.cast.student.ref in text_of(for_district)
    assert people.cast.student.ref not in text_of(for_program)
    assert "Tue, Dec 8" in text_of(for_program)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?q=brid", True),
        ("?q=unlikely", False),
        ("?state=asked", True),
        ("?state=ended", False),
        ("?state=nonsense", True),
        ("?turn=theirs", True),
        ("?turn=mine", False),
        ("?overdue=y", False),
        ("?q=%00&first=-3", True),
    ],
)
def test_the_filters_lie_in_the_address(people, saved, query, found):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    assert (ref in text_of(page(people.coordinator.get(f"/referrals{query}")))) is found


def test_a_program_does_not_find_a_referral_by_the_students_code(people, saved):
    a_referral(saved, people.cast, Verb.APPROVE)
    code = people.cast.student.ref

    assert "No referral matches" in text_of(page(people.staff.get(f"/referrals?q={code}")))


def test_the_file_holds_exactly_what_is_shown(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    heads, row = csv.reader(
        StringIO(people.coordinator.get("/referrals/list.csv?q=brid").data.decode("utf-8-sig"))
    )
    assert dict(zip(heads, row, strict=True)) == {
        "Referral": ref,
        "Student": people.cast.student.ref,
        "Program": "Bridge Program",
        "Agency": "River Collaborative",
        "State": "Enquiry sent",
        "Whose turn": "Program",
        "Due": "2026-12-08",
        "Days left": "10 working days left",
    }
    assert len(list(csv.reader(StringIO(people.coordinator.get("/referrals/list.csv?q=unlikely").text)))) == 1
    assert people.cast.student.ref not in people.staff.get("/referrals/list.csv").text
    assert people.coordinator.get("/referrals/list.xlsx").data[:2] == b"PK"


def test_overdue_is_said_in_words(people, saved):
    ref = saved(_sent_weeks_ago, people.cast)

    words = text_of(page(people.coordinator.get(f"/referrals/{ref}")))

    assert "The program was to answer by Wed, Nov 18; 3 working days late." in words
    assert "overdue" in words
    assert ref in text_of(page(people.staff.get("/referrals?overdue=y")))


def _sent_weeks_ago(cast):
    then = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    [row] = referred(cast, now=then)
    return moved(cast, row, Verb.APPROVE, now=then).ref


def test_a_director_approves_several_at_once(app, people, saved):
    refs = saved(_two, people.cast)
    soup = page(people.director.get("/referrals/approvals"))
    form = soup.select_one("main form")

    answer = people.director.post("/referrals/approvals", data=hidden_of(form) | {"chosen": refs})

    assert answer.status_code == 303
    assert [state_of(app, ref) for ref in refs] == ["enquiry_sent", "enquiry_sent"]
    assert "2 referrals approved" in people.director.get(answer.location).text


def _two(cast):
    return [row.ref for row in referred(cast, "bridge", "harbor")]


def test_approvals_show_exactly_what_would_leave_and_who_may_approve(people, saved):
    a_referral(saved, people.cast)

    for_director = text_of(page(people.director.get("/referrals/approvals")))
    for_coordinator = text_of(page(people.coordinator.get("/referrals/approvals")))

    assert "Age 9" in for_director
    assert "Approve and send the ticked" in for_director
    assert "The director or the deputy approves referrals." in for_coordinator
    assert "Approve and send the ticked" not in for_coordinator


def test_approving_nothing_is_an_error_beside_the_list(people, saved):
    a_referral(saved, people.cast)

    answer = people.director.post("/referrals/approvals", data={})

    assert answer.status_code == 422
    assert "Tick the referrals to approve" in page(answer).select_one("#chosen-error").get_text()


def test_a_consent_is_recorded_and_revoked(people):
    address = f"/students/{people.cast.student.ref}/disclosures"
    said = {"basis": "consent", "signer": "guardian", "signed_on": "2026-11-20", "expires_on": "2027-05-01"}

    assert people.coordinator.post(address, data=said | {"scope": "0"}).status_code == 303
    soup = page(people.coordinator.get(address))
    assert "Consent signed by: guardian, Nov 20, 2026. Good until May 1, 2027." in text_of(soup)

    for form in soup.select("form[action$='/revoke']"):
        assert people.coordinator.post(form["action"], data=hidden_of(form)).status_code == 303
    assert text_of(page(people.coordinator.get(address))).count("Revoked") == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"basis": ""}, "basis"),
        ({"signer": ""}, "signer"),
        ({"basis": "authority", "authority": ""}, "authority"),
        ({"signed_on": "2027-01-01"}, "signed_on"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"scope": "99999"}, "scope"),
    ],
)
def test_each_fault_of_a_record_is_said_beside_its_field(people, said, field):
    good = {"basis": "consent", "signer": "parent", "signed_on": "2026-11-20", "expires_on": "2027-05-01"}

    answer = people.coordinator.post(
        f"/students/{people.cast.student.ref}/disclosures", data=good | {"scope": "0"} | said
    )

    assert answer.status_code == 422
    assert [tag["id"] for tag in page(answer).select("[id$=-error]")] == [f"{field}-error"]


def test_a_record_made_on_the_way_leads_back_to_the_referral(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE, Verb.SHOW_INTEREST)
    said = {"basis": "authority", "authority": "34 CFR 99.31(a)(2)", "signed_on": "2026-11-20"}

    answer = people.coordinator.post(
        f"/students/{people.cast.student.ref}/disclosures?referral={ref}",
        data=said | {"expires_on": "2027-05-01", "scope": "0"},
    )

    assert answer.location == f"/referrals/{ref}"


def test_home_and_the_student_point_to_what_waits(people, saved):
    ref = a_referral(saved, people.cast)

    assert "1 referral waits for your approval." in people.director.get("/").text
    assert "for your approval" not in people.coordinator.get("/").text
    send(people.director, ref, Verb.APPROVE)
    send(people.staff, ref, Verb.SHOW_INTEREST)
    assert "1 referral waits for you: 1 to send the packet." in people.coordinator.get("/").text
    assert (
        "Waits for you to send the packet"
        in people.coordinator.get(f"/students/{people.cast.student.ref}").text
    )


def test_the_help_page_draws_every_move_of_the_table(client):
    soup = page(client.get("/help/referrals"))

    words = text_of(soup)
    assert "Program staff within 10 working days, reminded after 3 working days." in words
    assert "Then: expired without an answer." in words
    assert len(soup.select("tbody tr")) > 50
