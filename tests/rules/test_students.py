"""The coded need profile that answers give."""

import pytest

from matching import NO_RATIO_LIMIT, Interval, Place
from matching.vocabulary import AgeBand, Dimension, Limit, StateCategory
from referral.rules.answers import Answers, StudentRecord
from referral.rules.students import age_band, age_months, levels, need_profile, ratio_text, record_profile
from tests.students import EVERYTHING, everything


def profile(**said):
    return need_profile(Answers.model_validate(said), code="S-TEST")


def test_every_answer_reaches_the_profile_coded():
    made = need_profile(everything(), code="S-TEST", district="Concord", ride_minutes={"bridge": 20})

    assert made.age_months == Interval(183, 183)
    assert made.categories == {StateCategory.DEAFBLIND, StateCategory.INTELLECTUAL}
    assert (made.wheelchair, made.lift, made.braille, made.intervener) == (True, True, False, True)
    assert made.meets == {
        Limit.IN_RECOVERY: True,
        Limit.SOBER_30_DAYS: True,
        Limit.DIPLOMA_TRACK: False,
        Limit.AVERAGE_ACADEMICS: False,
    }
    assert made.level(Dimension.BEHAVIOR) == Interval(3, 3)
    assert (made.district, made.ride_minutes) == ("Concord", {"bridge": 20})


def test_of_nothing_answered_everything_is_unknown():
    made = profile()

    assert (made.age_months, made.categories, made.services, made.wheelchair) == (None,) * 4
    assert (made.permitted_settings, made.communication_modes, made.braille) == (None,) * 3
    assert set(made.levels.values()) == {Interval(0, 4)}
    assert made.meets == {}


def test_an_empty_list_of_services_is_none_and_not_unknown():
    assert profile(services=[]).services == ()


def test_an_age_without_months_is_a_year_wide():
    assert age_months(Answers(age_years=12)) == Interval(144, 155)


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (None, None),
        (2, AgeBand.AGES_3_5),
        (5, AgeBand.AGES_3_5),
        (6, AgeBand.AGES_6_8),
        (17, AgeBand.AGES_15_17),
        (22, AgeBand.AGES_18_22),
        (25, AgeBand.AGES_18_22),
    ],
)
def test_every_age_falls_in_a_band(years, band):
    assert age_band(Answers(age_years=years)) is band


@pytest.mark.parametrize(
    ("said", "braille"),
    [
        ({"vision": "typical"}, False),
        ({"vision": "blind"}, None),
        ({"reading_media": ["print"]}, False),
        ({"reading_media": ["braille_contracted"]}, True),
    ],
)
def test_braille_is_asked_of_those_who_may_read_it(said, braille):
    assert profile(**said).braille is braille


def test_a_level_set_by_hand_takes_the_place_of_the_derived_one():
    corrected = Answers(health="none", level_corrections={"medical": {"level": 2, "reason": "evaluation"}})

    assert levels(corrected)[Dimension.MEDICAL] == Interval(2, 2)


@pytest.mark.parametrize(("ratio", "words"), [(None, ""), ("no limit", "no limit"), ("10:4", "5:2")])
def test_a_ratio_is_written_as_people_do(ratio, words):
    assert ratio_text(Answers(students_per_adult=ratio).students_per_adult) == words


def test_no_limit_is_a_ratio_of_its_own():
    assert profile(students_per_adult="No limit").students_per_adult == NO_RATIO_LIMIT


def test_a_student_in_a_file_gives_the_same_profile_as_one_on_the_page():
    origin = Place(latitude=42.4, longitude=-71.2)
    record = StudentRecord.model_validate({**EVERYTHING, "code": "S-FILE", "district": "Concord"})

    from_file = record_profile(record, origin=origin)

    assert from_file == need_profile(
        everything(), code="S-FILE", district="Concord", state="MA", origin=origin
    )


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("services", [{"service": "nursing"}, {"service": "nursing"}], "asked twice"),
        (
            "wishes",
            [{"feature": "lift", "insistence": "nice"}, {"feature": "lift", "insistence": "must_not"}],
            "named twice",
        ),
        ("permitted_settings", [], "at least 1"),
    ],
)
def test_answers_that_contradict_themselves_are_refused(field, value, problem):
    with pytest.raises(ValueError, match=problem):
        Answers.model_validate({field: value})
