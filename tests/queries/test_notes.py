"""What a note is checked against is what the vault holds; a vault that cannot be read holds the note back."""

from dataclasses import replace

import pytest

from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput, NotPermitted
from referral.models.base import db
from referral.queries.notes import known_of
from referral.queries.users import actor_of
from referral.rules.note_identity import UNKNOWN
from referral.rules.note_spans import Kind
from referral.rules.notes_check import check_text
from referral.rules.permissions import Role
from tests.factories import a_collaborative, a_user
from tests.vaults import (
    OTHER_SECRET,
    WHOLE,
    Team,
    named,
    opened_vault,
    the_vault,
)


@pytest.fixture
def app(database_url, database_kind, template_of, tmp_path):
    with opened_vault(database_url, database_kind, template_of, tmp_path) as made, made.app_context():
        yield made
        db.session.remove()


def test_a_note_is_matched_with_the_vault_and_held_back_where_it_is_closed(app):
    kept = the_vault(app)
    team = in_transaction(lambda: Team(kept))
    staff = in_transaction(lambda: actor_of(a_user(Role.COLLABORATIVE_STAFF, at=a_collaborative())))
    assert known_of(team.coordinator, kept, team.student) == UNKNOWN

    whole = replace(WHOLE, parents="Mother: Yolanda Quintero, 978-555-0142, 12 Main Street\nFather: unknown")
    in_transaction(lambda: named(team.coordinator, kept, team.student.ref, whole))
    known = known_of(team.coordinator, kept, team.student)
    text = "Nick, 1000000001, Some School, Sometown, 11/23/2014, yolanda, (978) 555 0142. Mother works."
    checked = check_text(text, known)

    assert {checked.words_of(one) for one in checked.spans if one.kind is Kind.KNOWN} >= {
        "Nick",
        "1000000001",
        "Some School",
        "Sometown",
        "11/23/2014",
        "yolanda",
        "(978) 555 0142",
    }
    assert "Mother" not in {checked.words_of(one) for one in checked.spans}
    with pytest.raises(NotPermitted):
        known_of(staff, kept, team.student)
    with pytest.raises(InvalidInput) as closed:
        known_of(team.coordinator, the_vault(app, OTHER_SECRET), team.student)
    assert [problem.code for problem in closed.value.errors] == ["note_vault_closed"]
