"""A note to the program on the page: what was found is marked in words, and nothing typed is lost."""

from dataclasses import replace

import pytest
import time_machine

from referral.actions import settings
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.queries.settings import settings_of
from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import NOW
from tests.web.referral_browsers import a_referral, browsers, hidden_of, state_of, text_of

TO_PACKET = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)
TYPED = "Marisol zorbs at the pond.\nCall 508-555-0142."


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(app, saved):
    return browsers(app, saved)


def allow_free_text(saved, people):
    def allow():
        place = db.session.get_one(Organisation, people.cast.student.district_id)
        wanted = replace(settings_of(place), free_text=True)
        settings.save(people.cast.director, place.slug, wanted, version_seen=0)
        return place.slug

    return saved(allow)


def answers(soup, **by_words):
    """What the form would send with these decisions, by the words they are on."""
    form = soup.select_one("form:has(#held)")
    sent = hidden_of(form)
    for name, words in [pair for pair in sent.items() if pair[0].startswith("found_")]:
        sent[name.replace("found", "decision")] = by_words.get(words.split()[0], "")
    return sent


def test_a_district_without_free_text_is_offered_none(people, saved):
    ref = a_referral(saved, people.cast, *TO_PACKET)

    shown = page(people.coordinator.get(f"/referrals/{ref}"))
    refused = people.coordinator.post(f"/referrals/{ref}/notes", data={"note": "Hello", "for_both": "y"})

    assert shown.select_one("#for_both") is None
    assert page(people.staff.get(f"/referrals/{ref}")).select_one("#for_both")
    assert refused.status_code == 422
    assert "sends no notes to programs" in refused.text


def test_a_note_is_marked_decided_on_and_sent(people, saved):
    slug = allow_free_text(saved, people)
    ref = a_referral(saved, people.cast, *TO_PACKET)
    address, typed = f"/referrals/{ref}/notes", {"note": TYPED, "for_both": "y"}

    held = people.coordinator.post(address, data=typed)
    shown = page(held)
    assert held.status_code == 422
    assert [mark.text for mark in shown.select("mark")] == ["Marisol", "zorbs", "508-555-0142"]
    assert "Marisol (perhaps a name or a place)" in text_of(shown)
    assert shown.select_one("textarea").text.strip() == TYPED
    assert TYPED.split("\n")[0] not in people.staff.get(f"/referrals/{ref}").text

    decided = answers(shown, Marisol="remove", zorbs="fine", **{"508-555-0142": "keep"})
    half = page(people.coordinator.post(address, data=typed | decided | {"attested": "y"}))
    assert [mark.text for mark in half.select("mark")] == ["zorbs", "508-555-0142"]
    assert half.select_one("input[value=fine][checked]")
    assert half.select_one("textarea").text.strip().startswith("[...] zorbs at the pond.")

    left = {"note": half.select_one("textarea").text, "for_both": "y", "attested": "y"}
    sent = people.coordinator.post(
        address, data=answers(half, zorbs="fine", **{"508-555-0142": "remove"}) | left
    )
    assert sent.status_code == 303
    assert "[...] zorbs at the pond.\nCall [...]." in people.staff.get(f"/referrals/{ref}").text

    words = page(people.director.get(f"/settings/words?at={slug}"))
    assert "zorbs" in text_of(words)
    gone = people.director.post(f"/settings/words?at={slug}", data={"word": "zorbs"}, follow_redirects=True)
    assert "zorbs" not in page(gone).select_one("main table, main p").text


def test_the_note_of_a_move_is_reviewed_on_its_page(app, people, saved):
    allow_free_text(saved, people)
    ref = a_referral(saved, people.cast, *TO_PACKET, Verb.ASK_INFORMATION)
    address = f"/referrals/{ref}/answer"
    form = page(people.coordinator.get(address)).select_one("form:has(textarea)")
    typed = hidden_of(form) | {"note": "Marisol can."}

    held = page(people.coordinator.post(address, data=typed))
    sent = people.coordinator.post(address, data=typed | answers(held, Marisol="remove") | {"attested": "y"})

    assert "The words are checked before they leave" in form.text
    assert sent.status_code == 303
    assert state_of(app, ref) == "packet_sent"
    assert "[...] can." in people.staff.get(f"/referrals/{ref}").text
