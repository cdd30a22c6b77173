"""The pages of policies, and what matters on one ranking."""

from datetime import date, timedelta

import pytest

from matching.vocabulary import Criterion
from referral.queries import policies as queries
from referral.rules.permissions import Role
from tests.databases import at_most
from tests.factories import a_district
from tests.pages import page
from tests.policies import a_version, an_approved_version
from tests.rankings import a_ranking

WHY = "Rides are long in this district."


@pytest.fixture
def district(saved):
    return saved(a_district, slug="lexington-ma", name="Lexington", state="MA", town="Lexington")


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


def current(app, browser, district):
    with app.app_context():
        return queries.current(browser.actor, district.id, date.today())  # noqa: DTZ011 - the day of the computer, as the page reads it


def test_the_policy_is_shown_in_words_with_reason_author_date_and_source(coordinator):
    text = text_of(page(coordinator.get("/policies")))

    assert "This is the policy that comes with Placewell." in text
    assert "Related services 820 20 %" in text
    for words in (
        "Least need fit that is called adequate",
        "600 of 1000",
        "Three fifths of the need met is the least called adequate.",
        "Placewell developers, Nov 22, 2026",
        "Source: 603 CMR 28.06(8)(a)",
        "Massachusetts repays 75 %",
    ):
        assert words in text
    assert "Propose a change" not in text


def test_a_director_proposes_previews_and_approves(director, coordinator, ref, app, district):
    sent = {"reason": WHY, "cost_delta": " 10 of 1000 ", "why_cost_delta": "Cost should count less."}
    sent["cost_delta"] = "10"

    answer = director.post("/policies/propose", data=sent)

    assert answer.status_code == 303
    text = text_of(page(director.get(answer.location)))
    for words in ("20 of 1000 10 of 1000", "Who would move", "Students looked at 1 of 1", "only director"):
        assert words in text
    assert current(app, director, district).version == "2026.1"
    assert director.post(f"{answer.location}/approve").status_code == 303
    assert current(app, director, district).cost_delta == 10
    shown = text_of(page(coordinator.get("/policies")))
    assert "lexington-ma-1 In force" in shown
    assert "The policy changed: this ranking was made under 2026.1+examples, lexington-ma-1" in text_of(
        page(coordinator.get(f"/rankings/{ref}"))
    )


@pytest.mark.parametrize(
    ("sent", "ride"),
    [
        ({"weighing": "words", "in_words-ride": "more"}, 571),
        ({"weighing": "words", "in_words-ride": "nonsense", "in_words-services": "less"}, 341),
        ({"weighing": "numbers", "as_numbers-ride": "407", "as_numbers-services": "720"}, 407),
        ({"weighing": "scale", "as_numbers-ride": "1,307"}, 1050),
    ],
)
def test_weights_are_set_in_words_or_as_numbers(director, app, district, sent, ride):
    answer = director.post("/policies/propose", data=sent | {"reason": WHY, "why_weights": WHY})

    assert answer.status_code == 303
    director.post(f"{answer.location}/approve")
    weights = current(app, director, district).weights
    assert (weights[Criterion.RIDE], sum(weights.values())) == (ride, 4096)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"cost_delta": "5"}, "why_cost_delta"),
        ({"cost_delta": "many", "why_cost_delta": WHY}, "cost_delta"),
        ({"cost_delta": "5000", "why_cost_delta": WHY}, "cost_delta"),
        ({"critical_need": "2.5", "why_critical_need": WHY}, "critical_need"),
        ({"ride_full_minutes": "45 min", "why_ride_full_minutes": WHY}, "ride_full_minutes"),
        ({"weighing": "numbers", "as_numbers-ride": "400", "why_weights": WHY}, "weighing"),
        ({"weighing": "numbers", "as_numbers-ride": "much", "why_weights": WHY}, "as_numbers-ride"),
        ({"weighing": "words", "in_words-ride": "more"}, "why_weights"),
        ({"wished_from": "soon", "cost_delta": "5", "why_cost_delta": WHY}, "wished_from"),
        ({"wished_from": "2099-01-01", "cost_delta": "5", "why_cost_delta": WHY}, "wished_from"),
        ({"reason": " ", "cost_delta": "5", "why_cost_delta": WHY}, "reason"),
    ],
)
def test_a_mistake_comes_back_beside_its_field_with_what_was_typed(director, sent, field):
    answer = director.post("/policies/propose", data={"reason": WHY} | sent)

    assert answer.status_code == 422
    soup = page(answer)
    assert soup.select(f"#{field}-error")
    if field in sent:
        assert soup.select_one(f"#{field}") is not None


