"""Names of students on their own district's pages: read from the vault, every showing on record."""

from collections.abc import Collection
from typing import cast

from flask import Flask, Response, current_app, g

from referral.actions.reading import note
from referral.models.base import utc_now
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries import identities as queries
from referral.queries.identities import Names
from referral.queries.vault import vault_of
from referral.rules.identities import Identity, VaultState
from referral.rules.reading import Reading
from referral.web.access import current_actor
from referral.wording.identities import REFUSALS

READ = "student:identity:read"
NAME, EVERYTHING = "name", "everything"  # the parts of an identity that a page shows


def install(app: Flask) -> None:
    """Put on record which names a page of the app shows, before it leaves."""
    app.after_request(note_shown)


def current_vault() -> Vault:
    """The identity vault, as it can be opened during this request."""
    if "vault" not in g:
        g.vault = vault_of(current_app.config["SETTINGS"])
    return cast(Vault, g.vault)


def names_of(refs: Collection[str]) -> Names:
    """The names the actor may see of these students, to be shown on this page."""
    names = queries.names(current_actor(), current_vault(), refs)
    _will_show(names.by_ref, NAME)
    return names


def identity_of(student: Student) -> Identity | None:
    """Everything the vault holds of a student, to be shown on this page.

    Raises
    ------
    NotPermitted, VaultClosed
    """
    identity = queries.identity_of_student(current_actor(), current_vault(), student)
    if identity is not None:
        _will_show([student.ref], EVERYTHING)
    return identity


def closed_sentence(state: VaultState) -> str:
    """Why names that are kept cannot be shown; "" when they can, or when none are kept."""
    is_silent = state in (VaultState.OPEN, VaultState.OFF, VaultState.NOT_KEPT)
    return "" if is_silent else REFUSALS[state.value]


def note_shown(response: Response) -> Response:
    """Record what the page shows, once an hour; a page that cannot be recorded does not leave."""
    shown: set[tuple[str, str]] = g.pop("names_shown", set())
    if shown:
        readings = [Reading(READ, "student", ref, {"parts": parts}) for ref, parts in sorted(shown)]
        note(current_actor(), readings, now=utc_now())
    return response


def _will_show(refs: Collection[str], parts: str) -> None:
    g.setdefault("names_shown", set()).update((ref, parts) for ref in refs)
