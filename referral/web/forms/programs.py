"""The filters of the directory."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SearchField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from matching import Place
from matching.vocabulary import Setting
from referral.formats.places import find_place, suggest_towns
from referral.rules.directory import NEED_KINDS, Filters, Order, need_of
from referral.rules.values import whole_number
from referral.web.forms.base import BaseForm
from referral.web.forms.plain_select import FilterSelect
from referral.web.forms.reading import ReadField
from referral.wording.programs import NEED_GROUPS

MILES = {"": "Any distance", "10": "Within 10 miles", "20": "Within 20 miles", "40": "Within 40 miles"}
NEEDS = [
    SelectChoice("", "Any need"),
    *(
        SelectChoice(f"{kind}:{term.value}", term.label, optgroup=NEED_GROUPS[kind])
        for kind, terms in NEED_KINDS.items()
        for term in terms
    ),
]


class DirectoryForm(BaseForm):
    """What the directory is narrowed to; all of it lies in the address."""

    class Meta:
        """A search changes nothing, so it carries no token."""

        csrf = False

    q = SearchField("Name or town", validators=[Length(max=100)])
    need = FilterSelect("Need", choices=NEEDS)
    age = ReadField(
        "Age",
        read=whole_number,
        kind=int,
        sentence="Enter an age in years, such as 9",
        render_kw={"size": 3, "inputmode": "numeric"},
    )
    setting = FilterSelect("Setting", choices={"": "Any setting"} | Setting.labels())
    near = StringField("Near a town or ZIP", validators=[Length(max=60)], render_kw={"size": 14})
    within = FilterSelect("Distance", choices=MILES)
    state = FilterSelect("State")
    open = BooleanField("Open seats now")
    member = BooleanField("My district is a member")
    closed = BooleanField("Closed ones too")
    unsaid = BooleanField("Those that do not say")
    sort = HiddenField()
    desc = HiddenField()

    def __init__(self, *args: Any, states: Sequence[str], home_states: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = {"": "Any state"} | {state: state for state in states}
        self.states = tuple(dict.fromkeys([*home_states, *states]))
        self.place: Place | None = None
        self.suggestions: tuple[str, ...] = ()

    def validate_near(self, field: StringField) -> None:
        """Find the town or ZIP, in the chosen state first; else say which towns are spelled alike."""
        text = (field.data or "").strip()
        if not text:
            return
        states = [self.state.data] if self.state.data else list(self.states)
        town, _, named = (part.strip() for part in text.partition(","))
        if len(named) == 2:
            states = [named.upper()]
        zip_code = town if town.isascii() and town.isdigit() else None
        self.place = next(
            (
                place
                for state in states or [""]
                if (place := find_place(zip_code, None if zip_code else town, state))
            ),
            None,
        )
        if self.place is None:
            self.suggestions = tuple(
                f"{name}, {state}" for state in states for name in suggest_towns(town, state)
            )[:5]
            raise ValidationError(_unknown_place(text, self.suggestions))

    def to_filters(self) -> Filters:
        """The filters that make sense; what was refused narrows nothing."""
        need = need_of(self.need.data or "")
        return Filters(
            words=(self.q.data or "")[:100],
            needs=(need,) if need else (),
            age=self.age.value,
            setting=Setting(self.setting.data) if self.setting.data in Setting.labels() else None,
            state=self.state.data if self.state.data in self.states else None,
            near=self.place,
            within_miles=int(self.within.data) if self.within.data in MILES and self.within.data else None,
            open_now=self.open.data,
            members_only=self.member.data,
            with_closed=self.closed.data,
            with_unsaid=self.unsaid.data,
        )

    def order(self) -> Order:
        """What to sort by: as asked; else by distance where a place is named, by name where not."""
        if self.sort.data in {order.value for order in Order}:
            return Order(self.sort.data)
        return Order.DISTANCE if self.place else Order.NAME


def _unknown_place(text: str, suggestions: Sequence[str]) -> str:
    asked = f"We do not know a town or ZIP {text[:40]}"
    return f"{asked}. Did you mean {' or '.join(suggestions)}?" if suggestions else f"{asked}"
