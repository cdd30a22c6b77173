"""A select drawn in one go: a filter with many options is on a page that must be fast."""

from itertools import groupby
from typing import Any

from markupsafe import Markup, escape
from wtforms import SelectField


class PlainSelect:
    """Draws a select whose options have nothing but a value and a label, in groups where they have one."""

    def __call__(self, field: SelectField, **attributes: Any) -> Markup:
        """Give the select as HTML."""
        attributes = {"id": field.id, "name": field.name} | attributes
        head = "".join(f' {escape(name)}="{escape(value)}"' for name, value in attributes.items() if value)
        chosen = field.data or ""
        body = []
        for group, choices in groupby(field.iter_raw(), key=lambda choice: choice[2]):
            options = "".join(_option(value, label, value == chosen) for value, label, _ in choices)
            body.append(f'<optgroup label="{escape(group)}">{options}</optgroup>' if group else options)
        return Markup(f"<select{head}>{''.join(body)}</select>")  # noqa: S704 - every part is escaped above


def _option(value: str, label: str, is_chosen: bool) -> str:
    return f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(label)}</option>'


class FilterSelect(SelectField):
    """A select of a filter; an address with no or an unknown choice narrows nothing."""

    widget = PlainSelect()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validate_choice=False, **kwargs)

    def iter_raw(self) -> list[tuple[str, str, str]]:
        """Value, label and group of each option."""
        choices = self.choices.items() if isinstance(self.choices, dict) else self.choices or ()
        return [
            (str(choice[0]), str(choice[1]), "")
            if isinstance(choice, tuple)
            else (choice.value, choice.label, choice.optgroup or "")
            for choice in choices
        ]
