"""What a password must be: long, and not one of those that are guessed first."""

from typing import Any

from flask_security import PasswordUtil

from referral.config import PASSWORD_LENGTH_MIN
from referral.models.users import User

PASSWORD_HINT = f"At least {PASSWORD_LENGTH_MIN} characters. A few plain words are easy to keep in mind."
TOO_SHORT = f"Use at least {PASSWORD_LENGTH_MIN} characters."
EASY = "This is easy to guess. Put four or more plain words together."
# Words of this product and of its field: whoever guesses begins with them.
CONTEXT = ("placewell", "referral", "district", "school", "education", "student", "program", "director")
SCORE_MIN = 3  # of zxcvbn's 0 to 4: more than a hundred million guesses
LOOKED_AT_MAX = 72


class Passwords(PasswordUtil):
    """Flask-Security's question whether a password will do; our answer."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """The problems, if any, and the password as it is kept."""
        del is_register
        return self.checked(self.normalize(password), kwargs.get("user"))

    @staticmethod
    def checked(password: str, user: User | None) -> tuple[list[str], str]:
        """The problems of a password, and the password."""
        if len(password) < PASSWORD_LENGTH_MIN:
            return [TOO_SHORT], password
        return ([EASY] if is_easy(password, user) else []), password


def is_easy(password: str, user: User | None) -> bool:
    """Whether a password is among those that are guessed first, or is made of the user's own words."""
    from zxcvbn import zxcvbn  # only here: a start does not wait for its lists

    words = [*CONTEXT, *(user.name.split() if user else ()), *(user.email.split("@") if user else ())]
    return bool(zxcvbn(password[:LOOKED_AT_MAX], user_inputs=words)["score"] < SCORE_MIN)
