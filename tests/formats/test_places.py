"""Towns, villages and ZIP codes as points, without a network."""

import pytest

from matching import Place
from referral.formats.places import find_place, fold, suggest_towns, town_of_zip, towns


def test_a_zip_is_its_centroid():
    assert find_place("02421", None, "MA") == Place(latitude=42.4426, longitude=-71.2265)


def test_a_town_is_the_mean_of_its_zips():
    lexington = find_place(None, "Lexington", "MA")

    assert lexington is not None
    assert lexington.latitude == pytest.approx(42.45, abs=0.02)
    assert lexington.longitude == pytest.approx(-71.22, abs=0.02)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tyngsborough", "Tyngsboro"),
        ("Foxborough", "Foxboro"),
        ("N. Andover", "North Andover"),
        ("west  walpole", "West Walpole"),
        ("WORCESTER", "Worcester"),
    ],
)
def test_spellings_of_one_town_are_one_point(one, other):
    assert find_place(None, one, "MA") == find_place(None, other, "MA")
    assert fold(one) == fold(other)


@pytest.mark.parametrize("village", ["East Walpole", "Osterville", "Hyannis"])
def test_a_village_has_a_point(village):
    assert find_place(None, village, "MA") is not None


def test_an_unknown_zip_falls_back_to_the_town_and_an_unknown_town_to_nothing():
    assert find_place("99999", "Boston", "MA") == find_place(None, "Boston", "MA")
    assert find_place("99999", "Nowhere", "MA") is None
    assert find_place(None, "Boston", "ZZ") is None
    assert find_place(None, None, "MA") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("Lexinton", "Lexington"), ("worcestor", "Worcester"), ("tyng", "Tyngsboro")]
)
def test_a_misspelled_town_brings_what_was_meant(typed, meant):
    assert suggest_towns(typed, "MA")[0] == meant


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqq", "'; drop table", "\x00"])
def test_nothing_alike_brings_no_suggestion(typed):
    assert suggest_towns(typed, "MA") == ()


def test_a_zip_names_its_town_and_nonsense_none():
    assert town_of_zip("01864") == ("North Reading", "MA")
    assert town_of_zip("0") is None


def test_the_towns_of_a_state_are_in_order():
    names = towns("MA")

    assert "Lexington" in names
    assert list(names) == sorted(names)
    assert towns("ZZ") == ()
