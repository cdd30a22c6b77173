"""One-time keys of forms: the same form sent twice is carried out once."""

import re
from uuid import uuid4

SHAPE = re.compile(r"[0-9a-f]{32}")


def new_key() -> str:
    """A key for a form that is shown now."""
    return uuid4().hex


def key_sent(text: object) -> str | None:
    """The key that came back with a form; None where it is not one of ours."""
    return str(text) if SHAPE.fullmatch(str(text or "")) else None
