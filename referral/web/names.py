"""Names of students on their own district's pages: read from the vault, every showing on record."""

from collections.abc import Collection
from typing import cast

from flask import Flask, Response, current_app, g

from referral.actions import identities as actions
from referral.actions.transactions import in_transaction
from referral.models.base import utc_now
from referral.models.students import Student
from referral.models.vault import Vault
from referral.queries import identities as queries
from referral.queries.identities import Names
from referral.queries.vault import vault_of
from referral.rules.identities import Identity, VaultState
from referral.web.access import current_actor
from referral.wording.identities import REFUSALS

NAME_SHOWN, ALL_SHOWN = "student:identity:read", "student:identity:opened"


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
    _will_show(NAME_SHOWN, names.by_ref)
    return names


def identity_of(student: Student) -> Identity | None:
    """Everything the vault holds of a student, to be shown on this page.

    Raises
    ------
    NotPermitted, VaultClosed
    """
    identity = queries.identity_of_student(current_actor(), current_vault(), student)
    if identity is not None:
        _will_show(ALL_SHOWN, [student.ref])
    return identity


def closed_sentence(state: VaultState) -> str:
    """Why names that are kept cannot be shown; "" when they can, or when none are kept."""
    is_silent = state in (VaultState.OPEN, VaultState.OFF, VaultState.NOT_KEPT)
    return "" if is_silent else REFUSALS[state.value]


def note_shown(response: Response) -> Response:
    """Record what the page shows, once an hour; a page that cannot be recorded does not leave."""
    shown: dict[str, set[str]] = g.pop("names_shown", {})
    for tag, refs in shown.items():
        _note(tag, refs)
    return response


def _note(tag: str, refs: set[str]) -> None:
    actor, now = current_actor(), utc_now()
    if queries.unnoted(actor, tag, refs, now=now):
        in_transaction(lambda: actions.note_shown(actor, tag, refs, now=now))


def _will_show(tag: str, refs: Collection[str]) -> None:
    if refs:
        g.setdefault("names_shown", {}).setdefault(tag, set()).update(refs)
