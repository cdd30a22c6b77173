"""The form that refers a student to programs chosen from a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from wtforms import Field, HiddenField, SelectField

from referral.actions.referring import Chosen
from referral.web.forms.base import BaseForm, CheckboxGroup
from referral.web.forms.once import key_sent, new_key
from referral.wording.rankings.director import OVERRIDE_REASONS
from referral.wording.referrals import PHRASES


@dataclass(frozen=True)
class Candidate:
    """A program to refer to, and whether it is ruled out."""

    slug: str
    name: str
    ruled_out: bool


class ReferForm(BaseForm):
    """What is said to each program; the fields of a program carry its short name."""

    form_key = HiddenField()

    candidates: Sequence[Candidate] = ()

    def chosen(self) -> list[Chosen]:
        """Each program with what was said."""
        return [
            Chosen(
                one.slug,
                phrases=tuple(self[f"phrases-{one.slug}"].data or ()),
                override_reason=(self[f"override_reason-{one.slug}"].data or None) if one.ruled_out else None,
            )
            for one in self.candidates
        ]

    def part(self, name: str, slug: str) -> Field | None:
        """The field of this name for a program; None where it is not asked."""
        return self._fields.get(f"{name}-{slug}")

    @property
    def key(self) -> str | None:
        """The one-time key, if it is one of ours."""
        return key_sent(self.form_key.data)


def refer_form(candidates: Sequence[Candidate]) -> ReferForm:
    """The form for these programs."""
    fields: dict[str, object] = {"candidates": tuple(candidates)}
    for one in candidates:
        fields[f"phrases-{one.slug}"] = CheckboxGroup(f"Say to {one.name}", choices=dict(PHRASES))
        if one.ruled_out:
            fields[f"override_reason-{one.slug}"] = SelectField(
                f"Why refer to {one.name} all the same",
                choices={"": "Choose a reason"} | dict(OVERRIDE_REASONS),
                validate_choice=False,
            )
    form = cast(ReferForm, type("ReferFormOfPrograms", (ReferForm,), fields)())
    form.form_key.data = form.key or new_key()
    return form
