"""What records of a directory are made of: keys, lines, notes, addresses, sources."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from referral.rules.values import Whole, clean_text, one_line

KEY = r"^[a-z0-9]+(-{1,2}[a-z0-9]+)*$"
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=80)]
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(one_line)
]
Note = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), AfterValidator(clean_text)
]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)]
Zip = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


def is_key(text: str) -> bool:
    """Whether a text from an address can be a key at all."""
    return len(text) <= 80 and re.fullmatch(KEY, text) is not None and "\n" not in text


class Record(BaseModel):
    """A frozen record that refuses unknown keys; a field left out is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Source(Record):
    """Where a fact was published, and when."""

    address: Address
    year: Annotated[Whole, Field(ge=1990, le=2100)] | None = None
