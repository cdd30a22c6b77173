"""The released copy beside a program's facts: only what was sent is compared; examples contradict nobody."""

import pytest

from matching.vocabulary import Answer, Dimension
from referral.actions import seats
from referral.actions.disclosures import revoke
from referral.errors import RecordNotFound
from referral.models.referrals import Referral
from referral.queries.disclosures import of_student
from referral.queries.referrals import get, moves
from referral.queries.released_fit import contradicted, fit_of, readable_copy
from referral.rules.referrals import Verb
from referral.rules.seats import SeatNumbers
from tests.programs import TODAY, room_of
from tests.referrals import Cast, a_cast, moved, referred


def sent(**said) -> tuple[Cast, Referral]:
    """An enquiry that was sent to the Bridge Program."""
    cast = a_cast(**said)
    row = referred(cast)[0]
    return cast, moved(cast, row, Verb.APPROVE)


def families(row: Referral) -> set[str]:
    return {gate.family for gate in fit_of(row, TODAY).gates}


def test_nothing_is_compared_before_something_was_sent(database):
    cast = a_cast()
    row = referred(cast)[0]

    with pytest.raises(RecordNotFound):
        fit_of(row, TODAY)


def test_an_enquiry_is_compared_by_age_band_and_kind_of_placement_only(database):
    _, row = sent()

    assert families(row) == {"placement_type", "age_served"}


def test_an_age_that_the_district_does_not_know_is_not_compared(database):
    _, row = sent(age_years="", age_extra_months="")

    assert families(row) == {"placement_type"}


def test_a_packet_is_compared_by_the_needs_in_it(database):
    cast, row = sent()

    moved(cast, row, Verb.SHOW_INTEREST, Verb.DISCLOSE)

    assert families(row) >= {"age_served", "service", "setting"}
    assert not families(row) & {"ride", "age_limit", "operating"}


def test_a_packet_is_read_until_its_consent_is_revoked(database):
    cast, row = sent()
    moved(cast, row, Verb.SHOW_INTEREST, Verb.DISCLOSE)
    before = readable_copy(row, TODAY)
    for record in of_student(cast.student):
        revoke(cast.coordinator, record.ref, today=TODAY)

    after = readable_copy(row, TODAY)
    assert "answers" in before
    assert after == {name: value for name, value in before.items() if name != "answers"}
    assert contradicted(row, "medical_level", TODAY) == ()


def test_support_is_compared_from_some_on(database):
    _, row = sent(health="nurse_room")

    assert [one.dimension for one in fit_of(row, TODAY).levels] == [Dimension.MEDICAL]


def test_the_counts_add_up_to_what_is_compared(database):
    _, row = sent()

    fit = fit_of(row, TODAY)

    assert sum(fit.answers.values()) == len(fit.levels) + len(fit.other_gates)
    assert fit.answers[Answer.YES] >= 1


def test_declining_for_want_of_a_seat_contradicts_seats_that_are_open(database):
    _, row = sent()

    assert contradicted(row, "no_seat", TODAY) == ("seats_open",)


def test_seats_that_are_full_contradict_nothing(database):
    cast, row = sent()
    room = room_of()
    full = SeatNumbers(licensed=8, enrolled=8)
    seats.update(cast.river_staff, "bridge", room.key, full, version_seen=room.version, today=TODAY)

    assert contradicted(row, "no_seat", TODAY) == ()


def test_an_age_within_the_ages_served_contradicts_a_decline_for_age(database):
    cast, row = sent()

    moved(cast, row, Verb.SHOW_INTEREST, Verb.DISCLOSE)

    assert contradicted(row, "age_band", TODAY) == ("age_served",)


@pytest.mark.parametrize("reason", ["profile", "other", None, "no such reason"])
def test_a_reason_that_no_fact_speaks_of_contradicts_nothing(database, reason):
    _, row = sent()

    assert contradicted(row, reason, TODAY) == ()


def test_both_sides_see_on_the_move_that_a_decline_contradicts_the_profile(database):
    cast, row = sent()

    moved(cast, row, Verb.DECLINE, reason="no_seat")

    for actor in (cast.coordinator, cast.river_staff):
        assert moves(get(actor, row.ref))[-1].facts == {"contradicts": ["seats_open"]}


def test_what_a_person_sends_as_contradicting_is_not_believed(database):
    cast, row = sent()

    moved(cast, row, Verb.DECLINE, reason="profile", contradicts=("seats_open",))

    assert "contradicts" not in moves(get(cast.coordinator, row.ref))[-1].facts
