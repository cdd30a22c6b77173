"""What is wrong with a file, said with its line, record and field."""

from collections.abc import Iterable
from dataclasses import dataclass

from referral.errors import ReferralError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it stands and what to write there, in plain words."""

    file: str
    line: int
    where: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (f"{self.file}:{self.line}", self.where, self.field) if part)
        return f"{place}: {self.message}"


class BadFile(ReferralError):
    """A file that cannot be loaded; ``problems`` lists everything that is wrong with it, by line."""

    status = 422
    default_code = "bad_file"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(problems=len(self.problems))

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
