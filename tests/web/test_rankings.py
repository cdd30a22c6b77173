"""The pages of rankings."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from referral.actions import rankings
from referral.actions.transactions import in_transaction
from referral.formats.kept_rankings import pack
from referral.models.audit import AuditEvent
from referral.models.base import db
from referral.queries import rankings as queries
from referral.rules.permissions import Role
from tests.databases import at_most
from tests.factories import a_district
from tests.pages import page
from tests.programs import PROGRAM, TODAY
from tests.rankings import PROGRAMS, SAID, a_directory, a_ranking
from tests.students import a_student

MONEY = re.compile(r"\$|tuition|cost|price", re.I)


@pytest.fixture
def district(saved):
    return saved(a_district, name="Lexington", state="MA", town="Lexington")


@pytest.fixture
def coordinator(signed_in, district):
    return signed_in(Role.COORDINATOR, at=district)


@pytest.fixture
def director(signed_in, district):
    return signed_in(Role.DIRECTOR, at=district)


@pytest.fixture
def ref(coordinator, saved):
    return saved(a_ranking, coordinator.actor).ref


def text_of(soup):
    return " ".join(soup.main.get_text(" ").split())


def test_ranking_a_student_leads_to_the_kept_page(coordinator, saved):
    saved(a_directory)
    student = saved(a_student, coordinator.actor, **SAID)

    answer = coordinator.post(f"/students/{student.ref}/rankings")

    assert answer.status_code == 303
    soup = page(coordinator.get(answer.location))
    assert soup.h1.get_text() == f"Ranked programs for {student.ref}"
    assert "This ranking rests on published facts only" in soup.main.get_text()


@pytest.mark.parametrize("path", ["", "?view=table", "?all=1", "/ruled-out", "/team-sheet"])
def test_each_page_of_a_ranking_reads_well_and_a_strangers_is_not_there(coordinator, signed_in, ref, path):
    stranger = signed_in(Role.DIRECTOR)

    assert page(coordinator.get(f"/rankings/{ref}{path}")).h1
    assert stranger.get(f"/rankings/{ref}{path}").status_code == 404


def test_the_page_says_what_the_ranking_rests_on_before_anything_else(coordinator, ref):
    soup = page(coordinator.get(f"/rankings/{ref}"))

    assert "rests on example figures" in soup.select_one(".notice").get_text()
    assert "before a Team decision" in text_of(soup)
    assert "1 is ruled out, each with its reason." in text_of(soup)


def test_an_option_shows_why_seats_ride_cost_and_its_place_in_words(coordinator, ref):
    soup = page(coordinator.get(f"/rankings/{ref}"))

    card = " ".join(soup.select_one("article.option").get_text(" ").split())
    for words in (
        "Gives every related service asked for",
        "open of 8",
        "confirmed 3 days ago",
        "Ride",
        "Tuition",
    ):
        assert words in card
    assert "Less restrictive than the options below." in card


def test_an_option_says_how_sure_its_place_is_before_its_reasons_and_its_value(coordinator, ref):
    card = page(coordinator.get(f"/rankings/{ref}")).select_one("article.option")

    words = " ".join(card.get_text(" ").split())
    first = re.search(r"(First among|No other option of this group|In the first three)", words)
    assert first
    assert first.start() < words.index("Meets:") < words.index("of 1000")


def test_an_option_shows_what_would_change_its_place(coordinator, ref):
    text = text_of(page(coordinator.get(f"/rankings/{ref}")))

    assert "What would change this" in text


def without_confidence(actor, ref):
    """Make a ranking one of those from before confidence was kept."""
    row = queries.get(actor, ref)
    kept = queries.result_of(row)
    options = tuple(replace(option, confidence=None) for option in kept.ranking.options)
    row.result, row.draws_digest = pack(replace(kept, ranking=replace(kept.ranking, options=options))), None


def test_a_ranking_from_before_says_nothing_of_how_sure_its_places_are(coordinator, ref, saved):
    saved(without_confidence, coordinator.actor, ref)

    assert "plausible priorities" not in text_of(page(coordinator.get(f"/rankings/{ref}")))


def test_the_team_sheet_says_no_share(coordinator, ref):
    text = text_of(page(coordinator.get(f"/rankings/{ref}/team-sheet")))

    assert "plausible" not in text
    assert "%" not in text


def test_the_team_sheet_has_no_cost_no_rank_and_no_value(coordinator, ref):
    soup = page(coordinator.get(f"/rankings/{ref}/team-sheet"))

    text = text_of(soup)
    assert "For the Team's consideration. The Team decides." in text
    assert not MONEY.search(text.replace("seats and prices tagged example", ""))
    assert not re.search(r"\b(place \d|of 1000|rank)\b", text.replace("This ranking rests", ""), re.I)


def test_every_ruled_out_program_stands_with_all_its_reasons(coordinator, ref):
    text = text_of(page(coordinator.get(f"/rankings/{ref}/ruled-out")))

    assert "Old Mill" in text
    assert "Serves ages 18 to 21; the student will be 9." in text
    assert "Closed, or closed by the start date." in text


def test_the_ruled_out_are_filtered_by_reason(coordinator, ref):
    shown = text_of(page(coordinator.get(f"/rankings/{ref}/ruled-out?gate=operating")))
    nonsense = text_of(page(coordinator.get(f"/rankings/{ref}/ruled-out?gate=nonsense")))

    assert "1 of 1 with this reason: Closed." in shown
    assert "with this reason" not in nonsense


def test_two_programs_are_compared_in_words(coordinator, ref):
    soup = page(coordinator.get(f"/rankings/{ref}/compare?program=bridge&program=harbor"))

    assert [cell.get_text() for cell in soup.select("thead th")] == [
        "Fact",
        "Bridge Program",
        "Harbor School",
    ]
    assert soup.select_one("tbody th").get_text() == "Where it differs"


@pytest.mark.parametrize("asked", ["", "program=bridge", "program=bridge&program=nowhere"])
def test_too_few_programs_to_compare_lead_back_with_a_word(coordinator, ref, asked):
    answer = coordinator.get(f"/rankings/{ref}/compare?{asked}", follow_redirects=True)

    assert "Tick two to four programs" in page(answer).get_text()


def test_the_order_by_value_is_shown_only_once_its_switch_is_on_record(coordinator, ref, app):
    before = text_of(page(coordinator.get(f"/rankings/{ref}?view=value")))
    answer = coordinator.post(f"/rankings/{ref}/by-value")
    after = text_of(page(coordinator.get(answer.location)))

    assert "By value alone" not in before
    assert "By value alone" in after
    with app.app_context():
        assert "ranking:order:by_value" in db.session.scalars(select(AuditEvent.tag)).all()


def test_the_directors_order_stands_above_the_tools_and_can_be_taken_back(coordinator, director, ref):
    sent = {"program": "harbor", "place": "1", "reason": "visit", "note": "Seen on Tuesday."}
    answer = director.post(f"/rankings/{ref}/order", data=sent)

    assert answer.status_code == 303
    assert "The director put Harbor School first on" in text_of(page(coordinator.get(f"/rankings/{ref}")))
    assert director.post(f"/rankings/{ref}/order/1/withdraw").status_code == 303
    assert "Orders the director took back (1)" in text_of(page(coordinator.get(f"/rankings/{ref}")))


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"program": "harbor", "place": "1"}, "reason"),
        ({"program": "harbor", "place": "nine", "reason": "visit"}, "place"),
        ({"program": "harbor", "place": "9", "reason": "visit"}, "place"),
        ({"program": "old-mill", "place": "1", "reason": "visit"}, "program"),
        ({"program": "harbor", "place": "1", "reason": "visit", "note": "x" * 301}, "note"),
    ],
)
def test_an_order_with_a_mistake_comes_back_with_the_error_beside_its_field(director, ref, sent, field):
    soup = page(director.post(f"/rankings/{ref}/order", data=sent))

    assert soup.select(f"#{field}-error")


def test_a_note_of_the_director_is_shown(coordinator, director, ref):
    assert page(director.post(f"/rankings/{ref}/note", data={"text": " "})).select("#text-error")

    director.post(f"/rankings/{ref}/note", data={"text": "Ask <b>again</b> in January."})

    assert "Ask <b>again</b> in January." in text_of(page(coordinator.get(f"/rankings/{ref}")))


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "<script>alert(1)</script>", "{{ 7*7 }}", "é" * 400]
)
def test_hostile_text_is_shown_as_text_or_refused(director, ref, text):
    sent = text.encode("utf-8", "surrogatepass")
    answer = director.post(f"/rankings/{ref}/note", data={"text": sent})
    order = director.post(
        f"/rankings/{ref}/order", data={"program": sent, "place": sent, "reason": sent, "note": sent}
    )
    found = director.get("/rankings", query_string={"q": text.encode("utf-8", "replace"), "first": "x"})

    assert answer.status_code in (422, 303)
    assert (order.status_code, found.status_code) == (422, 200)
    assert b"<script>alert" not in director.get(f"/rankings/{ref}").data


@pytest.mark.parametrize("path", ["order", "note"])
def test_a_coordinator_sets_no_order_and_writes_no_note(coordinator, ref, path):
    assert coordinator.get(f"/rankings/{ref}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["order", "note"])
def test_another_districts_director_finds_no_ranking_here(signed_in, ref, path):
    assert signed_in(Role.DIRECTOR).get(f"/rankings/{ref}/{path}").status_code == 404


def test_an_old_ranking_shows_the_old_facts_and_says_what_changed(coordinator, ref, saved):
    saved(a_directory, PROGRAM | {"status": "closed"}, *PROGRAMS[1:])

    text = text_of(page(coordinator.get(f"/rankings/{ref}")))

    assert "Bridge Program has closed." in text
    assert "2 open of 8" in text


def test_the_list_of_rankings_is_filtered_by_code_and_order(director, ref):
    student = page(director.get("/rankings")).select_one("tbody td a").get_text()

    assert ref in page(director.get(f"/rankings?q={student.lower()}")).get_text()
    assert "No rankings here" in page(director.get("/rankings?moved=y")).get_text()


def test_the_page_of_a_ranking_needs_a_bounded_number_of_statements(coordinator, ref, engine):
    coordinator.get(f"/rankings/{ref}")

    with at_most(8, engine):
        coordinator.get(f"/rankings/{ref}")


def test_ranking_needs_a_bounded_number_of_statements(coordinator, ref, engine, app, saved):
    student = saved(a_student, coordinator.actor, **SAID)

    with app.app_context(), at_most(15, engine):  # three of them chain the line of the audit log
        in_transaction(lambda: rankings.rank_for(coordinator.actor, student.ref, today=TODAY))
