"""Addresses that come with a request and lead on: only to pages of our own."""

from urllib.parse import urlsplit

from flask import url_for


def own_address(asked: str | None) -> str:
    """The address asked for if it is a page of ours, else the first page."""
    text = (asked or "").strip()
    parts = urlsplit(text)
    is_ours = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if is_ours and not parts.scheme and not parts.netloc else url_for("home.index")
