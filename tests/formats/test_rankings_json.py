"""The document of a ranking."""

from datetime import date

from hypothesis import given, settings

from matching import POLICY_2026_1, draws_of, rank_programs
from referral.formats.rankings_json import ranking_document
from referral.formats.rankings_schema import RankingPart
from referral.wording.rankings.gates import GENERAL
from tests.strategies import lists_of_programs, need_profiles

TODAY = date(2026, 11, 22)
BRACES = ("{", "}")
DRAWS = draws_of(POLICY_2026_1, n_draws=100)


def document_of(student, several, draws=DRAWS):
    ranking = rank_programs(student, several, POLICY_2026_1, seed="S-1", today=TODAY, draws=draws)
    return ranking_document(ranking, several, student)


@settings(max_examples=40, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_every_program_stands_once_and_the_document_fits_its_schema(student, several):
    document = document_of(student, several)

    assert sorted(part["program"] for part in document["programs"]) == sorted(p.key for p in several)
    assert RankingPart.model_validate(document).model_dump(mode="json") == document
    assert sum(document["counts"].values()) == len(several)


@settings(max_examples=40, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_every_reason_and_question_has_a_sentence_of_its_own(student, several):
    document = document_of(student, several)

    said = [
        part["sentence"]
        for program in document["programs"]
        for part in (
            *program["reasons"],
            *program["questions"],
            program["seats"],
            program["ride"],
            program["order"],
        )
    ]
    assert all(sentence and not any(brace in sentence for brace in BRACES) for sentence in said)
    assert not set(GENERAL.values()) & set(said)


@settings(max_examples=40, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_contributions_add_up_to_the_value(student, several):
    for program in document_of(student, several)["programs"]:
        assert sum(part["points"] for part in program["contributions"]) == program["value"]["points"]


@settings(max_examples=40, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_every_program_that_is_not_ruled_out_says_how_sure_its_place_is(student, several):
    for program in document_of(student, several)["programs"]:
        confidence = program["confidence"]
        assert (confidence is None) == (program["rank"] is None)
        if confidence and confidence["question"]:
            assert confidence["question"]["program"] == program["program"]
            assert confidence["question"]["sentence"].endswith("?")


@settings(max_examples=20, deadline=None)
@given(need_profiles(), lists_of_programs())
def test_without_draws_nothing_is_said_of_how_sure_a_place_is(student, several):
    document = document_of(student, several, draws=None)

    assert document["best_question"] is None
    assert {program["confidence"] for program in document["programs"]} <= {None}
