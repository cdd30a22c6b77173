"""Templates: used, short, and without a line of script or style."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
LINES_MAX = 100
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)
CONTROL = re.compile(r"<(select|textarea|input(?![^>]*type=\"hidden\"))\b", re.IGNORECASE)
BY_FLASK_SECURITY = {"security/login_user.html", "security/reset_password.html"}


def text_of(name):
    return (FOLDER / name).read_text()


def references():
    sources = [path.read_text() for path in (ROOT / "referral").rglob("*.py")]
    return " ".join([*sources, *(text_of(name) for name in NAMES)])


def test_every_template_is_used():
    mentioned = references()

    assert [name for name in NAMES if f'"{name}"' not in mentioned and name not in BY_FLASK_SECURITY] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_short_and_has_nothing_inline(name):
    text = text_of(name)

    assert len(text.splitlines()) <= LINES_MAX
    assert not INLINE.search(text)


def test_controls_are_printed_by_the_macros_only():
    by_hand = [name for name in NAMES if not name.startswith("macros/") and CONTROL.search(text_of(name))]

    assert by_hand == []


def test_every_template_compiles(demo_app):
    for name in NAMES:
        demo_app.jinja_env.get_template(name)


def test_every_page_has_a_heading_and_a_title():
    pages = [name for name in NAMES if '{% extends "layouts/page.html" %}' in text_of(name)]

    assert [
        name for name in pages if text_of(name).count("<h1") != 1 or "block title" not in text_of(name)
    ] == []
