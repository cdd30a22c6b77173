"""What an identity may hold, how it is searched, how it is sealed, and what two torn stores need."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import InvalidInput
from referral.rules.ciphers import NotOpened, new_key
from referral.rules.identities import (
    LONGEST,
    Identity,
    KeptRow,
    birth_date,
    check_identity,
    is_called,
    sweep_plan,
    words_of,
)
from referral.rules.identity_seals import (
    BLOCK_BYTES,
    COLUMNS,
    identity_of,
    master_key,
    opened_text,
    print_of,
    sealed_text,
    texts_of,
    unwrapped,
    wrapped,
)

TODAY = date(2026, 11, 23)
WHOLE = Identity(
    name="Given Family",
    nickname="Nick",
    birth_date=date(2014, 5, 9),
    state_id="1000000001",
    school="Some School",
    town="Sometown",
    street="1 Some Street",
    parents="A parent, 555-0100\nAnother parent",
    notes="Line one\nline two",
)
REFS = ("S-0000000001A", "S-0000000002B")


def problems(**facts):
    with pytest.raises(InvalidInput) as caught:
        check_identity(Identity(**{"name": "Given Family"} | facts), today=TODAY)
    return [(one.field, one.code) for one in caught.value.errors]


def test_only_a_name_is_needed_and_everything_may_be_given():
    check_identity(Identity("Given Family"), today=TODAY)
    check_identity(WHOLE, today=TODAY)


def test_every_field_at_fault_is_named():
    assert problems(name="") == [("name", "identity_name_missing")]
    assert problems(birth_date=date(2026, 11, 24)) == [("birth_date", "birth_date_range")]
    assert problems(birth_date=date(1995, 1, 1)) == [("birth_date", "birth_date_range")]
    assert problems(town="a\nb", notes="a\x07") == [
        ("town", "identity_unprintable"),
        ("notes", "identity_unprintable"),
    ]
    for field, most in LONGEST.items():
        assert problems(**{field: "x" * (most + 1)}) == [(field, "identity_too_long")]


def test_an_identity_prints_as_nothing():
    assert "Given" not in f"{WHOLE} {WHOLE!r} {[WHOLE]}"


def test_the_fields_given_are_named_for_the_audit():
    assert WHOLE.given == list(COLUMNS)
    assert Identity("Given", town="Sometown").given == ["name", "town"]


@pytest.mark.parametrize(
    "typed",
    [
        "5/9/2014",
        "05/09/2014",
        "5-9-2014",
        "5.9.14",
        "5/9/14",
        "2014-05-09",
        "May 9, 2014",
        "may 9 2014",
        "9 May 2014",
        "9th May, 2014",
        " 5 / 9 / 2014 ",
    ],
)
def test_a_birth_date_is_read_as_people_write_it(typed):
    assert birth_date(typed, today=TODAY) == date(2014, 5, 9)


@pytest.mark.parametrize("typed", ["May 2014", "2014-05", "5/2014", "13/40/2014", "tomorrow", "", "9"])
def test_what_is_no_day_stays_text_to_be_refused(typed):
    assert birth_date(typed, today=TODAY) == typed


def test_two_digits_of_a_year_mean_the_last_such_year():
    assert birth_date("5/9/26", today=TODAY) == date(2026, 5, 9)
    assert birth_date("5/9/99", today=TODAY) == date(1999, 5, 9)


@pytest.mark.parametrize(
    "typed", ["given", "FAMILY", "fam giv", "nick", "Given Family", "Gïven", "o'mal", "omal"]
)
def test_a_name_is_found_by_the_beginnings_of_its_words(typed):
    assert is_called(words_of(typed), "Given Family O’Malley", "Nick")


@pytest.mark.parametrize("typed", ["", " ", "amily", "given other", "?"])
def test_other_words_find_nobody(typed):
    assert not is_called(words_of(typed), "Given Family", "Nick")


def sealed_row(identity, key, ref=REFS[0], number=1):
    texts = texts_of(identity)
    return {one: sealed_text(key, texts[one], ref=ref, number=number, column=one) for one in COLUMNS}


def test_an_identity_comes_out_of_its_seals_as_it_went_in():
    key = new_key()
    for identity in (WHOLE, Identity("Given")):
        row = sealed_row(identity, key)
        assert (
            identity_of(
                {one: opened_text(key, row[one], ref=REFS[0], number=1, column=one) for one in COLUMNS}
            )
            == identity
        )


@given(st.text(max_size=200).filter(lambda text: "\0" not in text))
def test_any_text_comes_back_and_its_length_tells_a_multiple_of_64(text):
    key = new_key()
    sealed = sealed_text(key, text, ref=REFS[0], number=1, column="notes")
    assert opened_text(key, sealed, ref=REFS[0], number=1, column="notes") == text
    assert sealed is None or (len(sealed) - 12 - 16) % BLOCK_BYTES == 0


@pytest.mark.parametrize(
    "moved", [{"ref": REFS[1]}, {"number": 2}, {"column": "nickname"}, {"key": new_key()}]
)
def test_a_seal_opens_nowhere_else(moved):
    place = {"key": new_key(), "ref": REFS[0], "number": 1, "column": "name"}
    sealed = sealed_text(place["key"], "Given", ref=REFS[0], number=1, column="name")
    elsewhere = place | moved
    with pytest.raises(NotOpened):
        opened_text(elsewhere.pop("key"), sealed, **elsewhere)


def test_a_data_key_opens_with_its_master_key_and_for_its_district_only():
    master, other, key = master_key("m" * 32), master_key("n" * 32), new_key()
    assert unwrapped(master, wrapped(master, key, 7), 7) == key
    for wrong, district in ((other, 7), (master, 8)):
        with pytest.raises(NotOpened):
            unwrapped(wrong, wrapped(master, key, 7), district)
    assert print_of(master) != print_of(other)
    assert print_of(master) not in master.hex()


def test_stores_that_agree_need_nothing():
    plan = sweep_plan({REFS[0]: 2, REFS[1]: 0}, [KeptRow(REFS[0], 2)])
    assert (plan.orphans, plan.numbers, plan.refs) == ((), {}, frozenset())


@pytest.mark.parametrize(
    ("counting", "kept", "orphans", "numbers"),
    [
        ({REFS[0]: 0}, [1], [1], {}),  # a fault after the vault's commit, before the core's
        ({REFS[0]: 1}, [1, 2], [2], {}),  # the same, at a change
        ({REFS[0]: 2}, [1, 2], [1], {}),  # replaced
        ({}, [1], [1], {}),  # a student whom the core no longer has
        ({REFS[0]: 1}, [], [], {REFS[0]: 0}),  # removed in the vault, not yet in the core
        ({REFS[0]: 2}, [5], [], {REFS[0]: 5}),  # the core was restored from an older backup
        ({REFS[0]: 5}, [3, 4], [3], {REFS[0]: 4}),  # the vault was
    ],
)
def test_a_sweep_plans_what_each_fault_left(counting, kept, orphans, numbers):
    plan = sweep_plan(counting, [KeptRow(REFS[0], number) for number in kept])
    assert [row.number for row in plan.orphans] == orphans
    assert plan.numbers == numbers


@given(
    st.dictionaries(st.sampled_from(REFS), st.integers(0, 4)),
    st.sets(st.tuples(st.sampled_from(REFS), st.integers(1, 4))),
)
def test_after_a_sweep_there_is_nothing_to_sweep(counting, kept):
    rows = {KeptRow(*one) for one in kept}
    plan = sweep_plan(counting, rows)
    after = sweep_plan(counting | plan.numbers, rows - set(plan.orphans))
    assert (after.orphans, after.numbers) == ((), {})
    for ref, number in (counting | dict(plan.numbers)).items():
        assert {row.number for row in rows - set(plan.orphans) if row.ref == ref} == (
            {number} if number else set()
        )
