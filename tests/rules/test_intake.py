"""The six steps: every field is asked once, forgivingly, and a step knows how far it is."""

import pytest

from referral.errors import InvalidInput, RecordNotFound
from referral.rules.answers import Answers, ServiceAnswer
from referral.rules.intake import Status, after, open_questions, read_answer, status_of, step_of, with_step
from referral.rules.questions import LABELS, LEVELS, PAGES, STEPS
from referral.rules.students import not_asked, pruned
from tests.students import EVERYTHING, everything


def test_every_field_of_a_profile_is_asked_exactly_once():
    asked = [name for page in PAGES for name in page.names]

    assert sorted(asked) == sorted(Answers.model_fields)
    assert set(LABELS) == set(asked)


def test_the_synthetic_answers_of_these_tests_leave_nothing_out():
    assert set(EVERYTHING) == set(Answers.model_fields)


def test_answers_stay_the_same_through_the_database():
    stored = everything().model_dump(mode="json", exclude_none=True)

    assert Answers.model_validate(stored) == everything()


@pytest.mark.parametrize("ratio", ["no limit", "3:1", "5:2", "2.5", "8 to 3"])
def test_a_ratio_stays_the_same_through_the_database(ratio):
    answers = Answers(students_per_adult=ratio)

    assert Answers.model_validate(answers.model_dump(mode="json")) == answers


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("age_years", "12 years", 12),
        ("ride_limit_minutes", "45 min", 45),
        ("home_zip", "02421-1234", "02421"),
        ("home_zip", " 02139 ", "02139"),
        ("students_per_adult", "No limit", "no limit"),
        ("students_per_adult", "3 to 1", "3:1"),
        ("start_on", "Jan 2027", "2027-01-01"),
        ("team_status_on", "Jan 5, 2027", "2027-01-05"),
        ("team_status_on", "1/5/2027", "2027-01-05"),
        ("intervener", "yes", True),
        ("hearing", "unknown", None),
        ("grade", "12+", "12+"),
    ],
)
def test_an_answer_is_read_as_people_type_it(name, typed, stored):
    answers = Answers(**{name: read_answer(Answers, name, typed)})

    assert answers.model_dump(mode="json")[name] == stored


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("age_years", "1"),
        ("age_years", "26"),
        ("age_years", "twelve"),
        ("age_years", "9" * 5000),
        ("home_zip", "2421"),
        ("home_zip", "०२४२१"),
        ("students_per_adult", "0:1"),
        ("students_per_adult", "3:0"),
        ("start_on", "Jan 1850"),
        ("start_on", "Feb 30, 2027"),
        ("preferred_programs", ["Not A Key"]),
        ("hearing", "loud"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_by_its_name(name, typed):
    with pytest.raises(InvalidInput) as refused:
        read_answer(Answers, name, typed)

    assert refused.value.errors[0].code == f"{name}_unreadable"


def test_minutes_of_a_service_have_a_limit():
    with pytest.raises(InvalidInput):
        read_answer(ServiceAnswer, "minutes_per_week", "2401")

    assert read_answer(ServiceAnswer, "minutes_per_week", "60 min") == 60


def test_a_service_cannot_be_asked_and_not_needed():
    with pytest.raises(ValueError, match="asked and not needed"):
        Answers(services=[{"service": "nursing"}], services_not_needed=["nursing"])


def test_steps_follow_one_another_and_the_last_leads_nowhere():
    assert [after(step) for step in STEPS] == [*STEPS[1:], None]
    assert after(LEVELS) is None


def test_an_unknown_step_does_not_exist():
    assert step_of("levels") is LEVELS
    with pytest.raises(RecordNotFound):
        step_of("payment")


def test_a_step_says_how_far_it_is():
    first, answers = STEPS[0], Answers(grade="6")

    assert status_of(first, Answers(), refused=(), saved=()) is Status.TODO
    assert status_of(first, answers, refused=(), saved=()) is Status.STARTED
    assert status_of(first, answers, refused=(), saved=("student",)) is Status.DONE
    assert status_of(first, answers, refused=("age_years",), saved=("student",)) is Status.PROBLEM
    assert status_of(STEPS[1], answers, refused=("age_years",), saved=()) is Status.TODO


def test_a_step_replaces_its_own_answers_only():
    changed = with_step(Answers(grade="6", hearing="mild"), {"grade": None, "age_years": 12})

    assert changed == Answers(age_years=12, hearing="mild")


def test_open_questions_leave_out_what_is_answered_or_does_not_arise():
    still_open = open_questions(Answers(hearing="typical", vision="typical", age_years=9))

    assert "grade" in still_open
    assert not {"age_years", "hearing", "hearing_technology", "intervener", "transition_goals"} & set(
        still_open
    )
    assert not {"home_zip", "wishes"} & set(still_open)


@pytest.mark.parametrize(
    ("said", "skipped"),
    [
        ({"age_years": 13}, "transition_goals"),
        ({"hearing": "typical"}, "hearing_technology"),
        ({"hearing": "typical", "vision": "corrected"}, "intervener"),
        ({"health": "none"}, "health_flags"),
        ({"substance_use_recovery": False}, "sober_30_days"),
        ({"substance_use_recovery": None}, "sober_30_days"),
        ({"team_status": None}, "team_status_on"),
        ({"age_years": None}, "age_extra_months"),
    ],
)
def test_a_question_that_does_not_arise_loses_its_answer(said, skipped):
    answers = everything().model_copy(update=Answers.model_validate(said).model_dump(include=set(said)))

    assert skipped in not_asked(answers)
    assert getattr(pruned(answers), skipped) is None


def test_pruning_keeps_every_answer_that_was_asked():
    assert pruned(everything()) == everything()
