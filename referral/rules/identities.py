"""Who a student is, for the district alone: what the vault may hold, how it is searched, when it opens."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum

from referral.errors import FieldProblem, InvalidInput, ReferralError
from referral.rules.values import CONTROLS, day

LONGEST: Mapping[str, int] = {
    "name": 120,
    "nickname": 60,
    "state_id": 40,
    "school": 120,
    "town": 80,
    "street": 120,
    "parents": 1000,
    "notes": 4000,
}
SEVERAL_LINES = frozenset({"parents", "notes"})
AGE_YEARS_MAX = 30
CENTURY = 100


class VaultState(Enum):
    """Whether names can be shown, and if not, why."""

    OPEN = "vault_open"
    OFF = "vault_off"
    NOT_KEPT = "vault_not_kept"
    NOT_READY = "vault_not_ready"
    KEY_MISSING = "vault_key_missing"
    KEY_WRONG = "vault_key_wrong"
    DAMAGED = "vault_damaged"


class VaultClosed(ReferralError):
    """The identity vault cannot be read or written now; `state` says why."""

    status = 409
    default_code = VaultState.OFF.value

    def __init__(self, state: VaultState) -> None:
        self.state = state
        super().__init__(state.value)


class IdentityHeld(ReferralError):
    """The student is under a legal hold: nothing of what is held is removed."""

    status = 409
    default_code = "identity_held"


@dataclass(frozen=True, repr=False)
class Identity:
    """Who a student is. It prints as nothing: no message or log can carry it by accident."""

    name: str
    nickname: str = ""
    birth_date: date | None = None
    state_id: str = ""
    school: str = ""
    town: str = ""
    street: str = ""
    parents: str = ""  # one line each: name, telephone, address
    notes: str = ""

    def __repr__(self) -> str:
        """A word instead of the content."""
        return "Identity(sealed)"

    @property
    def given(self) -> list[str]:
        """The names of the fields that hold something, for the audit."""
        return [one.name for one in fields(self) if getattr(self, one.name)]

    @property
    def called(self) -> str:
        """The name with the nickname, as a list shows it."""
        return f"{self.name} ({self.nickname})" if self.nickname else self.name


def check_identity(identity: Identity, *, today: date) -> None:
    """Refuse an identity without a name, with a birth date that cannot be, or with a text too long.

    Raises
    ------
    InvalidInput : every field at fault.
    """
    problems = [] if identity.name else [FieldProblem("name", "identity_name_missing")]
    for field, most in LONGEST.items():
        text = getattr(identity, field)
        if len(text) > most:
            problems.append(FieldProblem(field, "identity_too_long", {"most": most}))
        elif CONTROLS.search(text) or ("\n" in text and field not in SEVERAL_LINES):
            problems.append(FieldProblem(field, "identity_unprintable"))
    if identity.birth_date and not _may_be_born(identity.birth_date, today):
        problems.append(FieldProblem("birth_date", "birth_date_range"))
    if problems:
        raise InvalidInput(problems)


def birth_date(text: str, *, today: date) -> object:
    """A date out of "5/14/2012", "05-14-12", "May 14, 2012", "14 May 2012" or "2012-05-14"; else the text."""
    typed = text.strip()
    if turned := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})", typed):
        typed = f"{turned[2]} {turned[1]} {turned[3]}"
    if numbers := re.fullmatch(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})", typed):
        typed = f"{numbers[1]}/{numbers[2]}/{_year(numbers[3], today)}"
    wanted = 2 if re.search("[A-Za-z]", typed) else 3  # a month alone is no birth date
    return day(typed) if len(re.findall(r"\d+", typed)) == wanted else text


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared: lower case, without accents and signs."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return tuple(re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", "").casefold()))


def is_called(typed: tuple[str, ...], *names: str) -> bool:
    """Whether every word typed begins a word of the names, in any order."""
    words = words_of(" ".join(names))
    return bool(typed) and all(any(word.startswith(one) for word in words) for one in typed)


@dataclass(frozen=True)
class KeptRow:
    """A row of the vault: of whom, and the how manieth."""

    ref: str
    number: int


@dataclass(frozen=True)
class SweepPlan:
    """What two stores that fell apart need: rows to remove, numbers to set in the core (0 for no name)."""

    orphans: tuple[KeptRow, ...]
    numbers: Mapping[str, int]

    @property
    def refs(self) -> frozenset[str]:
        """The codes of the students concerned."""
        return frozenset({row.ref for row in self.orphans} | set(self.numbers))


def sweep_plan(counting: Mapping[str, int], kept: Iterable[KeptRow]) -> SweepPlan:
    """What to mend, from the number that counts for each student of the core and the rows of the vault.

    A row whose number does not count was written just before a fault, or has been replaced: it goes. Where
    the row that counts is missing, one store is of an older backup: the newest row there is counts.
    """
    by_ref: dict[str, set[int]] = {}
    for row in kept:
        by_ref.setdefault(row.ref, set()).add(row.number)
    numbers = {
        ref: max(by_ref.get(ref, {0}))
        for ref, number in counting.items()
        if number and number not in by_ref.get(ref, set())
    }
    orphans = (
        KeptRow(ref, number)
        for ref, found in by_ref.items()
        for number in found
        if number != numbers.get(ref, counting.get(ref, 0))
    )
    ordered = tuple(sorted(orphans, key=lambda row: (row.ref, row.number)))
    return SweepPlan(ordered, dict(sorted(numbers.items())))


def _may_be_born(birth: date, today: date) -> bool:
    return today.year - AGE_YEARS_MAX <= birth.year and birth <= today


def _year(digits: str, today: date) -> int:
    if len(digits) > 2:
        return int(digits)
    year = today.year // CENTURY * CENTURY + int(digits)
    return year if year <= today.year else year - CENTURY
