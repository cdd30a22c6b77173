"""How sure a place is, in words, and the one question worth asking."""

from dataclasses import replace

import pytest

from matching import POLICY_2026_1, Interval, draws_of, rank_programs
from matching.results import Confidence, OpenCell, Question
from matching.vocabulary import Asks, Certainty, Criterion, Feature, PeerTime
from referral.wording.rankings.confidence import (
    MATTERS,
    best_question,
    best_question_sentence,
    cell_question,
    confidence_sentence,
    confidence_tag,
    percent,
    settling_question,
)
from tests.matching.examples import TODAY, a_program, a_room, a_student, levels, open_seats

NAMES = {"b": "B"}
LEADS = Confidence(
    label=Certainty.CLEAR,
    group_size=9,
    first_share=0.83,
    top_share=0.97,
    above_next=0.9,
    rival_key="b",
    rival_when=Criterion.RIDE,
    central_weights=None,
    confidence_factor=None,
    question=None,
    group_question=None,
)
DRAWS = draws_of(POLICY_2026_1, n_draws=300)


def a_known_program(key, **facts):
    room = a_room(seats=open_seats())
    return a_program(key, rooms=(room,), peer_time=PeerTime.HALF, features={Feature.STEP_DOWN: True}, **facts)


def a_ranking(*programs, needs=None, draws=DRAWS):
    student = a_student(levels=needs or levels(behavior=1), ride_minutes={"a": 10, "b": 10})
    return rank_programs(student, programs, POLICY_2026_1, seed="s", today=TODAY, draws=draws)


def test_a_leading_option_says_its_share_and_when_it_swaps():
    assert confidence_sentence(LEADS, NAMES) == (
        "First among 9 equally restrictive options under 83 % of plausible priorities. "
        "Swaps with B when the ride matters more."
    )
    assert confidence_tag(LEADS) == ("clear", "good")


def test_an_option_that_seldom_leads_is_told_by_its_first_three_ranks_and_without_a_label():
    seldom = replace(LEADS, first_share=0.04, top_share=0.6, label=Certainty.CLOSE, rival_when=None)

    assert confidence_sentence(seldom, NAMES) == (
        "In the first three of 9 equally restrictive options under 60 % of plausible priorities."
    )
    assert confidence_tag(seldom) is None


def test_among_three_the_first_three_ranks_would_say_nothing():
    assert "First among 3" in confidence_sentence(replace(LEADS, group_size=3, first_share=0.01), NAMES)


def test_an_option_alone_has_none_to_compare_it_with():
    alone = replace(LEADS, group_size=1, first_share=1.0, rival_key=None, rival_when=None)

    assert confidence_sentence(alone, NAMES).startswith("No other option of this group is as restrictive")
    assert confidence_tag(alone) is None


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0 %"), (0.001, "less than 1 %"), (0.83, "83 %"), (0.999, "more than 99 %"), (1, "100 %")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(share, words):
    assert percent(share) == words


def test_every_criterion_can_matter_more():
    assert set(MATTERS) == set(Criterion)


@pytest.mark.parametrize(
    ("asked", "team", "expected"),
    [
        (["value:behavior"], [], "value:behavior"),
        (["value:behavior", "behavior_level"], [], "behavior_level"),
        ([], ["need:behavior"], "need:behavior"),
        ([], [], "value:behavior"),
    ],
)
def test_an_open_value_is_asked_as_the_lists_ask_it(asked, team, expected):
    cell = OpenCell("b", Criterion.BEHAVIOR, 0.5)

    found = cell_question(
        cell, [Question(code, Asks.PROGRAM) for code in asked], [Question(code, Asks.TEAM) for code in team]
    )

    assert found.code == expected


def test_the_one_thing_to_ask_names_the_program_and_how_much_it_moves():
    ranking = a_ranking(a_known_program("a"), a_known_program("b", levels=levels(behavior=(0, 4))))

    said = best_question_sentence(ranking, {"a": "A", "b": "B"})

    assert said.startswith("Ask B: Which behavior support do you have?")
    assert "the first place among 2 equally restrictive options under" in said
    assert settling_question(ranking.option("b"), ()) == "Which behavior support do you have?"


def test_what_the_team_can_tell_is_asked_of_the_team():
    programs = [a_known_program(key, levels=levels(academic=level)) for key, level in (("a", 0), ("b", 1))]

    said = best_question_sentence(a_ranking(*programs, needs=levels(academic=(0, 1))), {})

    assert said.startswith("Ask the Team: What does the student need in academics?")


def test_nothing_is_asked_where_nothing_would_move_or_nothing_was_drawn():
    settled = a_ranking(a_program("a"), a_program("old", ages=Interval(18, 21)))
    plain = a_ranking(a_known_program("a"), a_known_program("b", levels=levels(behavior=(0, 4))), draws=None)

    assert best_question(settled) is best_question(plain) is None
    assert best_question_sentence(plain, {}) == settling_question(plain.options[0], ()) == ""