def test_a_proposal_that_changes_nothing_is_refused(director):
    soup = page(director.post("/policies/propose", data={"reason": WHY, "cost_delta": "20"}))

    assert "Nothing differs from the policy in force" in soup.select_one(".error-summary").get_text()


@pytest.mark.parametrize("typed", ["\x00", "\ud800", "<script>alert(1)</script>", "{{ 7*7 }}", "9" * 400])
def test_hostile_text_is_shown_as_text_or_refused(director, typed):
    sent = typed.encode("utf-8", "surrogatepass")
    fields = dict.fromkeys(("reason", "wished_from", "weighing", "cost_delta", "why_cost_delta"), sent)

    answer = director.post("/policies/propose", data=fields | {"as_numbers-ride": sent})

    assert answer.status_code in (303, 422)
    assert b"<script>alert" not in answer.data


def test_the_second_director_approves_and_the_page_says_who_may(director, signed_in, saved, district):
    second = signed_in(Role.DIRECTOR, at=district, name="Director, second (demo)")
    row = saved(a_version, director.actor)

    text = text_of(page(director.get(f"/policies/{row.ref}")))

    assert "the other one approves it. Who may: Director, second (demo)." in text
    assert director.post(f"/policies/{row.ref}/approve").status_code == 403
    assert second.post(f"/policies/{row.ref}/approve").status_code == 303


def test_a_proposal_is_withdrawn_and_stays_in_the_history(director, coordinator, saved):
    row = saved(a_version, director.actor)

    assert director.post(f"/policies/{row.ref}/withdraw").status_code == 303

    assert "Withdrawn" in text_of(page(coordinator.get("/policies")))
    assert director.post(f"/policies/{row.ref}/approve").status_code == 409


def test_a_coordinator_reads_a_proposal_and_decides_nothing(director, coordinator, saved):
    row = saved(a_version, director.actor)

    assert "approves or withdraws this" in text_of(page(coordinator.get(f"/policies/{row.ref}")))
    for path in ("/policies/propose", f"/policies/{row.ref}/approve", f"/policies/{row.ref}/withdraw"):
        assert coordinator.post(path).status_code == 403


def test_another_district_finds_neither_the_version_nor_the_district(director, signed_in, saved, district):
    row = saved(a_version, director.actor)
    stranger = signed_in(Role.DIRECTOR)

    for path in (
        f"/policies/{row.ref}",
        f"/policies?district={district.slug}",
        f"/policies/propose?district={district.slug}",
    ):
        assert stranger.get(path).status_code == 404


def test_a_version_for_a_later_day_waits_for_it(director, app, district, saved):
    later = date.today() + timedelta(30)  # noqa: DTZ011 - the day of the computer, as the page reads it
    row = saved(an_approved_version, director.actor, wished_from=later, today=date.today())  # noqa: DTZ011 - the day of the computer, as the page reads it

    text = text_of(page(director.get(f"/policies/{row.ref}")))

    assert "Approved" in text
    assert "In force" not in text
    assert current(app, director, district).version == "2026.1"


def test_other_priorities_are_tried_without_saving(coordinator, ref, app):
    before = page(coordinator.get(f"/rankings/{ref}")).main.get_text()

    soup = page(coordinator.get(f"/rankings/{ref}/what-matters?ride=much_more&services=less&start=nonsense"))

    text = text_of(soup)
    assert "Nothing here is saved" in text
    assert "All 2 ranked programs keep their place." in text
    assert "stays first" in text
    assert "musts, fit and setting do not depend on priorities" in text
    assert soup.select_one("input[name=ride][value=much_more]").has_attr("checked")
    assert soup.select_one("input[name=start][value=as_now]").has_attr("checked")
    assert page(coordinator.get(f"/rankings/{ref}")).main.get_text() == before


def test_the_page_of_what_matters_begins_with_the_policy_and_a_strangers_is_not_there(
    coordinator, signed_in, ref
):
    text = text_of(page(coordinator.get(f"/rankings/{ref}/what-matters")))

    assert "Choose what matters more or less" in text
    assert "Who moves" not in text
    assert signed_in(Role.DIRECTOR).get(f"/rankings/{ref}/what-matters").status_code == 404


def test_the_policy_page_needs_a_bounded_number_of_statements(coordinator, director, saved, engine):
    for delta in (3, 5, 7):
        saved(a_version, director.actor, cost_delta=delta)
    coordinator.get("/policies")

    with at_most(8, engine):
        coordinator.get("/policies")
