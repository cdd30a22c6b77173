"""Hostile text through every field of the intake: no fault, nothing unescaped, nothing half saved."""

import json
import re

import pytest

from referral.actions.drafts import begin
from referral.queries import drafts
from referral.rules.questions import PAGES
from tests.factories import a_district
from tests.pages import page
from tests.web.hostile_strings import HOSTILE, strings_for
from tests.web.intake import names

STORED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:+. -]{0,79}")
CHUNKS = 4
MARKED = frozenset("<>")
KEPT = ("csrf_token", "version", "tab")


def texts_in(value):
    """Every string of a JSON value."""
    if isinstance(value, dict):
        return [found for one in value.values() for found in texts_in(one)]
    if isinstance(value, list):
        return [found for one in value for found in texts_in(one)]
    return [value] if isinstance(value, str) else []


def test_there_are_at_least_300_hostile_strings():
    assert len(HOSTILE) >= 300


@pytest.fixture
def coordinator(saved, signed_in):
    return signed_in("coordinator", at=saved(a_district, name="Concord", town="Concord", state="MA"))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_field_takes_every_string_without_a_fault(app, coordinator, saved, chunk):
    ref = saved(lambda: begin(coordinator.actor, coordinator.organisation_id).ref)
    fields = {one.key: _fields(coordinator, ref, one.key) for one in PAGES}

    for text in strings_for("intake")[chunk::CHUNKS]:
        for key, asked in fields.items():
            data = {**dict.fromkeys(asked, text), "version": "1000000"}
            shown = {} if set(text) & MARKED else {"later": "1"}  # markup is looked at, the rest only taken
            answer = coordinator.post(f"/intake/{ref}/{key}", data=data | shown)
            assert answer.status_code in (303, 422), (text[:80], key)
            _expect_escaped(answer, text)
    with app.app_context():
        draft = drafts.get(coordinator.actor, ref)
        drafts.answers_of(draft)
        assert [text for text in texts_in(draft.answers) if not STORED.fullmatch(text)] == []
        assert len(json.dumps(draft.refused)) < 100_000


@pytest.mark.parametrize("step", PAGES, ids=lambda step: step.key)
def test_hostile_text_comes_back_escaped_in_a_sound_page_and_then_goes(app, coordinator, saved, step):
    ref = saved(lambda: begin(coordinator.actor, coordinator.organisation_id).ref)
    address = f"/intake/{ref}/{step.key}"
    fields = _fields(coordinator, ref, step.key)

    for text in ("<b>x</b>", "' OR 1=1", "\x00", "९", "a" * 5000, "abc"):
        data = {**dict.fromkeys(fields, text), "version": "99"}
        answers = [coordinator.post(address, data=data), coordinator.get(address)]
        for answer in [*answers, coordinator.get(f"/intake/{ref}/check")]:
            page(answer)
            _expect_escaped(answer, text)
        assert coordinator.post(address, data={"version": "99"}).status_code == 303
        with app.app_context():
            draft = drafts.get(coordinator.actor, ref)
            assert (draft.answers, draft.refused) == ({}, {})


def test_the_other_ways_in_take_every_string_too(coordinator, saved):
    ref = saved(lambda: begin(coordinator.actor, coordinator.organisation_id).ref)

    for text in strings_for("students"):
        asked = dict.fromkeys(("q", "band", "category", "team", "archived", "page"), text[:2000])
        assert coordinator.get("/students", query_string=asked).status_code == 200, text[:80]
        hidden = dict.fromkeys(("version", "tab", "activity", "back", "later"), text)
        assert coordinator.post(f"/intake/{ref}/student/autosave", data=hidden).status_code == 200
    for text in HOSTILE[::10]:
        assert coordinator.get(f"/intake/{ref}/student", query_string={"back": text[:500]}).status_code == 200


@pytest.mark.parametrize(
    "name", ["wishes-²-feature", "wishes--feature", f"wishes-{'9' * 5000}-reason", "wishes-"]
)
def test_a_strange_name_of_a_control_is_left_out(coordinator, saved, name):
    ref = saved(lambda: begin(coordinator.actor, coordinator.organisation_id).ref)

    assert coordinator.post(f"/intake/{ref}/place", data={"version": "9", name: "lift"}).status_code == 303


def _fields(client, ref, key):
    """Every name of a step that a browser could send, hidden rows included."""
    return [name for name in names(page(client.get(f"/intake/{ref}/{key}"))) if name not in KEPT]


def _expect_escaped(answer, text):
    """What means something in HTML stands nowhere in the page as it was typed."""
    if len(text) > 3 and set(text) & MARKED:
        assert text[:80] not in answer.get_data(as_text=True), text
