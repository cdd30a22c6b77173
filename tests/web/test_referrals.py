"""The pages of a referral: what each side sees, every move through its form, notes and stale pages."""

import pytest
import time_machine

from referral.actions import disclosures
from referral.rules.referrals import Verb
from tests.pages import page
from tests.programs import TODAY, room_of
from tests.referrals import NOW, STAFF_VERBS, a_cast, moved, referred
from tests.web.hostile_strings import strings_for
from tests.web.referral_browsers import a_referral, browsers, hidden_of, send, state_of, text_of

TO_OFFER = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE, Verb.OFFER)


@pytest.fixture(autouse=True)
def monday():
    """The pages read the clock of the computer."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(app, saved, prepared):
    return browsers(app, saved, prepared(a_cast, at=NOW))


def browser_for(people, verb):
    if verb in (Verb.APPROVE, Verb.SEND_BACK, Verb.ASK_SECOND_LOOK):
        return people.director
    return people.staff if verb in STAFF_VERBS else people.coordinator


@pytest.mark.parametrize(
    ("before", "verb", "after"),
    [
        ((), Verb.SEND_BACK, "draft"),
        ((), Verb.APPROVE, "enquiry_sent"),
        ((), Verb.WITHDRAW, "withdrawn"),
        (TO_OFFER[:1], Verb.ACKNOWLEDGE, "enquiry_sent"),
        (TO_OFFER[:1], Verb.SHOW_INTEREST, "interested"),
        (TO_OFFER[:1], Verb.WAITLIST, "waitlisted"),
        ((Verb.APPROVE, Verb.WAITLIST), Verb.RECONFIRM, "waitlisted"),
        ((Verb.APPROVE, Verb.WAITLIST), Verb.RESUME, "enquiry_sent"),
        (TO_OFFER[:2], Verb.DISCLOSE, "packet_sent"),
        ((Verb.APPROVE, Verb.WITHDRAW), Verb.REOPEN, "enquiry_sent"),
        ((Verb.APPROVE, Verb.DECLINE), Verb.ASK_SECOND_LOOK, "declined"),
        ((Verb.APPROVE, Verb.DECLINE, Verb.ASK_SECOND_LOOK), Verb.UPHOLD, "declined"),
        ((*TO_OFFER[:3], Verb.ASK_INFORMATION), Verb.ANSWER, "packet_sent"),
        (TO_OFFER[:3], Verb.INVITE, "visit"),
        (TO_OFFER, Verb.EXTEND, "offered"),
        (TO_OFFER, Verb.REFUSE, "refused"),
        ((*TO_OFFER, Verb.ACCEPT, Verb.ENROLL), Verb.END, "exited"),
        ((*TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.PLAN_RETURN), Verb.STAY, "enrolled"),
    ],
)
def test_a_move_is_made_from_the_page(app, people, saved, before, verb, after):
    ref = a_referral(saved, people.cast, *before)

    answer = send(browser_for(people, verb), ref, verb)

    assert answer.status_code == 303
    assert state_of(app, ref) == after
    assert "/referrals/" in answer.location


def test_a_referral_goes_from_the_enquiry_to_a_return_through_the_pages(app, people, saved):
    ref = a_referral(saved, people.cast)
    way = (*TO_OFFER, Verb.ACCEPT, Verb.ENROLL, Verb.MONITOR, Verb.PLAN_RETURN)

    for verb in way:
        answer = send(browser_for(people, verb), ref, verb)
        assert answer.status_code == 303, (verb, text_of(page(answer)))
    assert state_of(app, ref) == "returning"

    for one in (people.coordinator, people.staff):
        assert "Return planned" in text_of(page(one.get(f"/referrals/{ref}")))


def test_the_page_says_whose_turn_it_is_and_by_when(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    for_district = text_of(page(people.coordinator.get(f"/referrals/{ref}")))
    for_program = text_of(page(people.staff.get(f"/referrals/{ref}")))

    assert "for the program to answer, until Tue, Dec 8; " in for_district
    assert "for you to answer, until Tue, Dec 8; " in for_program


def test_the_program_sees_the_copy_and_nothing_of_the_student_or_the_district(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    html = people.staff.get(f"/referrals/{ref}").text

    assert "The enquiry" in html
    for hidden in (people.cast.student.ref, people.cast.ranking.ref, "Lexington District", "Coordinator of"):
        assert hidden not in html
    assert people.staff.get(f"/referrals/{ref}/approve").status_code == 303
    assert people.staff.get(f"/students/{people.cast.student.ref}").status_code == 403


def test_a_packet_is_read_only_while_its_record_lives(app, people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
    words = text_of(page(people.staff.get(f"/referrals/{ref}")))
    assert "The packet" in words
    assert "From Lexington District to Bridge Program" in words

    saved(_revoke_all, people.cast)

    assert "The packet," not in text_of(page(people.staff.get(f"/referrals/{ref}")))


def _revoke_all(cast):
    from_list = disclosures.queries.of_student(cast.student)
    for row in from_list:
        disclosures.revoke(cast.coordinator, row.ref, today=TODAY)


def test_a_move_that_must_wait_is_shown_with_the_reason(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE, Verb.SHOW_INTEREST)
    saved(_revoke_all, people.cast)

    soup = page(people.coordinator.get(f"/referrals/{ref}"))
    button = soup.select_one("button[disabled]")

    assert button.get_text(strip=True) == "Send the packet"
    assert "Record a consent" in soup.find(id=button["aria-describedby"]).get_text()


def test_the_same_form_sent_twice_moves_once(app, people, saved):
    ref = a_referral(saved, people.cast)
    form = page(people.director.get(f"/referrals/{ref}")).select_one("form[action$='/approve']")
    hidden = {
        field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")
    }

    answers = [people.director.post(form["action"], data=hidden) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert state_of(app, ref) == "enquiry_sent"


def test_a_stale_page_shows_what_happened_and_lets_the_person_go_on(app, people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)
    form = page(people.coordinator.get(f"/referrals/{ref}/withdraw")).select_one("form[action$='/withdraw']")
    hidden = {
        field["name"]: field["value"] for field in form.select("input[type=hidden]") if field.get("value")
    }
    send(people.staff, ref, Verb.SHOW_INTEREST)

    stale = people.coordinator.post(form["action"], data=hidden | {"reason": "team_decided"})

    assert stale.status_code == 409
    soup = page(stale)
    assert "The program is interested" in text_of(soup)
    assert soup.select_one("option[selected]")["value"] == "team_decided"
    again = {
        field["name"]: field["value"]
        for field in soup.select("main input[type=hidden]")
        if field.get("value")
    }
    assert people.coordinator.post(form["action"], data=again | {"reason": "team_decided"}).status_code == 303
    assert state_of(app, ref) == "withdrawn"


def test_a_move_that_is_not_possible_any_more_says_so(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    answer = people.director.post(f"/referrals/{ref}/approve", data={})

    assert answer.status_code == 409
    assert "another step" in text_of(page(answer))


def test_no_seat_left_is_said_beside_the_room(app, people, saved):
    ref = a_referral(saved, people.cast, *TO_OFFER[:-1])
    saved(_fill_the_room)

    answer = send(people.staff, ref, Verb.OFFER)

    assert answer.status_code == 409
    assert "No open seat is left." in page(answer).select_one("#room-error").get_text()
    assert state_of(app, ref) == "packet_sent"


def _fill_the_room():
    room = room_of()
    room.enrolled = room.licensed - room.held


def test_an_acceptance_can_be_undone_with_one_press(app, people, saved):
    ref = a_referral(saved, people.cast, *TO_OFFER)
    send(people.coordinator, ref, Verb.ACCEPT)

    soup = page(people.coordinator.get(f"/referrals/{ref}"))
    form = soup.select_one("form:has(input[name=reason][value=by_mistake])")
    hidden = hidden_of(form)
    answer = people.coordinator.post(form["action"], data=hidden)

    assert answer.status_code == 303
    assert state_of(app, ref) == "offered"


def test_accepting_says_what_became_of_the_others(people, saved):
    ref = saved(_two_of_which_one_offers, people.cast)

    answer = send(people.coordinator, ref, Verb.ACCEPT)

    told = people.coordinator.get(answer.location).text
    assert "Offer accepted. 1 other referral of the student withdrawn." in told
    assert "to enroll the student" in told or "Enroll" in told


def _two_of_which_one_offers(cast):
    bridge, _ = referred(cast, "bridge", "harbor")
    return moved(cast, bridge, *TO_OFFER).ref


def test_a_note_for_ones_own_side_stays_there(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    people.coordinator.post(f"/referrals/{ref}/notes", data={"note": "Call on Monday."})

    assert "Call on Monday." in people.coordinator.get(f"/referrals/{ref}").text
    assert "Call on Monday." not in people.staff.get(f"/referrals/{ref}").text


@pytest.mark.parametrize("text", strings_for("referrals.note", stride=40))
def test_a_note_of_any_text_is_kept_or_refused_and_shown_as_text(people, saved, text):
    ref = a_referral(saved, people.cast)

    answer = people.coordinator.post(f"/referrals/{ref}/notes", data={"note": text, "for_both": text})

    assert answer.status_code in (303, 422)
    if "<" in text:
        assert text not in people.coordinator.get(f"/referrals/{ref}").text


def test_a_note_for_both_waits_for_the_packet(people, saved):
    ref = a_referral(saved, people.cast, Verb.APPROVE)

    answer = people.coordinator.post(f"/referrals/{ref}/notes", data={"note": "Hello", "for_both": "y"})

    assert answer.status_code == 422
    assert "once the packet was sent" in answer.text


def test_an_empty_note_is_refused_beside_its_field(people, saved):
    ref = a_referral(saved, people.cast)

    answer = people.coordinator.post(f"/referrals/{ref}/notes", data={"note": " "})

    assert answer.status_code == 422
    assert page(answer).select_one("#note-error")
