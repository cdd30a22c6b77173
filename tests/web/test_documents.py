"""The pages of a packet's documents, and what a download says of itself."""

from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from referral.actions import documents
from referral.models.base import db
from referral.models.referrals import Referral
from referral.models.users import User
from referral.rules.documents import BYTES_MAX, DocumentKind
from referral.rules.referrals import Verb
from tests.conftest import client_of
from tests.documents import PDF, a_folder
from tests.pages import page
from tests.referrals import a_cast, moved, referred


def a_packet():
    cast = a_cast()
    [row] = referred(cast)
    return cast, moved(cast, row, Verb.APPROVE, Verb.SHOW_INTEREST, Verb.DISCLOSE).ref


def browser_for(app, saved, actor):
    return client_of(app, saved(lambda: db.session.get_one(User, actor.user_id)))


def sent(content, name="Jordan Example IEP.pdf", kind="iep"):
    return {"kind": kind, "content": (BytesIO(content), name)}


def post_large(browser, address, content):
    """Post a form with a large file: the test client would lay it down in a file of its own."""
    fields = {"kind": "iep", "content": FileStorage(BytesIO(b"CONTENT"), filename="large.pdf")}
    body = encode_multipart(fields, boundary="b")[1].replace(b"CONTENT", content)
    return browser.post(address, data=body, content_type="multipart/form-data; boundary=b")


def test_the_district_adds_one_the_program_saves_it_and_removal_ends_it(app, saved):
    cast, ref = saved(a_packet)
    district, staff = (browser_for(app, saved, one) for one in (cast.coordinator, cast.river_staff))
    address = f"/referrals/{ref}/documents"

    added = district.post(address, data=sent(PDF))
    listed = page(staff.get(address))
    [link] = listed.select("tbody a")
    answer = staff.get(link["href"])

    assert (added.status_code, added.location) == (303, address)
    assert address in {one["href"] for one in page(staff.get(f"/referrals/{ref}")).select("aside a")}
    assert "Jordan" not in listed.get_text() + page(district.get(address)).get_text()
    assert not listed.select("main form")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == f"attachment; filename={ref}-1-iep.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"

    removed = district.post(page(district.get(address)).select_one("td form")["action"])

    assert removed.status_code == 303
    assert staff.get(link["href"]).status_code == 404
    assert not page(staff.get(address)).select("tbody")


def test_what_cannot_be_taken_is_said_beside_the_field(app, saved):
    cast, ref = saved(a_packet)
    district = browser_for(app, saved, cast.coordinator)
    address = f"/referrals/{ref}/documents"
    wanted = {
        "content": (sent(b"<html>not what it says"), "Send a PDF, DOCX, PNG or JPEG file"),
        "kind": (sent(PDF, kind=""), "Choose what the document is"),
    }
    for field, (data, words) in wanted.items():
        answer = district.post(address, data=data)

        assert answer.status_code == 422
        assert words in page(answer).find(id=f"{field}-error").get_text()
    large = post_large(district, address, PDF + bytes(BYTES_MAX))
    assert "larger than 10 MB" in page(large).find(id="content-error").get_text()


def test_only_this_form_takes_a_large_body_and_only_of_a_user(app, saved, client):
    cast, ref = saved(a_packet)
    district = browser_for(app, saved, cast.coordinator)
    address, pdf = f"/referrals/{ref}/documents", PDF[:-7] + bytes(6_000_000) + b"%%EOF\n"

    assert post_large(district, address, pdf).status_code == 303
    assert post_large(district, address, bytes(BYTES_MAX + 200_000)).status_code == 413
    assert post_large(district, "/capacity/ask", pdf).status_code == 413
    app.config["WTF_CSRF_ENABLED"] = True
    assert post_large(client, address, pdf).status_code == 413


def test_a_full_packet_says_why_there_is_no_form(app, saved, tmp_path):
    cast, ref = saved(a_packet)
    folder = a_folder(tmp_path)
    saved(lambda: [documents.add(cast.coordinator, folder, ref, DocumentKind.OTHER, PDF) for _ in range(20)])
    district = browser_for(app, saved, cast.coordinator)

    shown = page(district.get(f"/referrals/{ref}/documents"))
    refused = district.post(f"/referrals/{ref}/documents", data=sent(PDF))

    assert "has 20 documents" in shown.get_text()
    assert shown.find("input", type="file") is None
    assert refused.status_code == 409
    said = {"interested": "Nobody outside the district", "enquiry_sent": "once a program is interested"}
    for state, words in said.items():
        saved(lambda state=state: setattr(db.session.get_one(Referral, 1), "state", state))
        assert words in district.get(f"/referrals/{ref}/documents").text
