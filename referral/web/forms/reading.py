"""Text fields that read what people type - "$58,400", "9y 4m", "Jan 2027", "3-5" - into one value."""

from collections.abc import Callable
from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

Reader = Callable[[str], object]


class ReadField(StringField):
    """A text that `read` turns into a `kind` of value in `value`; `shown` turns a value into text.

    `sentence` is what a person reads when the text makes no sense. An empty text gives None.
    """

    def __init__(
        self,
        *args: Any,
        read: Reader,
        kind: type,
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
