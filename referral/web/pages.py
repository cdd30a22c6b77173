"""Addresses of the pages before and after in a list whose search lies in the address."""

from typing import Any
from urllib.parse import urlencode

from flask import request

from referral.queries.lists import Page


def first_asked() -> int:
    """The place of the first row asked for in the address; 0 when it makes no sense."""
    return max(0, request.args.get("first", 0, type=int))


def query_sent() -> str:
    """The search of the address as it was sent, for a link that keeps it."""
    return request.query_string.decode("ascii", "replace")


def neighbors(page: Page[Any]) -> dict[str, str | None]:
    """The `previous_url` and `next_url` of a page, with the search as it is; None where there is none."""
    return {"previous_url": _beginning_at(page.previous), "next_url": _beginning_at(page.following)}


def _beginning_at(first: int | None) -> str | None:
    if first is None:
        return None
    arguments = request.args.to_dict(flat=False) | {"first": [str(first)]}
    return f"{request.path}?{urlencode(arguments, doseq=True)}"
