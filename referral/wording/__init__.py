"""Reason codes to plain sentences: the only place to edit the English of a refusal.

Each noun has a module with a `REFUSALS` table (code to sentence, facts in braces). Add yours to `TABLES`.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from referral.wording import (
    api,
    audit,
    backups,
    documents,
    general,
    identities,
    links,
    notes,
    organisations,
    policies,
    programs,
    rankings,
    referrals,
    retention,
    seats,
    settings,
    students,
    tokens,
    users,
)

TABLES: tuple[Mapping[str, str], ...] = (
    general.REFUSALS,
    users.REFUSALS,
    organisations.REFUSALS,
    programs.REFUSALS,
    students.REFUSALS,
    identities.REFUSALS,
    rankings.REFUSALS,
    policies.REFUSALS,
    referrals.REFUSALS,
    retention.REFUSALS,
    seats.REFUSALS,
    links.REFUSALS,
    notes.REFUSALS,
    settings.REFUSALS,
    tokens.REFUSALS,
    api.REFUSALS,
    backups.REFUSALS,
    documents.REFUSALS,
    audit.REFUSALS,
)


class Refusal(Protocol):
    """Anything with a code and facts: an error, or one field of an invalid form."""

    @property
    def code(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...


def sentence(refusal: Refusal) -> str:
    """The sentence for a refusal; a code nobody worded gives a general one."""
    for table in TABLES:
        if refusal.code in table:
            return table[refusal.code].format(**refusal.facts)
    return general.REFUSALS["refused"]
