"""The programs that are asked for capacity."""

from collections.abc import Mapping, Sequence

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from referral.models.organisations import Organisation
from referral.web.forms.base import BaseForm, CheckboxGroup


class AskForm(BaseForm):
    """Which programs, and for which district where the actor serves several."""

    programs = CheckboxGroup("Programs to ask", choices=[], validate_choice=False)
    district = SelectField("District", choices={}, validate_choice=False)

    def offer(self, programs: Mapping[str, tuple[str, str]], districts: Sequence[Organisation]) -> None:
        """Set what can be chosen: name and hint by address, and the districts."""
        self.programs.choices = [
            SelectChoice(slug, name, render_kw={"hint": hint}) for slug, (name, hint) in programs.items()
        ]
        self.district.choices = {one.slug: one.name for one in districts}
        if len(districts) < 2:
            del self.district

    def district_of(self, districts: Sequence[Organisation]) -> int | None:
        """The district that was chosen."""
        chosen = self.district.data if "district" in self else None
        return next((one.id for one in districts if one.slug == chosen), None)
