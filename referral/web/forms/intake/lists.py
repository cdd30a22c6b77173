"""A list of entries that reads what a browser posts and nothing stranger."""

from collections.abc import Iterable, Iterator

from wtforms import FieldList

LONGEST_INDEX = 4


class AnswerList(FieldList):
    """A FieldList whose entries are numbered in the page; other numbers are left out, not tripped over."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """Give plain small numbers only: WTForms takes a superscript two for a digit and fails on it."""
        begin = f"{prefix}-"
        for key in formdata:
            index = key.removeprefix(begin).split("-", 1)[0] if key.startswith(begin) else ""
            if index.isascii() and index.isdigit() and len(index) < LONGEST_INDEX:
                yield int(index)
