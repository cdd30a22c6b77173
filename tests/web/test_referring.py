"""From the ranked page to referrals: five clicks for three programs, reasons, the cap, drafts."""

import pytest
import time_machine
from sqlalchemy import func, select

from referral.config import FRESH_LIMIT
from referral.models.base import db
from referral.models.referrals import Referral
from referral.models.settings import OrganisationSettings
from referral.rules.calendars import DEFAULT_ZONE
from referral.rules.settings import Approval
from tests.databases import at_most
from tests.pages import page
from tests.referrals import NOW, a_cast
from tests.web.referral_browsers import browsers, hidden_of, text_of


@pytest.fixture(autouse=True)
def monday():
    """The pages read the clock of the computer."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(app, saved, prepared):
    return browsers(app, saved, prepared(a_cast, at=NOW))


@pytest.fixture
def ranking(people):
    return people.cast.ranking.ref


def refer_page(people, ranking, *slugs):
    return people.coordinator.get(f"/rankings/{ranking}/refer", query_string={"program": slugs})


def send(people, answer, **more):
    form = page(answer).select_one("main form")
    return people.coordinator.post(form["action"], data=hidden_of(form) | more)


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Referral.id)))


def settings(people, **said):
    row = OrganisationSettings(
        organisation_id=people.cast.student.district_id, zone=DEFAULT_ZONE, version=1, **said
    )
    db.session.add(row)
    db.session.flush()


def test_referring_the_top_programs_takes_a_tick_each_and_two_clicks(app, people, ranking):
    ranked = page(people.coordinator.get(f"/rankings/{ranking}"))
    boxes = ranked.select("input[name=program]")[:3]
    button = ranked.find("button", string="Refer to the chosen programs")
    clicks = len(boxes) + 1
    chosen = people.coordinator.get(
        button["formaction"], query_string={"program": [b["value"] for b in boxes]}
    )
    clicks += 1

    answer = send(people, chosen)

    assert answer.status_code == 303
    assert count(app) == len(boxes)
    assert clicks <= 5


def test_the_page_shows_exactly_what_a_program_would_see_and_the_cap(people, ranking):
    words = text_of(page(refer_page(people, ranking, "bridge", "harbor")))

    assert "0 of 4 live referrals in use" in words
    assert "Exactly what a program would see" in words
    assert "Submit for approval" in words


def test_the_page_takes_few_statements(engine, people, ranking):
    refer_page(people, ranking, "bridge", "harbor")

    with at_most(10, engine):
        refer_page(people, ranking, "bridge", "harbor")


def test_the_same_form_sent_twice_refers_once(app, people, ranking):
    form = page(refer_page(people, ranking, "bridge")).select_one("main form")

    for _ in range(2):
        assert people.coordinator.post(form["action"], data=hidden_of(form)).status_code == 303
    assert count(app) == 1


def test_a_draft_leaves_nothing_and_says_so(app, people, ranking):
    answer = send(people, refer_page(people, ranking, "bridge"), later="1")

    shown = page(people.coordinator.get(answer.location))
    assert "1 referral saved as a draft" in shown.get_text()
    assert "Nothing has left the district." in text_of(shown)


def test_a_program_that_is_ruled_out_needs_a_reason(app, saved):
    needs_a_nurse = {"services": [{"service": "nursing", "importance": "required"}]}
    people = browsers(app, saved, **needs_a_nurse)
    ranking = people.cast.ranking.ref

    refused = send(people, refer_page(people, ranking, "bridge"))
    assert refused.status_code == 422
    assert "Give a reason" in page(refused).select_one("#override_reason-bridge-error").get_text()
    assert count(app) == 0

    answer = send(people, refer_page(people, ranking, "bridge"), **{"override_reason-bridge": "visit"})
    assert answer.status_code == 303
    assert "Referred all the same" in people.coordinator.get(answer.location).text


def test_a_closed_program_takes_none(app, people, ranking):
    answer = send(people, refer_page(people, ranking, "old-mill"))

    assert answer.status_code == 422
    assert "takes no referrals" in text_of(page(answer))


def test_more_than_the_cap_is_refused_as_a_whole(app, people, ranking, saved):
    saved(settings, people, live_referrals_max=1)

    answer = send(people, refer_page(people, ranking, "bridge", "harbor"))

    assert answer.status_code == 409
    assert "all the live referrals your district allows" in text_of(page(answer))
    assert count(app) == 0


def test_without_approval_the_button_sends(app, people, ranking, saved):
    saved(settings, people, approval=Approval.OFF.value)
    shown = refer_page(people, ranking, "bridge")

    answer = send(people, shown, **{"phrases-bridge": ["visit_welcome"]})

    assert "Send the enquiries" in text_of(page(shown))
    assert "1 referral sent." in people.coordinator.get(answer.location).text
    assert "We would like to visit." in people.coordinator.get(answer.location).text


@pytest.mark.parametrize("text", ["<b>", "\0", "'--", "nothing", "x" * 3000])
def test_what_is_sent_by_hand_refers_to_nothing(app, people, ranking, text):
    address = f"/rankings/{ranking}/refer?program=bridge"

    answer = people.coordinator.post(address, data={"phrases-bridge": text, "form_key": text, "later": "1"})
    assert answer.status_code == 422
    assert people.director.post("/referrals/approvals", data={"chosen": text}).status_code == 422
    assert count(app) == 0


def test_nothing_ticked_leads_back_to_the_ranking(people, ranking):
    answer = refer_page(people, ranking)

    assert answer.status_code == 303
    assert answer.location == f"/rankings/{ranking}"


def test_a_program_already_referred_to_is_named(people, ranking):
    send(people, refer_page(people, ranking, "bridge"))

    words = text_of(page(refer_page(people, ranking, "bridge", "harbor")))

    assert "already referred Awaiting approval" in words
    assert "To 1 program. 1 of 4 live referrals in use." in words


def test_a_draft_sent_twice_is_one_draft(app, people, ranking):
    form = page(refer_page(people, ranking, "bridge")).select_one("main form")

    for _ in range(2):
        sent = people.coordinator.post(form["action"], data=hidden_of(form) | {"later": "1"})
        assert sent.status_code == 303
    assert count(app) == 1


def test_what_goes_to_the_programs_at_once_asks_for_the_password_of_this_sitting(app, people, saved, ranking):
    saved(settings, people, approval=Approval.OFF.value)
    with time_machine.travel(NOW + FRESH_LIMIT, tick=False):
        asked = send(people, refer_page(people, ranking, "bridge"))
        later = send(people, refer_page(people, ranking, "bridge"), later="y")
        draft = people.coordinator.post(f"{later.location}/submit")

    assert asked.location.startswith("/confirm?next=/parked")
    assert later.location.startswith("/referrals/F-")
    assert draft.location.startswith("/confirm")
    assert count(app) == 1
