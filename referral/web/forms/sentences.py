"""Plain sentences in place of those WTForms brings along; a field's own sentence always wins."""

from collections.abc import Mapping
from typing import Any

SENTENCES: Mapping[str, str] = {
    "This field is required.": "Answer this question",
    "Not a valid choice.": "Choose one of the options",
    "Invalid Choice: could not coerce.": "Choose one of the options",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Choose from the options",
    "'%(value)s' is not a valid choice for this field.": "Choose from the options",
    "'%(value)s' are not valid choices for this field.": "Choose from the options",
    "Not a valid integer value.": "Enter a whole number, such as 12",
    "Not a valid decimal value.": "Enter a number, such as 12.5",
    "Not a valid float value.": "Enter a number, such as 12.5",
    "Not a valid date value.": "Enter a date, such as 2026-09-01",
    "Not a valid time value.": "Enter a time, such as 14:30",
    "Not a valid datetime value.": "Enter a date and time, such as 2026-09-01 14:30",
    "Invalid email address.": "Enter an email address, such as name@example.org",
    "Invalid URL.": "Enter an address that begins with https://",
    "Invalid input.": "Enter this in another way",
    "Number must be at least %(min)s.": "Enter %(min)s or more",
    "Number must be at most %(max)s.": "Enter %(max)s or less",
    "Number must be between %(min)s and %(max)s.": "Enter a number from %(min)s to %(max)s",
    "Field must be at least %(min)d character long.": "Enter at least %(min)d character",
    "Field must be at least %(min)d characters long.": "Enter at least %(min)d characters",
    "Field cannot be longer than %(max)d character.": "Enter at most %(max)d character",
    "Field cannot be longer than %(max)d characters.": "Enter at most %(max)d characters",
    "Field must be between %(min)d and %(max)d characters long.": "Enter %(min)d to %(max)d characters",
    "The CSRF token is missing.": "This page was open for too long. Press the button again",
    "The CSRF tokens do not match.": "This page was open for too long. Press the button again",
    "The CSRF token has expired.": "This page was open for too long. Press the button again",
}


class PlainSentences:
    """Stands where WTForms expects translations."""

    def gettext(self, sentence: str) -> str:
        """Give our sentence for the one of WTForms, else the same."""
        return SENTENCES.get(sentence, sentence)

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        """Give our sentence for one or for several."""
        return self.gettext(singular if number == 1 else plural)


PLAIN_SENTENCES = PlainSentences()
