"""What changed in the directory since a ranking."""

from referral.rules.ranking_changes import ChangeKind, ProgramChange, program_changes

SEATS = {"licensed": 8, "enrolled": 6}
ROOM = {"key": "r", "seats": SEATS}
PROGRAM = {"key": "a", "name": "A", "rooms": [ROOM], "prices": [{"usd_per_year": 1}]}


def changes(before, now, *, with_examples=True):
    return program_changes({"programs": before}, {"programs": now}, with_examples=with_examples)


def kinds(before, now, **options):
    return [change.kind for change in changes(before, now, **options)]


def test_nothing_changed_in_the_same_records():
    assert changes([PROGRAM], [PROGRAM]) == ()


def test_seats_say_how_many_were_open_and_are_open():
    now = PROGRAM | {"rooms": [ROOM | {"seats": SEATS | {"held": 1}}]}

    assert changes([PROGRAM], [now]) == (ProgramChange(ChangeKind.SEATS, "a", "A", 2, 1),)


def test_a_seat_confirmed_again_is_no_change():
    now = PROGRAM | {"rooms": [ROOM | {"seats": SEATS | {"confirmed_on": "2026-11-22"}}]}

    assert changes([PROGRAM], [now]) == ()


def test_rooms_that_are_gone_leave_no_number_of_open_seats():
    assert changes([PROGRAM], [PROGRAM | {"rooms": []}])[0].open_now is None


def test_new_gone_closed_and_changed_programs_are_told_apart():
    assert kinds([PROGRAM], []) == [ChangeKind.GONE]
    assert kinds([], [PROGRAM]) == [ChangeKind.NEW]
    assert kinds([PROGRAM], [PROGRAM | {"status": "closed"}]) == [ChangeKind.CLOSED]
    assert kinds([PROGRAM], [PROGRAM | {"status": "unverified"}]) == [ChangeKind.STATUS]
    assert kinds([PROGRAM], [PROGRAM | {"prices": []}]) == [ChangeKind.PRICE]
    assert kinds([PROGRAM], [PROGRAM | {"ages": "3-9"}]) == [ChangeKind.FACTS]


def test_example_figures_count_only_where_the_ranking_used_them():
    now = PROGRAM | {"examples": {"prices": [{"usd_per_year": 2}]}}

    assert kinds([PROGRAM], [now], with_examples=False) == []
    assert kinds([PROGRAM], [now]) == [ChangeKind.PRICE]
