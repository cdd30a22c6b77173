"""Two tabs on one draft: only a save over another tab's is a conflict."""

from datetime import UTC, datetime

import pytest

from referral.errors import StaleUpdate
from referral.rules.drafts import after_write, check_not_stale, check_open
from referral.rules.intake import StepWrite
from referral.rules.questions import STEPS


def a_write(step=0, seen_version=1, tab="mine"):
    return StepWrite(step=STEPS[step], values={}, seen_version=seen_version, tab=tab)


WRITTEN = {STEPS[0].key: {"version": 3, "tab": "other"}}


@pytest.mark.parametrize(
    "write", [a_write(seen_version=3), a_write(step=1), a_write(tab="other")], ids=["newest", "step", "tab"]
)
def test_a_save_in_nobodys_way_is_no_conflict(write):
    check_not_stale(WRITTEN, write)


@pytest.mark.parametrize("tab", ["mine", ""])
def test_a_save_over_another_tabs_is_a_conflict(tab):
    with pytest.raises(StaleUpdate):
        check_not_stale(WRITTEN, a_write(seen_version=2, tab=tab))


def test_a_save_without_a_tab_never_passes_for_another_one_without():
    with pytest.raises(StaleUpdate):
        check_not_stale({STEPS[0].key: {"version": 3, "tab": ""}}, a_write(tab=""))


def test_a_save_that_changes_nothing_is_in_nobodys_way():
    assert after_write(WRITTEN, a_write(), version=3, changed=False) == WRITTEN
    assert after_write({}, a_write(), version=2, changed=True) == {"student": {"version": 2, "tab": "mine"}}


def test_a_finished_draft_takes_no_more_answers():
    check_open(None)
    with pytest.raises(StaleUpdate):
        check_open(datetime(2026, 11, 22, tzinfo=UTC))
