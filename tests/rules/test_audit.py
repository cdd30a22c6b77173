"""What an audit line may hold."""

from datetime import UTC, date, datetime

import pytest

from referral.rules.audit import UnsafeFact, checked_facts, checked_tag


def test_facts_are_codes_numbers_and_dates():
    facts = {
        "seats": 3,
        "share": 0.5,
        "open": True,
        "none": None,
        "on": date(2026, 9, 1),
        "codes": ["a", "b-1"],
    }

    assert checked_facts(facts) == facts | {"on": "2026-09-01"}


def test_a_moment_and_a_map_are_kept_as_json_can_hold_them():
    facts = {"at": datetime(2026, 9, 1, 8, 30, tzinfo=UTC), "seats": {"before": 1, "after": 2}}

    assert checked_facts(facts) == {"at": "2026-09-01T08:30:00+00:00", "seats": {"before": 1, "after": 2}}


@pytest.mark.parametrize(
    "content", ["two words", "line\nbreak", "x" * 81, b"bytes", object(), {"deep": "two words"}]
)
def test_content_is_refused(content):
    with pytest.raises(UnsafeFact):
        checked_facts({"note": content})


def test_a_refusal_does_not_repeat_the_content():
    with pytest.raises(UnsafeFact) as caught:
        checked_facts({"note": "something private"})

    assert "private" not in str(caught.value)


@pytest.mark.parametrize("tag", ["seats", "a:b", "a:b:c:d", "Program:seats:updated", "a b:c:d", ""])
def test_a_tag_is_noun_part_verb(tag):
    with pytest.raises(UnsafeFact):
        checked_tag(tag)


def test_a_good_tag_passes():
    assert checked_tag("program:seats:updated") == "program:seats:updated"
