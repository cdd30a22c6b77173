"""Who saw what of a student: who released, who received, when, which parts and what for; as a PDF too."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from referral.actions import disclosures
from referral.models.base import db
from referral.models.organisations import Organisation
from referral.rules.permissions import Role
from referral.rules.referrals import Verb
from tests.pages import page
from tests.referrals import NOW, a_cast, moved, referred

TO_PACKET = (Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE)


@pytest.fixture
def story(saved, signed_in):
    """The story, an hour after its moves."""
    with time_machine.travel(NOW + timedelta(hours=1)):
        yield told(saved, signed_in)


def told(saved, signed_in):
    """A packet that was sent and read, its consent revoked, and somebody of the district who looked."""
    cast = saved(a_cast)
    [row] = saved(lambda: referred(cast))
    agency = saved(lambda: db.session.get(Organisation, row.collaborative_id))
    home = saved(lambda: db.session.get(Organisation, row.district_id))
    staff = signed_in(Role.COLLABORATIVE_STAFF, at=agency, name="Intake, River")
    director = signed_in(Role.DIRECTOR, at=home, name="Director, Lexington")
    for verb in TO_PACKET:
        saved(lambda verb=verb: moved(cast, row, verb))
        staff.get(f"/referrals/{row.ref}", buffered=True).close()
    record = saved(lambda: disclosures.queries.of_student(cast.student)[0].ref)
    saved(lambda: disclosures.revoke(cast.coordinator, record, today=NOW.date()))
    staff.get(f"/referrals/{row.ref}", buffered=True).close()
    for _ in range(2):
        director.get(f"/students/{cast.student.ref}", buffered=True).close()
    return cast, row, director


def cells(soup, section):
    return [
        [cell.text for cell in line.select("th, td")] for line in soup.select(f"#{section} ~ div tbody tr")
    ]


def test_the_page_says_who_released_who_received_when_what_and_what_for(story):
    cast, row, director = story

    soup = page(director.get(f"/students/{cast.student.ref}/access"))
    outside, inside = (cells(soup.find(id=name).parent, name) for name in ("outside", "inside"))
    accesses = [(what.split(":")[0], by, to) for _, what, by, to, _ in outside]
    released = f"{cast.director.name}, Special education director"
    disclosed = f"{cast.coordinator.name}, Out-of-district coordinator"
    reader = "Intake, River, Program staff, River Collaborative"
    agency = "Staff of Bridge Program, River Collaborative"

    assert sorted(accesses) == sorted(
        [
            ("Enquiry sent", released, agency),
            ("Enquiry read", released, reader),
            ("Packet sent", disclosed, agency),
            ("Packet read", disclosed, reader),
        ]
    )
    assert all(row.ref in purpose for *_, purpose in outside)
    assert any("Consent signed by: parent" in purpose for *_, purpose in outside)
    assert [line[1:] for line in inside] == [
        ["Director, Lexington", "Special education director", "Record", "1"]
    ]


def test_the_pdf_is_tagged_has_a_title_and_a_language_and_holds_all_the_text_of_the_page(story):
    cast, _, director = story
    soup = page(director.get(f"/students/{cast.student.ref}/access"))
    wanted = [cell.text for cell in soup.select("main th, main td, main h1, main h2")]

    answer = director.get(f"/students/{cast.student.ref}/access.pdf")
    reader = PdfReader(BytesIO(answer.data))
    root = reader.trailer["/Root"]
    text = "".join(one.extract_text() for one in reader.pages)

    assert answer.content_type == "application/pdf"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].lower().startswith("en")
    assert reader.metadata.title == f"Who saw what of {cast.student.ref}"
    assert [cell for cell in wanted if plain(cell) not in plain(text)] == []
    assert {"/Table", "/TH", "/TD", "/H1"} <= tags_below(root["/StructTreeRoot"])


def plain(text):
    """The text without spaces and breaks, which a page sets as it needs."""
    return "".join(text.split())


def tags_below(node):
    """The names of the tags in the tree of a document."""
    node = node.get_object()
    if isinstance(node, list):
        return {tag for child in node for tag in tags_below(child)}
    if not isinstance(node, dict):
        return set()
    own = {str(node["/S"])} if "/S" in node else set()
    return own | (tags_below(node["/K"]) if "/K" in node else set())


def test_a_student_whom_nobody_referred_has_an_empty_log_and_anothers_is_not_found(saved, signed_in):
    cast = saved(a_cast)
    home = saved(lambda: db.session.get(Organisation, cast.student.district_id))
    own, other = signed_in(Role.COORDINATOR, at=home), signed_in(Role.COORDINATOR)

    assert "Nothing of this student has left" in page(own.get(f"/students/{cast.student.ref}/access")).text
    assert own.get(f"/students/{cast.student.ref}/access.pdf").data.startswith(b"%PDF")
    assert other.get(f"/students/{cast.student.ref}/access.pdf").status_code == 404
