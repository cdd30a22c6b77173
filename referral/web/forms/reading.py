"""Text fields that read what people type - "$58,400", "9y 4m", "Jan 2027", "3-5" - into one value."""

from collections.abc import Callable
from fractions import Fraction
from types import UnionType
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

Reader = Callable[[str], object]


def tidy(text: str | None) -> str | None:
    """Text without characters that nobody types, and without spaces around."""
    if text is None:
        return None
    return "".join(one for one in text if one.isprintable() or one in "\n\t").strip()


def number_sent(text: object, otherwise: int = 0) -> int:
    """The number that our own page sent along, a version for one; another where it was tampered with."""
    sent = str(text or "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else otherwise


def within(read: Reader, least: float, most: float) -> Reader:
    """A reader that leaves what lies outside as text, to be refused; both ends of a range must lie inside."""

    def bounded(text: str) -> object:
        value = read(text)
        ends = value if isinstance(value, tuple) else (value,)
        inside = all(isinstance(end, int | Fraction) and least <= end <= most for end in ends)
        return value if inside and list(ends) == sorted(ends) else text

    return bounded


class ReadField(StringField):
    """A text that `read` turns into a `kind` of value in `value`; `shown` turns a value into text.

    `sentence` is what a person reads when the text makes no sense. An empty text gives None.
    """

    def __init__(
        self,
        *args: Any,
        read: Reader,
        kind: type | UnionType,
        sentence: str,
        shown: Callable[[Any], str] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.read, self.kind, self.sentence, self.shown = read, kind, sentence, shown
        self.value: Any = None

    def process_data(self, value: Any) -> None:
        """Take a value of the record as text."""
        self.data = "" if value is None else self.shown(value)

    def pre_validate(self, _form: Any) -> None:
        """Read the text, or refuse it with the field's sentence."""
        text = (self.data or "").strip()
        self.value = None
        if not text:
            return
        try:
            value = self.read(text) if len(text) <= 80 else text
        except (ValueError, OverflowError):
            value = text
        if not isinstance(value, self.kind) or (isinstance(value, str) and value == text):
            raise ValidationError(self.sentence)
        self.value = value
