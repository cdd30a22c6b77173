"""The directory and the program page."""

import pytest

from referral.formats.places import find_place
from tests.databases import at_most
from tests.factories import a_district
from tests.pages import page
from tests.programs import AGENCY, PROGRAM, a_file, a_program, load_file

HOSTILE = [
    "'\"><script>x</script>",
    "%00\x00",
    "{{7*7}}",
    "-1",
    "9" * 400,
    "é" * 300,
    "../..",
    "1e999",
    "NaN",
    "\u202e",
]
NAMES = ["q", "need", "age", "setting", "near", "within", "state", "open", "sort", "desc", "first", "unsaid"]


def names(soup) -> list[str]:
    return [link.get_text() for link in soup.select("tbody th a")]


@pytest.fixture
def coordinator(saved, signed_in):
    saved(
        load_file,
        a_file(
            PROGRAM,
            PROGRAM
            | {"key": "harbor", "name": "Harbor Program", "ages": "15-21", "examples": None, "rooms": []},
            PROGRAM | {"key": "gone", "name": "Gone Program", "status": "closed"},
            {"key": "quiet", "agency": "river", "name": "Quiet Program"},
        ),
    )
    return signed_in("coordinator")


def test_everyone_signed_in_sees_the_programs_that_run(coordinator):
    soup = page(coordinator.get("/programs"))

    assert names(soup) == ["Bridge Program", "Harbor Program", "Quiet Program"]


def test_a_stranger_signs_in_first(client):
    assert client.get("/programs").status_code == 303
    assert client.get("/programs/bridge").status_code == 303


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=harbor", ["Harbor Program"]),
        ("age=9", ["Bridge Program"]),
        ("age=9+years", ["Bridge Program"]),
        ("need=serves:autism&age=16", ["Harbor Program"]),
        ("need=service:speech_therapy&age=9", ["Bridge Program"]),
        ("setting=separate_class", ["Bridge Program", "Harbor Program"]),
        ("open=y", ["Bridge Program"]),
        ("closed=y", ["Bridge Program", "Gone Program", "Harbor Program", "Quiet Program"]),
        ("near=02421&within=10", ["Bridge Program", "Harbor Program"]),
        ("sort=name&desc=1", ["Quiet Program", "Harbor Program", "Bridge Program"]),
        ("sort=ages&desc=1", ["Harbor Program", "Bridge Program", "Quiet Program"]),
        ("age=9&unsaid=y", ["Bridge Program", "Quiet Program"]),
        (
            "setting=nonsense&need=nonsense&state=XX&within=7",
            ["Bridge Program", "Harbor Program", "Quiet Program"],
        ),
    ],
)
def test_filters_lie_in_the_address(saved, coordinator, query, expected):
    saved(load_file, a_file(PROGRAM | {"note": "placed"}), find_place=find_place)
    if "near" in query:
        harbor = PROGRAM | {"key": "harbor", "name": "Harbor Program", "ages": "15-21", "note": "placed"}
        saved(load_file, a_file(harbor | {"examples": None, "rooms": []}), find_place=find_place)

    assert names(page(coordinator.get(f"/programs?{query}"))) == expected


def test_programs_that_do_not_say_are_counted_with_a_way_to_see_them(coordinator):
    soup = page(coordinator.get("/programs?age=9"))

    link = soup.find("a", string="Show it too")
    assert "1 more program does not say" in soup.get_text()
    assert names(page(coordinator.get(link["href"]))) == ["Bridge Program", "Quiet Program"]


def test_an_unknown_town_gets_suggestions_that_work(coordinator):
    answer = coordinator.get("/programs?near=Lexingtn&age=9")

    soup = page(answer)
    assert "Did you mean Lexington, MA" in soup.select_one(".error-summary").get_text()
    again = page(coordinator.get(soup.find("a", string="Lexington, MA")["href"]))
    assert not again.select(".error-summary")


def test_an_age_that_is_none_is_explained(coordinator):
    soup = page(coordinator.get("/programs?age=nine"))

    assert "Enter an age in years, such as 9" in soup.get_text()


def test_nothing_found_says_what_to_do(coordinator):
    soup = page(coordinator.get("/programs?q=zebra"))

    assert soup.select_one(".empty").find("a")["href"] == "/programs"


def test_example_figures_are_tagged(coordinator):
    row = page(coordinator.get("/programs?q=bridge")).select_one("tbody tr")

    assert len(row.select(".tag--example")) == 3


def test_a_member_sees_which_price_is_theirs(saved, signed_in):
    saved(a_program)
    member = signed_in("coordinator", at=saved(a_district, name="Concord", state="MA"))
    assert not page(member.get("/programs")).select("tbody strong")

    saved(load_file, a_file(agencies=(AGENCY | {"members": [{"district": "Concord"}]},)))

    assert page(member.get("/programs")).select_one("tbody strong").get_text() == "$52,000"


def test_the_list_goes_on_over_pages(saved, signed_in):
    many = [{"key": f"p-{n:03}", "agency": "river", "name": f"Program {n:03}"} for n in range(130)]
    saved(load_file, a_file(*many))
    reader = signed_in("collaborative_staff")

    soup = page(reader.get("/programs"))
    following = page(reader.get(soup.find("a", rel="next")["href"]))

    assert (len(names(soup)), names(following)) == (128, ["Program 128", "Program 129"])


def test_statements_do_not_grow_with_programs(saved, signed_in, engine):
    many = [PROGRAM | {"key": f"p-{n:03}", "name": f"Program {n:03}"} for n in range(60)]
    saved(load_file, a_file(*many))
    reader = signed_in("coordinator")

    with at_most(13, engine):
        reader.get("/programs?sort=tuition")
    with at_most(6, engine):
        reader.get("/programs?age=9")
    with at_most(14, engine):
        reader.get("/programs/p-001")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_filters_break_nothing(coordinator, text):
    for name in NAMES:
        answer = coordinator.get("/programs", query_string={name: text})

        assert answer.status_code == 200
        assert b"<script>x" not in answer.data
        page(answer)


def test_a_program_page_shows_its_facts_with_their_age_and_source(coordinator):
    soup = page(coordinator.get("/programs/bridge"))

    text = " ".join(soup.get_text(" ").split())
    assert soup.h1.get_text() == "Bridge Program"
    for words in (
        "Autism, Intellectual",
        "Speech-language therapy",
        "Not offered Nursing",
        "river.example/bridge",
        "now 6y 8m to 9y 4m",
        "4 in its group, 1 special educator and 2 aides",
    ):
        assert words in text
    assert (
        soup.select_one("[aria-labelledby=rooms] .tag--example")
        .find_parent("tr")
        .th.get_text()
        .startswith("Room 2")
    )


def test_what_is_not_known_is_one_line(coordinator):
    soup = page(coordinator.get("/programs/quiet"))

    assert "Not known: ages, ages at admission" in " ".join(soup.get_text().split())
    assert not soup.select("dl.facts--wide")


def test_a_closed_program_says_so(coordinator):
    assert page(coordinator.get("/programs/gone")).select(".notice--bad")


def test_readers_get_no_buttons_of_staff(coordinator):
    soup = page(coordinator.get("/programs/bridge"))

    assert not soup.select("a[href$=edit], a[href$=seats]")


@pytest.mark.parametrize("slug", ["nothing", "a%00b", "..", "x" * 300])
def test_a_program_that_is_not_there_is_not_found(coordinator, slug):
    assert coordinator.get(f"/programs/{slug}").status_code == 404
