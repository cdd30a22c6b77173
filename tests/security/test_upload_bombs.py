"""Files that are small to send and large to read are refused in under a second and 200 MB."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import page
from tests.security.bombs import MEMORY_MB, SHEETS, TEXTS, xlsx

ROOT = Path(__file__).parent.parent.parent
SECONDS = 1.0  # of processor time: what a busy machine does meanwhile is not ours
WEB_BYTES = 6 * 1024 * 1024


@pytest.fixture(scope="module")
def measured() -> dict[str, list]:
    """What a process of its own, which may take no more than 200 MB for all of them, says of every file."""
    command = [sys.executable, "-m", "tests.security.bombs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_every_bomb_is_refused_in_under_a_second_and_200_mb(measured):
    kept = {name: found for name, found in measured.items() if not found[2]}
    slow = {name: found for name, found in measured.items() if found[0] >= SECONDS or found[1] >= MEMORY_MB}

    assert set(measured) == set(SHEETS) | set(TEXTS)
    assert (kept, slow) == ({}, {})


def test_the_page_that_takes_sheets_refuses_them_in_a_sentence(signed_in):
    browser = signed_in("collaborative_staff")

    def send(content: bytes):
        form = {"sheet": (io.BytesIO(content), "rooms.xlsx")}
        return browser.post("/programs/mine/rooms", data=form, content_type="multipart/form-data")

    zipped = send(xlsx(("xl/worksheets/sheet1.xml", bytes(40 * 1024 * 1024))))
    rows = send(b"Program,Room\n" + b"a,b\n" * 100_000)
    larger = browser.post(
        "/programs/mine/rooms", data=b"a" * WEB_BYTES, content_type="application/x-www-form-urlencoded"
    )

    assert (zipped.status_code, rows.status_code, larger.status_code) == (422, 422, 413)
    assert "unpacks to far more" in page(zipped).main.get_text()
    assert "Send at most 5000 rows" in page(rows).main.get_text()
    assert page(larger).h1.get_text() == "That is too large"
