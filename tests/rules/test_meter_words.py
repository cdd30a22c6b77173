"""A verdict of the meter, in sentences."""

import pytest

from referral.rules.ages_told import AgeDetail
from referral.rules.answers import Answers
from referral.rules.areas import AreaCounts
from referral.rules.meter import Area, Step, judge, places_of, read_meter, release_of
from referral.rules.meter_words import about_words, meter_words, needed_words

COUNTS = AreaCounts("Merrimack Valley", 11_500, 520, 2025, "State profiles")


def words_of(category, age, counts=COUNTS, state="MA", **facts):
    answers = Answers.model_validate({"age_years": age, "primary_category": category})
    places = places_of(state, counts)
    return meter_words(judge(answers, places, k=counts.k), places, counts, **facts)


def test_the_lead_names_the_number_the_area_the_bound_and_what_is_needed():
    assert words_of("autism", "9").lead == (
        "About 280 children in Merrimack Valley share what would be sent, at least 250. Ten are needed."
    )
    assert words_of("autism", "9", AreaCounts(k=25)).lead == (
        "About 4,300 children in Massachusetts share what would be sent, at least 4,100. "
        "At least 25 are needed."
    )


def test_the_words_say_what_is_told_why_no_more_and_that_the_ranking_stays():
    said = words_of("deafblind", "19")

    assert said.title == "Enough children share this"
    assert said.details == (
        "It tells Massachusetts and a wide age band.",
        "It tells no more: with Merrimack Valley and an age band of three years, about 1 child "
        "would share it.",
        "This has no effect on the ranking: programs are ranked inside your district.",
    )


def test_how_it_was_counted_names_years_source_the_district_and_what_is_left_out():
    answers = Answers.model_validate({"age_years": "9", "primary_category": "autism"})
    district = read_meter(release_of(answers, Step(Area.DISTRICT, AgeDetail.BAND)), places_of("MA", COUNTS))

    said = words_of("autism", "9", times_before=2, in_district=district)

    assert "The student was referred two times before. What was told then is counted with it." in said.details
    federal, region, guessed, left_out = said.counted
    assert federal.startswith("Counted from federal counts of 2017-18, by age and by the disability")
    assert region == "Merrimack Valley has 11,500 children with IEPs (State profiles, 2025)."
    assert guessed == "About 13 children would be left for a program that guesses your district."
    assert left_out.startswith("Not counted: support")


def test_where_nothing_passes_the_two_ways_on_are_offered():
    said = words_of("deafblind", "9", AreaCounts(k=200))

    assert not said.passes
    assert said.lead == (
        "About 160 children in Massachusetts share even the least that can be sent, at least 130. "
        "At least 200 are needed."
    )
    assert said.ways[0].startswith("Ask the programs about their seats")
    assert said.ways[1].startswith("Or treat the student as identified")
    covered = words_of("deafblind", "9", AreaCounts(k=200), is_covered=True)
    assert (covered.ways, covered.details[-1][:27]) == ((), "A consent or an authority o")
    assert "once before" in words_of("deafblind", "9", AreaCounts(k=200), times_before=1).details[0]


def test_what_was_never_counted_is_not_called_nobody():
    assert words_of("autism", "9", AreaCounts(), state="WI").lead == (
        "How many children in Wisconsin share even the least that can be sent was never published. "
        "Ten are needed."
    )


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (0.2, "Fewer than one child"),
        (1.2, "About 1 child"),
        (18.4, "About 18 children"),
        (96, "About 96 children"),
        (137, "About 140 children"),
        (99_600, "About 100,000 children"),
    ],
)
def test_a_count_is_said_in_two_digits(expected, said):
    assert about_words(expected) == said


def test_a_number_up_to_ten_is_a_word():
    assert (needed_words(5), needed_words(12)) == ("Five are needed.", "At least 12 are needed.")
